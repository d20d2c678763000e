"""A forecaster's probes ask for training at every seed, and are the same each time they are drawn."""

import numpy as np
import pytest
from support.seeds import EACH_SEED

from rnncourse.checks.exercises.forecaster_probes import forecaster_probes, root_mean_square
from rnncourse.reference.forecaster import predict, train_forecaster


def large(seed):
    """Draw the probe on which the naive forecast has to be beaten."""
    return forecaster_probes(np.random.default_rng(seed))[1].arguments


@EACH_SEED
def test_training_is_needed_and_enough(seed):
    *arguments, y_val = large(seed).values()
    params, x_val = arguments[0], arguments[3]
    naive = root_mean_square(x_val[-1], y_val)
    assert root_mean_square(predict(params, x_val), y_val) > naive
    assert root_mean_square(train_forecaster(*arguments)[1], y_val) < 0.6 * naive


@pytest.mark.parametrize("seed", [2, 5])  # of which some probes are drawn again
def test_the_second_time_they_are_the_same(seed):
    first, second = large(seed), large(seed)
    assert [str(value) for value in first.values()] == [str(value) for value in second.values()]
