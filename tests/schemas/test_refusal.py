"""The envelope of what could not be sent: small, repeatable, and rejected with the reason that it carries."""

import base64

from processors.standardise.standardise import Rejected, standardise
from schemas.flow import EventRef
from schemas.refusal import RAW_BYTES, RefusalEvent, refusal_event


def refused(raw: bytes = b"a;bad;row", line: int = 7) -> RefusalEvent:
    return refusal_event(
        format_="police-uk", file="2022-05-example-street.csv", line=line, rule="wrong-number-of-columns",
        field="columns", value="3", reason="the header has 12 columns", raw=raw,
    )  # fmt: skip


def test_standardise_rejects_it_with_the_rule_and_reason_that_it_carries() -> None:
    verdict = standardise(refused().model_dump_json().encode(), EventRef("feeds.police", 1, 0, 0))
    assert isinstance(verdict, Rejected)
    assert (verdict.rule, verdict.field, verdict.value, verdict.reason) == (
        "wrong-number-of-columns", "columns", "3", "the header has 12 columns",
    )  # fmt: skip
    assert verdict.subject == "2022-05-example-street.csv#7"


def test_the_same_refusal_has_the_same_id_and_another_line_another() -> None:
    assert refused().id == refused().id
    assert refused().id != refused(line=8).id
    assert refused().id != refused(raw=b"another").id


def test_it_stays_small_and_keeps_the_digest_of_all_bytes() -> None:
    one, other = refused(b"x" * 10_000_000), refused(b"x" * 10_000_001)
    assert len(one.model_dump_json()) < 100_000
    assert base64.b64decode(one.data.raw) == b"x" * RAW_BYTES
    assert one.data.digest != other.data.digest
