import numpy as np
import pytest

from rnncourse.initializers import orthogonal, orthogonal_and_normal, scaled_normal


def test_scaled_normal_keeps_the_variance_of_what_it_maps():
    rng = np.random.default_rng(0)
    W = scaled_normal(300, 400, rng)
    assert W.shape == (300, 400)
    assert (W @ rng.standard_normal((400, 200))).var() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("H", [1, 2, 50])
def test_orthogonal_keeps_every_length(H):
    W = orthogonal(H, np.random.default_rng(0))
    np.testing.assert_allclose(W.T @ W, np.eye(H), atol=1e-12)


def test_a_weight_on_h_and_x_has_h_first():
    W = orthogonal_and_normal(30, 50, np.random.default_rng(0))
    assert W.shape == (50, 80)
    np.testing.assert_allclose(W[:, :50].T @ W[:, :50], np.eye(50), atol=1e-12)
    assert W[:, 50:].std() == pytest.approx(30**-0.5, rel=0.1)


def test_dtype_and_seed():
    for draw in (
        lambda rng: scaled_normal(3, 4, rng, np.float32),
        lambda rng: orthogonal_and_normal(3, 4, rng, np.float32),
    ):
        a, b = draw(np.random.default_rng(1)), draw(np.random.default_rng(1))
        assert a.dtype == np.float32
        np.testing.assert_array_equal(a, b)
