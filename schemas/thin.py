"""Thin events about records: merged, unmerged, matched, decided on; and the deletion of a record."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.values import Code, Contract, Id, Text

_NO_RECORD = {
    "defendant_id": "a defendant is a record of the courts: they match and unmatch defendants with court.match, and"
    " hmpps.person_decision includes or excludes any two records",
    "master_defendant_id": "a master defendant is the courts' own name for several records: they match and unmatch"
    " defendants with court.match",
    "pnc": "a PNC id names no single record: use hmpps.person_decision for the two records that are meant",
    "cro": "a CRO number names no single record: use hmpps.person_decision for the two records that are meant",
}


def _names_a_record(told: object) -> object:
    if isinstance(told, str) and told in _NO_RECORD:
        why = {"why": _NO_RECORD[told]}
        raise PydanticCustomError("names_no_record", "must be 'crn' or 'prison_number': {why}", why)
    return told


MergedIdKind = Annotated[Literal["crn", "prison_number"], BeforeValidator(_names_a_record)]
"""The ids by which prisons and probation merge their own records. A merge by another would be obeyed by nobody, so it
is refused, and its sender told what to send instead."""


def _two_records(one: str, other: str) -> None:
    if one.strip().upper() == other.strip().upper():
        raise PydanticCustomError("one_record", "must name two records: a record cannot be merged with itself")


class Merge(Contract):
    """A source system says that two of its records are one person: `merged_id` is now `kept_id`."""

    id_kind: MergedIdKind
    merged_id: Id
    kept_id: Id
    reason: Text | None = None

    @model_validator(mode="after")
    def _of_two(self) -> Self:
        _two_records(self.merged_id, self.kept_id)
        return self


class Unmerge(Contract):
    """A merge is undone: `reactivated_id` is a person of its own again."""

    id_kind: MergedIdKind
    reactivated_id: Id
    unmerged_from_id: Id
    reason: Text | None = None

    @model_validator(mode="after")
    def _of_two(self) -> Self:
        _two_records(self.reactivated_id, self.unmerged_from_id)
        return self


class PersonRef(Contract):
    """A person as one system knows them: `source` is that of its events, `own_id` the id of that kind in it. These are
    the ids under which people are linked (docs/explanation/people-linking.md)."""

    source: Text
    id_kind: Literal[
        "suspect", "defendant", "libra_defendant", "asn", "proceeding", "victim", "prison_number", "crn"
    ]
    own_id: Id


class PersonDecision(Contract):
    """Someone decided that two records are of one person (include), or of two (exclude). It holds against every
    likelihood, for that pair, until a later decision about it or until it is deleted."""

    decision: Literal["include", "exclude"]
    first: PersonRef
    second: PersonRef
    reason: Text | None = None

    @model_validator(mode="after")
    def _of_two_that_may_meet(self) -> Self:
        if self.first == self.second:
            raise PydanticCustomError("one_record", "must name two records: one cannot be decided on with itself")
        if self.decision == "include" and (self.first.id_kind == "victim") != (self.second.id_kind == "victim"):
            raise PydanticCustomError(
                "victim_with_accused",
                "must not include a victim with anybody else: victims are never joined to suspects, defendants or"
                " offenders",
            )
        return self


class Match(Contract):
    """The courts match a defendant with the same person in other cases, or undo that. A match names another defendant,
    a master defendant, or both. What it says stands for that pair, or for the defendants of that master, as an include
    or an exclude does, until the courts tell something later (docs/explanation/people-linking.md)."""

    matched: bool = Field(description="true: the same person; false: not the same person any more")
    defendant_id: Id
    court_case_id: Id | None = None
    master_defendant_id: Id | None = Field(
        None, description="the master that the defendant is matched with, or no longer of"
    )
    matched_defendant_id: Id | None = Field(
        None,
        description="the other defendant, of the same system; an unmatch that names neither undoes every match told"
        " until then",
    )

    @model_validator(mode="after")
    def _names_somebody_else(self) -> Self:
        if self.matched_defendant_id == self.defendant_id:
            raise PydanticCustomError("one_record", "must name two defendants: one cannot be matched with itself")
        if self.matched and self.matched_defendant_id is None and not (self.master_defendant_id or "").strip("0-"):
            raise PydanticCustomError(
                "match_with_nobody", "must name a matched_defendant_id or a master_defendant_id to be matched with"
            )
        return self


class Deletion(Contract):
    """A record is deleted at its source. The event's `source` and `subject` say which; `kind` is the record kind."""

    kind: Code = Field(description="the deleted record's kind, such as police.crime")
    reason: Text | None = None
