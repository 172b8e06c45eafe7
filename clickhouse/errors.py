"""What can go wrong with ClickHouse, for those who call it."""


class StoreError(RuntimeError):
    """Base of the store's errors."""


class StoreUnavailable(StoreError):  # noqa: N818 (says what happened)
    """ClickHouse cannot be reached, or is overloaded or starting: the same call may succeed later."""


class StoreRefused(StoreError):  # noqa: N818 (says what happened)
    """ClickHouse refused the statement: the same call will be refused again. `code` is ClickHouse's error code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
