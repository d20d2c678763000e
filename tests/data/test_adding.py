import numpy as np
import pytest

from rnncourse.data import ADDING_BASELINE, adding_problem


@pytest.mark.parametrize("T", [2, 3, 50])
def test_the_target_is_the_sum_of_the_marked_values(T):
    x, y = adding_problem(T, 40, np.random.default_rng(0))
    assert x.shape == (T, 40, 2) and y.shape == (40, 1)
    np.testing.assert_allclose((x[..., 0] * x[..., 1]).sum(axis=0), y[:, 0], rtol=1e-12)


@pytest.mark.parametrize("T", [2, 3, 50])
def test_one_marker_lies_in_each_half(T):
    markers = adding_problem(T, 40, np.random.default_rng(0))[0][..., 1]
    assert (markers[: T // 2].sum(axis=0) == 1).all()
    assert (markers[T // 2 :].sum(axis=0) == 1).all()


def test_answering_one_has_the_error_that_is_claimed():
    y = adding_problem(10, 200_000, np.random.default_rng(0))[1]
    assert abs(((y - 1) ** 2).mean() - ADDING_BASELINE) < 0.002  # four standard errors of the mean


def test_one_seed_gives_one_draw():
    a, b = (adding_problem(10, 5, np.random.default_rng(3), np.float32) for _ in range(2))
    np.testing.assert_array_equal(a[0], b[0])
    assert a[0].dtype == a[1].dtype == np.float32


def test_a_sequence_of_one_step_is_refused():
    with pytest.raises(ValueError, match="expected T >= 2"):
        adding_problem(1, 5, np.random.default_rng(0))
