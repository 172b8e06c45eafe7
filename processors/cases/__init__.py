"""The records of one case -> its rows: one thing told by several agencies becomes one row, with its sources."""
