import numpy as np
import pytest

from rnncourse.gradcheck import numerical_gradient, relative_error


def test_central_differences_of_a_known_function():
    theta = np.array([[0.3, -1.2], [2.0, 0.0]])
    gradient = numerical_gradient(lambda t: np.sin(t).sum() + (t**2).sum(), theta)
    assert relative_error(gradient, np.cos(theta) + 2 * theta) < 1e-9


def test_theta_is_left_alone_and_may_be_float32():
    theta = np.full(3, 0.1, np.float32)
    kept = theta.copy()
    gradient = numerical_gradient(lambda t: (t**3).sum(), theta)
    assert gradient.dtype == np.float64
    assert relative_error(gradient, 3 * theta.astype(float) ** 2) < 1e-8
    np.testing.assert_array_equal(theta, kept)


def test_a_scalar_is_an_array_too():
    assert numerical_gradient(lambda t: t**2, np.array(3.0)) == pytest.approx(6, rel=1e-9)


def test_integers_are_refused():
    with pytest.raises(TypeError, match="int64; expected a float dtype"):
        numerical_gradient(lambda t: t.sum(), np.arange(3))


def test_relative_error():
    assert relative_error([3.0, 4.0], [3.0, 4.0]) == 0
    assert relative_error([0.0], [0.0]) == 0
    assert relative_error([1.0], [-1.0]) == 2
    assert relative_error([1e-8], [2e-8]) == pytest.approx(0.5)
    with pytest.raises(ValueError, match=r"shapes \(2,\) and \(1,\)"):
        relative_error([1.0, 2.0], [1.0])
