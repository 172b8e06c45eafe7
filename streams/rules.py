"""What link goes by is fixed with the first run of an instance, and kept in ClickHouse: what an offset does must not
depend on the settings of the worker that happens to have it."""

import logging

from clickhouse.queries import read
from clickhouse.store import Store

logger = logging.getLogger(__name__)


def fixed_rule(store: Store, name: str, wanted: int) -> int:
    """The value that holds: the one that is kept, else `wanted`, which is kept then. A worker that wishes another says
    so in its log and goes by what is kept."""
    kept = store.query(read("link_rule"), {"name": name})
    if not kept:
        store.insert("link_rules", {"name": [name], "value": [wanted]})
        kept = store.query(read("link_rule"), {"name": name})
    value = int(str(kept[0][0]))
    if value != wanted:
        logger.warning("%s is %d since this instance first ran; %d is not used", name, value, wanted)
    return value
