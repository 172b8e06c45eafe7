"""Pictures of people for the person explorer of the preview: who of them are joined, and why two are. They are made
where people linking is known, with rights that no board has, and show no detail of anybody."""

from http import HTTPStatus
from typing import Protocol

from grafana.preview.figures import FigureError


class Explainer(Protocol):
    """Draws why person records are of one person. Raises FigureError where there is nothing to draw."""

    def person(self, person_id: str) -> str:
        """How a person's records are joined, as SVG."""

    def pair(self, one: str, other: str) -> str:
        """How two person records compare, as SVG."""


class NoExplainer:
    """The boards without what explains people."""

    def person(self, person_id: str) -> str:
        """Nothing."""
        return self.pair(person_id, "")

    def pair(self, one: str, other: str) -> str:
        """Nothing."""
        raise FigureError("this preview draws no people: the one of `casestream up` does", HTTPStatus.NOT_FOUND)
