"""Scoring: a model and a pair of records -> the match weight, comparison by comparison.

    functions    the SQL functions that conditions use, each with DuckDB's meaning
    casts        what a value becomes under another type
    signatures   which types functions take and give
    fitting      a condition with the casts that DuckDB would put in, or what in it does not fit
    slots        what depends on one record alone, worked out once for each record
    library      which function stands for which node of a syntax tree
    operands     what an expression becomes: a slot, a constant, a function of a pair
    values       expressions of conditions -> operands
    conditions   a condition -> two functions: is it true, is it false (unknown is neither)
    strings      how alike two strings are, to the bit
    scorer       a whole model: records prepared once, pairs scored
    waterfall    the same score with its reasons, as data and as text
    twins        pairs that look alike because they are twins
    pairs        all of it for two person records, in a fixed order

A score is a function of two records, the model and a snapshot of term frequencies, and of nothing else.
"""

from processors.people.scoring.scorer import Record, Scorer
from processors.people.scoring.slots import MissingColumnError
from processors.people.scoring.waterfall import Bar, Waterfall, render, waterfall

__all__ = ["Bar", "MissingColumnError", "Record", "Scorer", "Waterfall", "render", "waterfall"]
