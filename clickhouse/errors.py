"""What can go wrong with ClickHouse, for those who call it."""

_OF_DATA = frozenset({69, 70, 117, 131, 321, 349, 407, 469})
"""ClickHouse's codes for values that a column or a table does not take: out of bounds, not to be converted, incorrect,
too large, out of range, null, an overflow, against a constraint."""


class StoreError(RuntimeError):
    """Base of the store's errors."""


class StoreUnavailable(StoreError):  # noqa: N818 (says what happened)
    """ClickHouse cannot be reached, or is overloaded or starting: the same call may succeed later."""


class StoreRefused(StoreError):  # noqa: N818 (says what happened)
    """ClickHouse refused the statement: the same call will be refused again. `code` is ClickHouse's error code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def of_data(self) -> bool:
        """Whether the rows were refused, rather than who sent them, where to or how."""
        return self.code in _OF_DATA


class UnfitValueError(ValueError):
    """A column of type `type` cannot hold a value: `reason`. `table` is empty where only the columns are known. Of the
    values only a number is told, never a text: it may name people."""

    def __init__(self, table: str, column: str, type_: str, reason: str) -> None:
        super().__init__(f"{table + ': ' if table else ''}column {column} ({type_}): {reason}")
        self.table = table
        self.column = column
        self.type = type_
        self.reason = reason
