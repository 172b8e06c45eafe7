"""Histories with something special in them that a linking may get wrong, made as small as they can be. One that a
search finds belongs here too."""

from schemas.flow import Head
from tests.processors.linking.heads import decision, head, hearing

_CRIME = head("police.crime", "a", ("crime_ref", "0"))
_OTHER = head("police.crime", "b", ("crime_ref", "1"))
_SUSPECT = head("police.suspect", "a", ("crime_ref", "0"), ("asn", "0"))
_TOO_MANY = [head("police.suspect", name, ("asn", "0")) for name in "abcde"]

HISTORIES: dict[str, list[Head]] = {
    "a decision before its records": [decision("include", _CRIME, _OTHER), _CRIME, _OTHER],
    "a decision about a record that comes later than the other": [_CRIME, decision("include", _CRIME, _OTHER), _OTHER],
    "an include whose one record is deleted": [
        _CRIME, _OTHER, decision("include", _CRIME, _OTHER), head("police.crime", "a", time=2, deleted=True),
    ],
    "two includes of one record, by which another may be reached either way": [
        _CRIME, head("court.case", "b", ("court_case_id", "0")), head("cps.decision", "a", ("asn", "0")),
        decision("include", _CRIME, head("court.case", "b")), decision("include", _CRIME, head("cps.decision", "a")),
        head("court.remand", "c", ("asn", "0"), ("court_case_id", "0")),
    ],
    "both verdicts about one pair": [
        _CRIME, _OTHER, decision("include", _CRIME, _OTHER), decision("exclude", _CRIME, _OTHER, subject="x"),
    ],
    "an exclude that ends with its record": [
        _CRIME, _SUSPECT, decision("exclude", _CRIME, _SUSPECT),
        head("police.suspect", "a", time=2, deleted=True),
    ],
    "an exclude that is withdrawn": [
        _CRIME, _SUSPECT, decision("exclude", _CRIME, _SUSPECT),
        decision("exclude", _CRIME, _SUSPECT, time=2, deleted=True),
    ],
    "an exclude that becomes an include": [
        _CRIME, _SUSPECT, decision("exclude", _CRIME, _SUSPECT), decision("include", _CRIME, _SUSPECT, time=2),
    ],
    "a decision that names another pair from now on": [
        _CRIME, _OTHER, _SUSPECT, decision("exclude", _CRIME, _SUSPECT, subject="x"),
        decision("exclude", _OTHER, _SUSPECT, subject="x", time=2),
    ],
    "an excluded part of a hearing with what is attached to it": [
        hearing("0/day", "0", "1"), head("court.patch", "a", ("hearing_id", "0")),
        decision("exclude", hearing("0/day", "0").parts[0].record_id, head("court.patch", "a").subject_id),
    ],
    "a record that was only attached gets an identifier of its own": [
        hearing("0/day", "0"), head("police.suspect", "a", ("hearing_id", "0")),
        head("police.suspect", "a", ("crime_ref", "0"), ("hearing_id", "0"), time=2),
    ],
    "an identifier that is let in again between an excluded pair": [
        *_TOO_MANY, decision("exclude", _TOO_MANY[0], _TOO_MANY[1]),
        head("police.suspect", "e", time=2, deleted=True),
    ],
}  # fmt: skip
