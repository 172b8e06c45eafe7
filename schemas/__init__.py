"""What flows: the agencies' event contracts, the messages between our agents, and the rows of the case tables.

Nothing here computes: models, vocabularies and small code lists, each with its source.
"""
