"""People and organisations as the agencies describe them: facts for people linking, and the protected
characteristics that profiles need. Names, births and addresses never reach a board (design, principle 10)."""

from typing import Literal

from schemas.values import Age, Code, Contract, Day, Id, Text

Sex = Literal["male", "female", "other", "not_known"]


class Address(Contract):
    """A postal address; only the postcode takes part in linking."""

    lines: tuple[Text, ...] = ()
    postcode: Text | None = None


class PersonName(Contract):
    """One name of a person, the main one or an alias. `date_of_birth` is one that was given with an alias; the
    person's own is `Person.date_of_birth`."""

    title: Text | None = None
    first: Text | None = None
    middle: Text | None = None
    last: Text | None = None
    date_of_birth: Day | None = None


class Person(Contract):
    """A person as one agency knows them. `ethnicity_self` is the 16+1 or 18+1 code, `ethnicity_observed` the 6+1
    code: two series that are never merged."""

    name: PersonName = PersonName()
    aliases: tuple[PersonName, ...] = ()
    date_of_birth: Day | None = None
    sex: Sex | None = None
    ethnicity_self: Code | None = None
    ethnicity_observed: Code | None = None
    nationality: Code | None = None
    address: Address | None = None
    pnc: Id | None = None
    cro: Id | None = None
    nino: Id | None = None
    driver_number: Id | None = None


class Victim(Contract):
    """A victim of a crime. `age` is in whole years at the crime. `relationship` is that to the suspect as the
    police recorded it; `vulnerable` is the force's own assessment."""

    victim_id: Id
    kind: Literal["person", "organisation", "state"] = "person"
    sex: Sex | None = None
    age: Age | None = None
    ethnicity_self: Code | None = None
    ethnicity_observed: Code | None = None
    vulnerable: bool | None = None
    relationship: Code | None = None
    supports: bool | None = None
    person: Person | None = None
