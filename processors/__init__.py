"""What happens to an event: pure functions, with no clock, no Kafka and no ClickHouse.

    adapters     real-world formats -> our events
    standardise  event -> heads: identifiers, keys, quality rules
    linking      which state counts, which case a record belongs to
    people       which records are of one person: cleaning, blocking, scoring, clustering
    cases        the records of one case -> its rows
"""
