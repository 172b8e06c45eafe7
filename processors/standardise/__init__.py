"""Event -> what linking and projection need: canonical identifiers, case keys, moments, named quality findings."""
