"""People linking: which records of people are of one person, as a pure function of what is known now.

    model       any Splink settings JSON: comparisons, levels, m and u probabilities, term frequencies, prior
    scoring     a pair of records -> its match weight, level by level, equal to Splink's
    cleaning    a person as an agency tells them -> the columns that the model compares; term frequencies
    blocking    the keys under which a record is looked up: candidates, never all pairs
    usable      whether a settings file is a model by which people can be scored here
    clustering  records, decisions, model and snapshot -> clusters, whatever order they came in

The rooms stand beside `processors.linking`, not inside it: cases are components over shared identifiers and know no
likelihood, people know no case; neither imports the other, and each has its own topic, agent and tables.
"""
