"""The list of forces and areas in ClickHouse: written where the tables differ from it, so there is one source."""

from datetime import date

from clickhouse.store import Store
from schemas.areas import BELONGINGS, FORCES, Role, areas_of

_EPOCH = date(1970, 1, 1)
_OPEN = date(1900, 1, 1)
"""The first day of what has no known beginning: the least that the tables hold."""


def write_areas(store: Store) -> bool:
    """Make `forces` and `areas` say what `schemas.areas` says; whether anything had to be written. Raises StoreError.
    A repeat writes nothing; an area that is no longer listed gets a deletion mark."""
    return any((_write_forces(store), _write_belongings(store)))


def _write_forces(store: Store) -> bool:
    wanted = [
        (one.number, one.name, _one(one.number, "board"), _one(one.number, "region"), one.gss, one.official, one.slug)
        for one in FORCES.values()
    ]
    columns = ("force", "name", "board", "region", "gss", "official_name", "slug")
    held = set(store.query(f"SELECT {', '.join(columns)} FROM casestream.forces FINAL", {}))
    rows = [row for row in wanted if row not in held]
    if rows:
        store.insert("forces", dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))
        store.command("OPTIMIZE TABLE casestream.forces FINAL")  # boards read it without FINAL
    return bool(rows)


def _one(number: str, role: Role) -> str:
    return (areas_of(number, role) or ("",))[0]


def _write_belongings(store: Store) -> bool:
    wanted = {
        (one.force, one.role, one.area, _day(one.valid_from or _OPEN)): _day(one.valid_to) if one.valid_to else None
        for one in BELONGINGS
    }
    sql = (
        "SELECT force, role, area, toInt32(valid_from), if(valid_to IS NULL, NULL, toInt32(valid_to)), version"
        " FROM casestream.areas FINAL"
    )
    stored = store.query(sql, {})
    held = {(row[0], row[1], row[2], row[3]): row[4] for row in stored}
    gone = [key for key in held if key not in wanted]
    new = [key for key, until in wanted.items() if key not in held or held[key] != until]
    rows = [(*key, wanted[key], 0) for key in new] + [(*key, held[key], 1) for key in gone]
    if not rows:
        return False
    ((latest,),) = store.query("SELECT max(version) FROM casestream.areas", {})
    names = ("force", "role", "area", "valid_from", "valid_to", "is_deleted")
    columns: dict[str, list[object]] = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    store.insert("areas", {**columns, "version": [int(str(latest)) + 1] * len(rows)})
    return True


def _day(day: date) -> int:
    return (day - _EPOCH).days
