import numpy as np
import pytest

from rnncourse.training import RNN, Dense, Model, OneHot
from rnncourse.training.batches import check_data, check_input, fingerprint, prepare

ONE = Model([RNN(3, return_sequences=False), Dense(2)])
MANY = Model([RNN(3), Dense(2)])
CLASSES = Model([OneHot(5), RNN(3), Dense(4)], "cross_entropy")
BINARY = Model([RNN(3), Dense(2)], "binary_cross_entropy")


def test_validation_is_the_last_part_in_order():
    x, y = np.arange(10.0).reshape(1, 10, 1) * np.ones((4, 1, 1)), np.zeros((10, 2))
    train, held_out = prepare(ONE, x, y, None, 0.2)
    np.testing.assert_array_equal(train.x[0, :, 0], np.arange(8))
    np.testing.assert_array_equal(held_out.x[0, :, 0], [8, 9])
    assert prepare(ONE, x, y, None, None)[1] is None
    assert len(prepare(ONE, x, y, None, (x[:, :3], y[:3]))[1]) == 3


def test_a_mask_is_split_and_taken_with_its_sequences():
    mask = np.arange(40.0).reshape(4, 10)
    train, held_out = prepare(MANY, np.ones((4, 10, 1)), np.ones((4, 10, 2)), mask, 3)
    np.testing.assert_array_equal(held_out.mask, mask[:, 7:])
    np.testing.assert_array_equal(train.take([2, 0]).mask, mask[:, [2, 0]])


@pytest.mark.parametrize(
    ("model", "x", "y", "message"),
    [
        (ONE, np.ones((4, 10)), np.ones((10, 2)), r"x has shape \(4, 10\) .* expected floating-point \(T, N, D\)"),
        (ONE, np.ones((4, 10, 1), int), np.ones((10, 2)), r"dtype int64; expected floating-point"),
        (ONE, np.ones((4, 10, 1)), np.ones(10), r"y has shape \(10,\); expected \(N, K\) = \(10, 2\)$"),
        (ONE, np.ones((10, 4, 1)), np.ones((10, 2)), r"\(N, K\) = \(4, 2\); x is time-major: pass x.swapaxes\(0, 1\)"),
        (MANY, np.ones((4, 10, 1)), np.ones((10, 2)), r"expected \(T, N, K\) = \(4, 10, 2\)"),
        (MANY, np.ones((0, 10, 1)), np.ones((0, 10, 2)), "expected at least one step"),
        (CLASSES, np.ones((4, 10)), np.ones((4, 10), int), r"expects integers of shape \(T, N\)"),
        (CLASSES, np.full((4, 10), 5), np.ones((4, 10), int), "x holds classes 5 to 5; expected 0 to K - 1 = 4"),
        (CLASSES, np.ones((4, 10), int), np.full((4, 10), -1), "y holds classes -1 to -1; expected 0 to K - 1 = 3"),
        (CLASSES, np.ones((4, 10), int), np.ones((10, 4), int), r"expected \(T, N\) = \(4, 10\)"),
        (BINARY, np.ones((4, 10, 1)), np.full((4, 10, 2), 1.5), "expected targets between 0 and 1"),
    ],
)
def test_bad_data_are_named_in_letters(model, x, y, message):
    with pytest.raises(ValueError, match=message):
        check_data(model, x, y)


def test_float_classes_are_refused():
    with pytest.raises(TypeError, match="y has dtype float64; expected integers"):
        check_data(CLASSES, np.ones((4, 10), int), np.ones((4, 10)))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_a_number_is_located(bad):
    x, y = np.ones((4, 10, 1)), np.ones((4, 10, 2))
    x[2, 3, 0] = bad
    with pytest.raises(ValueError, match=r"x holds NaN or inf, first at x\[2, 3, 0\]"):
        check_input(MANY, x)
    y[1, 0, 1] = bad
    with pytest.raises(ValueError, match=r"y_val holds NaN or inf, first at y_val\[1, 0, 1\]"):
        prepare(MANY, np.ones((4, 10, 1)), np.ones((4, 10, 2)), None, (np.ones((4, 10, 1)), y))


def test_masks_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"mask has shape \(10, 4\); expected \(T, N\) = \(4, 10\)"):
        check_data(MANY, np.ones((4, 10, 1)), np.ones((4, 10, 2)), np.ones((10, 4)))
    with pytest.raises(ValueError, match="takes no mask"):
        check_data(ONE, np.ones((4, 10, 1)), np.ones((10, 2)), np.ones((4, 10)))


def test_the_fingerprint_sees_values_shapes_and_splits():
    x, y = np.arange(40.0).reshape(4, 10, 1), np.ones((10, 2))
    base = fingerprint(*prepare(ONE, x, y, None, 0.2))
    assert base == fingerprint(*prepare(ONE, x.copy(), y.copy(), None, 0.2))
    assert base != fingerprint(*prepare(ONE, x + 1e-15 * (x == 1), y, None, 0.2))
    assert base != fingerprint(*prepare(ONE, x, y, None, 0.3))
