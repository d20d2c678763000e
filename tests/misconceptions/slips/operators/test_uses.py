"""A mistake at one use of a variable is named there, and the other uses are left alone."""

import numpy as np

from rnncourse.checks import EXERCISES, grade
from rnncourse.checks.execution.seed import PUBLIC_SEED


def labels(exercise, function):
    result = grade(EXERCISES[exercise], function, PUBLIC_SEED)
    return {label for message in result.messages for label in message.labels}


def backward_with(dx_t, dh_prev):
    """Build a backward step whose first two results are made by functions of dh_t, the derivative and the weights."""

    def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
        slope = 1 - h_t**2
        delta = dh_t * slope
        gradients = delta.T @ x_t, delta.T @ h_prev, delta.sum(axis=0)
        return dx_t(dh_t, slope, W_xh), dh_prev(dh_t, slope, W_hh), *gradients

    return rnn_step_backward


def through(dh, slope, W):
    return (dh * slope) @ W


def test_a_factor_that_is_missing_at_one_use():
    wrong = backward_with(through, lambda dh, slope, W: dh @ W)
    assert labels("rnn_step_backward", wrong) == {"carries-dh"}  # the catalogue's own name
    wrong = backward_with(lambda dh, slope, W: slope @ W, through)
    assert labels("rnn_step_backward", wrong) == {"dx_t-delta_h-without-dh_t"}


def test_a_factor_after_the_product():
    wrong = backward_with(through, lambda dh, slope, W: (dh @ W) * slope)
    assert labels("rnn_step_backward", wrong) == {"dh_prev-h_t-after-W_hh"}


def test_a_factor_on_one_term_only():
    def sgd_step(params, grads, learning_rate, weight_decay=0.0):
        return [p - g - learning_rate * weight_decay * p for p, g in zip(params, grads, strict=True)]

    assert labels("sgd_step", sgd_step) == {"updated-learning_rate-on-weight_decay-theta-only"}


def test_a_factor_twice_on_one_term():
    def sgd_step(params, grads, learning_rate, weight_decay=0.0):
        return [p - learning_rate * (learning_rate * g + weight_decay * p) for p, g in zip(params, grads, strict=True)]

    assert labels("sgd_step", sgd_step) == {"updated-learning_rate-twice-on-dtheta"}


def test_a_shift_in_the_numerator_only():
    def softmax(z):
        with np.errstate(over="ignore"):
            return np.exp(z - z.max(axis=-1, keepdims=True)) / np.exp(z).sum(axis=-1, keepdims=True)

    assert labels("softmax", softmax) == {"y_hat-e-without-z-2"}
