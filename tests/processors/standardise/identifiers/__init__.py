"""One file an identifier: the values that its sources call valid and invalid, and the properties of its form."""
