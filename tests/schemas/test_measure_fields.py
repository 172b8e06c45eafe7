"""docs/reference/measure-fields.md names only fields and columns that exist, and names every measure."""

import importlib
import re
from pathlib import Path

import pytest

from schemas.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "reference" / "measure-fields.md"
MEASURES = ROOT / ".." / "shared" / "domain" / "measures.md"

LINES = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in DOCUMENT.read_text().splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| measure"))
]
ROWS = {cells[0]: (cells[1], cells[2]) for cells in LINES}
FIELDS = sorted({word.strip() for fields, _ in ROWS.values() for word in fields.split(",") if word.strip() != "-"})
COLUMNS = sorted({word.strip() for _, columns in ROWS.values() for word in columns.split(",") if "." in word})

FIELD = r"[a-z_]+(\.[a-z_]+|\[\](\.[a-z_]+)?)?( is null)?"

# Words by which the measures' list calls a field, where ours is another word.
OURS = {
    "crime_victim": "case_victims", "referral_type": "referral_kind", "consultation": "consultation",
    "open at t": "live", "defendant_case": "case_defendants", "received_at_cc": "received_cc_at",
    "charge_at": "charge_on", "s28_flag": "section_28", "court_session": "court_sessions",
    "remand_event": "case_remand", "ctl_expiry": "ctl_on", "custody_episode": "case_custody",
    "supervision_episode.type": "case_supervision.kind", "person link": "person_key", "hearing.type": "hearing_type",
    "victim_service_event.kind": "case_victim_services.kind", "support_status events": "support",
    "sentence.type": "sentence_type", "recall.type": "case_recalls.kind", "reasons[]": "reasons",
    "prison_capacity feed": "prison_capacity", "episode.start/end reason": "reason", "sentence": "case_sentences",
    "exclusion flags": "excluded", "plea_at": "plea_on", "first_hearing_at": "first_hearing_on",
    "offence.final_result": "case_offences.result", "arrest events": "case_arrests",
    "date": "listed_on", "disposal_at": "convicted_on", "index_event": "sentenced_on",
    "offence.committed_at": "occurred_from", "warrant_live": "warrant_live", "indicted/alternative": "alternative",
}


@pytest.mark.parametrize("name", FIELDS)
def test_contract_field_exists(name: str) -> None:
    module, model, field = name.split(".")
    assert field in getattr(importlib.import_module(f"schemas.{module}"), model).model_fields


@pytest.mark.parametrize("name", COLUMNS)
def test_column_exists(name: str) -> None:
    table, column = name.split(".")
    assert column in TABLES[table].row._fields


def needed() -> dict[str, str]:
    """Each measure of the list with its cell of needed fields, the last of its line."""
    if not MEASURES.exists():
        pytest.skip("the list of measures is not here")
    found: dict[str, str] = {}
    for line in MEASURES.read_text().split("## 2.")[0].splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            for name in re.findall(r"\b([PCTSHV]\d\d[a-c]?)\b(?=[ ;])", cells[0]):
                found[name] = cells[-1]
    return found


def test_every_measure_is_described() -> None:
    assert len(needed()) >= 69
    assert set(needed()) <= set(ROWS)


def test_every_needed_field_is_mapped() -> None:
    missing = []
    for measure, cell in needed().items():
        row = " ".join(ROWS[measure])
        for word in re.split(r"[,;+]| / |(?<!start)/(?!end|alternative)", cell):
            plain = re.sub(r"\(.*?\)", "", word).strip(" .")
            if plain not in OURS and (not re.fullmatch(FIELD, plain) or plain == "same"):
                continue
            wanted = OURS.get(plain, plain.removesuffix(" is null").split(".")[-1])
            if wanted not in row and re.sub("_at$", "_on", wanted) not in row:
                missing.append((measure, plain))
    assert missing == []


def test_no_measure_without_a_column() -> None:
    for measure, (_, columns) in ROWS.items():
        assert columns.startswith("not modelled") or "." in columns, measure
