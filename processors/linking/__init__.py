"""Which state of a record counts, and which case each record belongs to: components over shared identifiers."""
