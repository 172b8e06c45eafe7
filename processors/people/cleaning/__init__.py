"""Cleaning: a person as an agency tells them -> the columns that the model compares.

    record       what is known of one person record, and whether it may be linked at all
    names        names without noise, in parts
    places       postcodes and outcodes
    clean        all of it: a person record -> its columns
    frequencies  how often each value occurs: counts kept up to date, and named snapshots of them

The rules are those of the Ministry of Justice's live linkage (hmpps-person-match, model_cleaning), because its model
was trained on records cleaned so; identifiers are those of `processors.standardise.identifiers`.
"""

from processors.people.cleaning.clean import CleanPerson, Override, clean
from processors.people.cleaning.frequencies import Counts, Snapshot, with_frequencies
from processors.people.cleaning.record import Group, PersonRecord, is_linkable
from schemas.person_facts import Role

__all__ = [
    "CleanPerson", "Counts", "Group", "Override", "PersonRecord", "Role", "Snapshot", "clean", "is_linkable",
    "with_frequencies",
]  # fmt: skip
