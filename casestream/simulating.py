"""Simulated histories on their way: to files, or to the feed topics, at once or at a rate."""
