"""What makes the bench of linking quality fail."""

from dataclasses import replace
from typing import Any

import pytest

from bench import linking_quality
from bench.people import by_us, public
from bench.people.corrections import Corrections, Point
from bench.people.lines import SPLINK, Line, wrong_in, wrong_meanwhile
from bench.people.measured import Measured, Share

GOOD, POOR = Share(true=10, found=10, right=9), Share(true=10, found=10, right=8)


def _line(way: str, pairs: Share = GOOD, clusters: Share = GOOD, *, as_splink: bool = True) -> Line:
    return Line("a collection", 20, "standard", 20.0, 1.0, way, Measured(pairs, clusters), 0.1, as_splink)


def _at(**quality: Measured) -> Point:
    usual = {"live": Measured(GOOD, GOOD), "last_batch": Measured(POOR, POOR), "fresh_batch": Measured(GOOD, GOOD)}
    return Point(300, 100, 20, **(usual | quality))


KEPT = Corrections(20, 300, 3, 0.1, 0.1, 0.1, 0.1, equal=True, points=(_at(),))


def test_as_good_as_splink_is_good_enough() -> None:
    assert not wrong_in([_line(SPLINK), _line(by_us.MODEL_ALONE.name), _line(by_us.WHOLE.name, as_splink=False)])


@pytest.mark.parametrize("of", ["pairs", "clusters"])
def test_casestream_below_splink_fails_the_run(of: str) -> None:
    (told,) = wrong_in([_line(SPLINK), _line(by_us.WHOLE.name, **{of: POOR}, as_splink=False)])
    assert told == f"a collection, standard: F1 of {of} is 0.8000, below the 0.9000 of Splink's batch"


def test_a_rule_switched_off_may_be_below_splink() -> None:
    """The lines of single rules show what a rule is worth; nobody runs them."""
    assert not wrong_in([_line(SPLINK), *(_line(one.name, POOR, POOR, as_splink=False) for one in by_us.EACH_OFF)])


def test_the_model_alone_has_to_give_splinks_clusters() -> None:
    (told,) = wrong_in([_line(SPLINK), _line(by_us.MODEL_ALONE.name, as_splink=False)])
    assert "the model alone" in told


def test_while_records_change_casestream_has_to_be_above_the_last_batch_and_not_below_one_run_now() -> None:
    assert not wrong_meanwhile(KEPT)
    (pairs, clusters) = wrong_meanwhile(replace(KEPT, points=(_at(last_batch=Measured(GOOD, GOOD)),)))
    assert pairs == "corrections, after 300 changes: F1 of pairs is 0.9000, not above the 0.9000 of the last batch"
    assert clusters.startswith("corrections, after 300 changes: F1 of clusters")
    better = Measured(Share(10, 10, 10), GOOD)
    (pairs,) = wrong_meanwhile(replace(KEPT, points=(_at(fresh_batch=better),)))
    assert pairs.endswith("below the 1.0000 of a batch run now")
    assert len(wrong_meanwhile(replace(KEPT, equal=False))) == 1


def test_a_collection_that_is_not_to_be_had_fails_the_run_unless_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(*_: Any) -> Any:
        raise public.AbsentError("nowhere")

    monkeypatch.setattr(public, "fake_1000", absent)
    assert linking_quality.main(["--only", "fake_1000"]) == 1
    assert "WRONG: fake_1000 was left out" in capsys.readouterr().out
    assert linking_quality.main(["--only", "fake_1000", "--allow-absent"]) == 0
    assert "fake_1000: LEFT OUT, nowhere" in capsys.readouterr().out
