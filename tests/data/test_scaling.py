import numpy as np

from rnncourse.data import fit_scaler


def test_the_training_part_gets_mean_zero_and_deviation_one():
    train = np.random.default_rng(0).normal([3.0, -7.0], [2.0, 0.1], (200, 2))
    scaled = fit_scaler(train).transform(train)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-12)


def test_inverse_undoes_transform():
    series = np.random.default_rng(1).normal(50, 40, (30, 1))
    scaler = fit_scaler(series)
    np.testing.assert_allclose(scaler.inverse(scaler.transform(series)), series, rtol=1e-12)


def test_a_constant_column_is_left_at_zero_instead_of_nan():
    scaled = fit_scaler(np.full(9, 4.0)).transform(np.full((9, 1), 4.0))
    np.testing.assert_array_equal(scaled, 0)


def test_float32_stays_float32():
    series = np.arange(8, dtype=np.float32)
    assert fit_scaler(series).transform(series[:, None]).dtype == np.float32
