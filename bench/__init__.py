"""Repeatable measurements: each prints its figures, and says what it ran on. Nothing here is a test."""
