"""What a record costs link by how many records are held already: `python -m bench.held`.

history   a simulated history, linked once: the rows that the Linker wrote, and corrections that are still to come
pieces    the rows, cut at what has to differ between copies of the history
copies    how a copy is told from the others: names, identifiers, times, versions
filling   link's tables with as many copies as make the records wanted
mix       the stream that is measured: records of new cases, and corrections to records held
watching  what is asked of ClickHouse, and what link and ClickHouse take
checking  the corrections were found as held records
run       one size, measured
"""
