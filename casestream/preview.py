"""`python -m casestream.preview --clickhouse URL --port N`: the preview of an instance: the boards, and pictures of why
person records are of one person.

The boards are read as the user of boards. The pictures are drawn as `casestream explain` draws them, from what only the
user that writes may read, and hold none of it.
"""

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus
from threading import Lock
from typing import Final

from casestream.endpoints import clickhouse_endpoint
from casestream.errors import UserError
from casestream.explaining_people import explain_person
from casestream.explaining_people_pairs import explain_person_pair
from casestream.settings import load
from clickhouse.store import Endpoint, Store, StoreError
from grafana.preview.figures import FigureError
from grafana.preview.serving import arguments_of, serve
from streams.look import Look

_PERSON: Final = re.compile(r"p[0-9a-f]{24}")
_RECORD: Final = re.compile(r"i[0-9a-f]{24}")


class PeopleExplained:
    """Draws people as `casestream explain` does. Safe to share between threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._connecting = Lock()
        self._store: Store | None = None

    def person(self, person_id: str) -> str:
        """How a person's records are joined, as SVG."""
        if _PERSON.fullmatch(person_id) is None:
            raise FigureError(f"{person_id!r} is no person id: p and 24 hexadecimal digits", HTTPStatus.NOT_FOUND)
        return self._drawn(lambda look: explain_person(look, (person_id,)).graph().svg())

    def pair(self, one: str, other: str) -> str:
        """How two person records compare, as SVG."""
        wrong = next((record for record in (one, other) if _RECORD.fullmatch(record) is None), None)
        if wrong is not None:
            reason = f"{wrong!r} is no person record's id: i and 24 hexadecimal digits"
            raise FigureError(reason, HTTPStatus.NOT_FOUND)
        return self._drawn(lambda look: explain_person_pair(look, (one, other)).picture())

    def _drawn(self, draw: Callable[[Look], str]) -> str:
        try:
            return draw(Look(self._connected()))
        except UserError as error:
            raise FigureError(str(error), HTTPStatus.NOT_FOUND) from None
        except StoreError as error:
            raise FigureError(f"ClickHouse does not answer: {error}") from error

    def _connected(self) -> Store:
        """The store, which ClickHouse need not answer before the first question."""
        with self._connecting:
            self._store = self._store or Store.connect(self._endpoint)
            return self._store


def main() -> None:
    """Parse the arguments and serve until SIGTERM."""
    arguments = arguments_of("casestream.preview", __doc__ or "")
    asyncio.run(serve(arguments, PeopleExplained(clickhouse_endpoint(load(), arguments.clickhouse))))


if __name__ == "__main__":
    main()
