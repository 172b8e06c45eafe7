"""Where it rests: the tables (`migrations/`), the measures (`measures/`), the one client that code uses (`store`), and
the ClickHouse engine in a process behind the real HTTP interface (`embedded`). No other room talks to ClickHouse."""
