"""`casestream settings`: every setting, its value and where that comes from."""

from dataclasses import asdict

from casestream.console import note, print_json, table
from casestream.options import AsJson
from casestream.settings import described, load, misspelt


def settings(as_json: AsJson = False) -> None:
    """List all settings: name, value, where the value comes from, and what it is for.

    What is set under a name that no setting has is told beside them.
    """
    found = described(load())
    for told in misspelt():
        note(told)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    table("", ("setting", "value", "from", "what it is"), [(s.name, s.value, s.source, s.description) for s in found])
