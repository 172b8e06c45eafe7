"""The measures of the list that are not built, each with its title and what it waits for."""

from typing import NamedTuple


class NotBuilt(NamedTuple):
    """A measure that has no figure: why."""

    title: str
    reason: str


_PEOPLE = "counts people over cases; the statement is not written yet"

NOT_BUILT: dict[str, NotBuilt] = {
    "P13": NotBuilt("Repeat victims and suspects", _PEOPLE),
    "C17": NotBuilt("Decisions to charge that were right", "a sample of files that lawyers read; not modelled"),
    "T17": NotBuilt("Pre-recorded evidence of witnesses", "its numbers of 1 to 4 must not be shown anywhere"),
    "S01": NotBuilt("Conviction ratio by principal offence", "needs the group of the offence at disposal in the rows"),
    "H09": NotBuilt("Arrested or charged again within a year", _PEOPLE),
}
