"""What a person decides about linking: these two records are of one case, or they never are."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from schemas.values import Contract, Id, Text

LINK_DECISION: Final = "casestream.link_decision"
"""The kind of a manual decision."""

Verdict = Literal["include", "exclude"]

RecordId = Annotated[str, Field(pattern=r"^r[0-9a-f]{24}$")]
"""A record's id: `r` and 24 hexadecimal digits. The id of a case, with `r` in place of `c`, is the record that the case
is called after."""


class LinkDecision(Contract):
    """Two records belong together (`include`), or are never of one case (`exclude`), whatever identifiers say. Where
    the two verdicts meet, `exclude` holds. It is withdrawn by its deletion, and changed by a later state."""

    verdict: Verdict
    records: tuple[RecordId, RecordId] = Field(description="the two records, in any order")
    reason: Text = Field(min_length=1, description="why, for those who look at the case later; no personal data")
    decided_by: Id = Field(description="who decided: a role or a staff number, not a name")

    @model_validator(mode="after")
    def _two(self) -> "LinkDecision":
        if self.records[0] == self.records[1]:
            raise ValueError("a decision is about two different records")
        return self
