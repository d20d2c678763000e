import numpy as np
import pytest

from rnncourse.data import jitter, rescale, slice_windows


@pytest.fixture
def x():
    x = np.random.default_rng(0).standard_normal((12, 400, 2))
    x.setflags(write=False)  # whoever changes its input fails
    return x


def test_jitter_adds_noise_of_the_size_asked_for(x):
    noise = jitter(x, 0.3, np.random.default_rng(1)) - x
    assert abs(noise.std() - 0.3) < 0.01
    assert abs(noise.mean()) < 0.01


def test_jitter_of_nothing_is_the_input(x):
    np.testing.assert_array_equal(jitter(x, 0, np.random.default_rng(1)), x)


def test_rescale_has_one_factor_per_window_shared_with_its_target(x):
    y = x[-1] * 2
    x_new, y_new = rescale(x, 0.2, np.random.default_rng(1), y)
    factors = x_new / x
    np.testing.assert_allclose(factors, np.broadcast_to(factors[:1, :, :1], x.shape), rtol=1e-12)
    np.testing.assert_allclose(y_new / y, factors[0], rtol=1e-12)
    assert abs(factors[0, :, 0].std() - 0.2) < 0.03


def test_a_slice_is_a_stretch_of_its_own_window():
    x = np.arange(20.0)[:, None, None] + 100 * np.arange(50)[None, :, None]  # (20, 50, 1)
    cut = slice_windows(x, 6, np.random.default_rng(0))[..., 0]
    assert cut.shape == (6, 50)
    np.testing.assert_array_equal(np.diff(cut, axis=0), 1)
    np.testing.assert_array_equal(cut[0] // 100, np.arange(50))
    starts = cut[0] % 100
    assert starts.min() == 0 and starts.max() == 14  # both ends are reached


def test_targets_at_each_step_are_cut_at_the_same_places():
    x = np.random.default_rng(0).standard_normal((9, 5, 1))
    x_cut, y_cut = slice_windows(x, 4, np.random.default_rng(1), y=x[..., 0] * 3)
    np.testing.assert_array_equal(y_cut, x_cut[..., 0] * 3)


def test_the_whole_window_is_a_slice(x):
    np.testing.assert_array_equal(slice_windows(x, 12, np.random.default_rng(0)), x)


def test_bad_arguments_are_named(x):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="1 <= length <= T = 12"):
        slice_windows(x, 13, rng)
    with pytest.raises(ValueError, match=r"expected \(T, N, ...\) = \(12, 400, ...\)"):
        slice_windows(x, 3, rng, y=np.zeros((400, 1)))
    with pytest.raises(ValueError, match=r"floating-point \(T, N, D\)"):
        jitter(np.zeros((3, 3)), 0.1, rng)
    with pytest.raises(ValueError, match="sigma is nan"):
        jitter(x, np.nan, rng)


def test_float32_stays_float32(x):
    x = x.astype(np.float32)
    assert jitter(x, 0.1, np.random.default_rng(0)).dtype == np.float32
    assert rescale(x, 0.1, np.random.default_rng(0)).dtype == np.float32
