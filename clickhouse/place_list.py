"""The area that a place lies in, in ClickHouse: our own small lists, written where the table differs from them."""

from clickhouse.store import Store
from schemas.postcodes import POSTCODE_AREA_FORCES
from schemas.prisons import PRISON_REGIONS

OWN_PLACES = {
    **{("postcodes", area): force for area, force in POSTCODE_AREA_FORCES.items()},
    **{("prisons", prison): region for prison, region in PRISON_REGIONS.items()},
}
"""The area by national list (`processors.reference_lists`) and code. What such a list says goes before."""


def write_places(store: Store) -> bool:
    """Make `places` say what the lists in the code say; whether anything had to be written. Raises StoreError. A repeat
    writes nothing; a code that is no longer listed gets a deletion mark."""
    stored = store.query("SELECT list, code, area FROM casestream.places FINAL", {})
    held = {(str(name), str(code)): str(area) for name, code, area in stored}
    rows = [(*key, area, 0) for key, area in OWN_PLACES.items() if held.get(key) != area]
    rows += [(*key, area, 1) for key, area in held.items() if key not in OWN_PLACES]
    if not rows:
        return False
    ((latest,),) = store.query("SELECT max(version) FROM casestream.places", {})
    names = ("list", "code", "area", "is_deleted")
    columns: dict[str, list[object]] = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    store.insert("places", {**columns, "version": [int(str(latest)) + 1] * len(rows)})
    return True
