"""The measures of the list that are not built, each with its title and what it waits for."""

from typing import NamedTuple


class NotBuilt(NamedTuple):
    """A measure that has no figure: why."""

    title: str
    reason: str


_PEOPLE = "needs people linked across cases, which the tables do not hold yet"
_LATER = "its columns are there; the statement is not written yet"

NOT_BUILT: dict[str, NotBuilt] = {
    "P13": NotBuilt("Repeat victims and suspects", _PEOPLE),
    "C09": NotBuilt("Consultations for each suspect charged", _LATER),
    "C10": NotBuilt("Police files that meet the Director's Guidance", _LATER),
    "C11": NotBuilt("Guilty pleas at the first hearing where one was expected", _LATER),
    "C12": NotBuilt("Suspects before charge", "needs to know when a decision ended the wait at any earlier day"),
    "C13": NotBuilt("Defendants after charge", _LATER),
    "C14": NotBuilt("Prosecutions stopped by the CPS", _LATER),
    "C17": NotBuilt("Decisions to charge that were right", "a sample of files that lawyers read; not modelled"),
    "T10": NotBuilt("Stage of the guilty plea", "partly told by T09 (before_trial)"),
    "T11": NotBuilt("Share of trials that were contested", "partly told by T09 (not_guilty)"),
    "T16": NotBuilt("Hearings for each case, and trials effective at their first listing", _LATER),
    "T17": NotBuilt("Pre-recorded evidence of witnesses", "its numbers of 1 to 4 must not be shown anywhere"),
    "T18": NotBuilt("Court sitting days", _LATER),
    "S01": NotBuilt("Conviction ratio by principal offence", _LATER),
    "S06": NotBuilt("Custody time limits that are about to expire", _LATER),
    "H02": NotBuilt("Prison capacity in use", _LATER),
    "H05": NotBuilt("Probation caseload", _LATER),
    "H06": NotBuilt("Supervision started and ended", _LATER),
    "H07": NotBuilt("Proven reoffending rate", _PEOPLE),
    "H08": NotBuilt("Reoffences for each reoffender", _PEOPLE),
    "H09": NotBuilt("Arrested or charged again within a year", _PEOPLE),
    "V03": NotBuilt("What is owed to victims, done in time", _LATER),
    "V04": NotBuilt("Days that victims wait", _LATER),
}
