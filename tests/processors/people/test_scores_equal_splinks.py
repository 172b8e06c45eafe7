"""Match weights, probabilities and levels equal those of the installed Splink."""

import pytest

from processors.people.model import read_settings, standard
from tests.processors.people import made_records, reference, splink_models
from tests.processors.people.splink_scores import assert_equal, levels_never_hit


@reference.needs_model
@pytest.mark.parametrize("seed", range(3))
def test_on_the_ministrys_model(seed: int) -> None:
    scores = assert_equal(reference.settings(), made_records.pairs(seed, 4_000), made_records.TYPES)
    assert not levels_never_hit(read_settings(reference.settings()), scores), "the pairs leave a level untested"


@pytest.mark.parametrize("name", splink_models.NAMES)
def test_on_every_comparison_of_splinks_library(name: str) -> None:
    settings = splink_models.model(name)
    scores = assert_equal(settings, splink_models.pairs(name, 3_000), splink_models.TYPES)
    assert not levels_never_hit(read_settings(settings), scores), "the pairs leave a level untested"


@pytest.mark.parametrize("seed", range(2))
def test_on_the_model_of_a_new_instance(seed: int) -> None:
    scores = assert_equal(standard.SETTINGS, made_records.pairs(seed, 4_000), made_records.TYPES)
    assert not levels_never_hit(read_settings(standard.SETTINGS), scores), "the pairs leave a level untested"
