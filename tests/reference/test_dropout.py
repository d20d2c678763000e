import numpy as np
import pytest

from rnncourse.reference.dropout import dropout


@pytest.mark.parametrize("per", ["step", "sequence"])
def test_keeps_the_mean_and_drops_the_rate(per):
    x = np.ones((100, 40, 50))
    y, mask = dropout(x, 0.2, np.random.default_rng(0), per)
    assert set(np.unique(y)) == {0, 1.25}
    assert (y == 0).mean() == pytest.approx(0.2, abs=0.02)
    assert y.mean() == pytest.approx(1, abs=0.02)
    np.testing.assert_array_equal(y, x * mask)


def test_one_mask_per_sequence_is_the_same_at_every_step_and_one_per_step_is_not():
    x = np.ones((6, 4, 5))
    y, mask = dropout(x, 0.5, np.random.default_rng(0), "sequence")
    assert mask.shape == (1, 4, 5)
    assert (y == y[0]).all()
    assert len({y_t.tobytes() for y_t in y[:, :]}) == 1
    y, _ = dropout(x, 0.5, np.random.default_rng(0), "step")
    assert len({y_t.tobytes() for y_t in y}) == 6


def test_evaluation_leaves_x_alone():
    x = np.random.default_rng(0).standard_normal((3, 2, 4))
    y, mask = dropout(x, 0.9, np.random.default_rng(0), train=False)
    np.testing.assert_array_equal(y, x)
    assert (mask == 1).all()


def test_float32_stays_float32_and_x_is_not_changed():
    x = np.ones((3, 2, 4), np.float32)
    y, mask = dropout(x, 0.5, np.random.default_rng(0))
    assert y.dtype == mask.dtype == np.float32
    assert (x == 1).all()


@pytest.mark.parametrize(
    "arguments", [{"rate": 1.0}, {"rate": -0.1}, {"rate": float("nan")}, {"rate": 0.5, "per": "T"}]
)
def test_refuses_what_is_no_rate_or_no_scheme(arguments):
    with pytest.raises(ValueError, match="expected"):
        dropout(np.ones((1, 1, 1)), rng=np.random.default_rng(0), **arguments)
