"""Which cases keep the others of their batch from being written: those whose rows alone do not fit, or are refused."""

from collections.abc import Callable, Mapping, Sequence

from clickhouse.store import StoreRefused, UnfitValueError


def set_apart(case_ids: Sequence[str], write: Callable[[Sequence[str]], None]) -> Mapping[str, Exception]:
    """The cases that cannot be written, each with the reason; all others are written. `write` is tried with ever
    fewer of them, so a few bad ones among thousands cost few tries. What is no fault of the rows is raised: it would
    be the fault of every case."""
    try:
        write(case_ids)
    except (UnfitValueError, StoreRefused) as error:
        if isinstance(error, StoreRefused) and not error.of_data:
            raise
        if len(case_ids) == 1:
            return {case_ids[0]: error}
        half = len(case_ids) // 2
        return {**set_apart(case_ids[:half], write), **set_apart(case_ids[half:], write)}
    return {}
