"""Each measure against a few cases that one can count on one's fingers, told as events."""
