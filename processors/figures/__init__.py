"""Figures as a reader sees them: rounded, compared, suppressed, or missing for one of three reasons; and what a
question in free words means. Pure: the figures come from the measures' statements."""
