"""Thin events about records: merged, unmerged, matched, decided on; and the deletion of a record."""

from typing import Literal

from pydantic import Field

from schemas.values import Code, Contract, Id, Text

PersonIdKind = Literal["crn", "prison_number", "defendant_id", "master_defendant_id", "pnc", "cro"]


class Merge(Contract):
    """A source system says that two of its records are one person: `merged_id` is now `kept_id`."""

    id_kind: PersonIdKind
    merged_id: Id
    kept_id: Id
    reason: Text | None = None


class Unmerge(Contract):
    """A merge is undone: `reactivated_id` is a person of its own again."""

    id_kind: PersonIdKind
    reactivated_id: Id
    unmerged_from_id: Id
    reason: Text | None = None


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


class Match(Contract):
    """The courts match (or unmatch) a defendant with the same person in another case."""

    matched: bool
    defendant_id: Id
    court_case_id: Id | None = None
    master_defendant_id: Id | None = None
    matched_defendant_id: Id | None = None


class Deletion(Contract):
    """A record is deleted at its source. The event's `source` and `subject` say which; `kind` is the record kind."""

    kind: Code = Field(description="the deleted record's kind, such as police.crime")
    reason: Text | None = None
