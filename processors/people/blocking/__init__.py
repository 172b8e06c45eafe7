"""Blocking: the keys under which a record is looked up, one rule of the model after another. Only records that share a
key are compared; there is never a scan, and never all pairs.
"""

from processors.people.blocking.index import BlockingIndex
from processors.people.blocking.rules import PEOPLE_RULES, BlockingKey, BlockingRuleError, BlockingRules, KeyRole

__all__ = ["PEOPLE_RULES", "BlockingIndex", "BlockingKey", "BlockingRuleError", "BlockingRules", "KeyRole"]
