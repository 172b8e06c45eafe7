"""What may be wrong with a model: always with the comparison and the level that are meant."""


class ModelError(ValueError):
    """A settings file that is no model: `comparison` and `level` say where, and are empty for the whole file."""

    def __init__(self, reason: str, comparison: str = "", level: str = "") -> None:
        self.reason = reason
        self.comparison = comparison
        self.level = level
        where = ", ".join(part for part in (comparison, level) if part)
        super().__init__(f"{where}: {reason}" if where else reason)


class UnknownConditionError(ModelError):
    """A level whose condition holds something that cannot be worked out, because we have no function for it or because
    types do not go together: `part` of its `sql`."""

    def __init__(self, comparison: str, level: str, sql: str, part: str, reason: str) -> None:
        self.sql = sql
        self.part = part
        super().__init__(f"{reason} `{part}` in the condition `{' '.join(sql.split())}`", comparison, level)
