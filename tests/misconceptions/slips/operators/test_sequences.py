"""A sequence in another order of time, of some steps only, and a gradient of one sample are named."""

import numpy as np
import pytest

from rnncourse.checks import EXERCISES, grade
from rnncourse.checks.execution.seed import PUBLIC_SEED
from rnncourse.misconceptions import TEXTBOOK


def labels(exercise, function):
    result = grade(EXERCISES[exercise], function, PUBLIC_SEED)
    return {label for message in result.messages for label in message.labels}


def output_layer_then(change):
    def output_layer(h, W_hy, b_y):
        return change(h @ W_hy.T + b_y)

    return output_layer


def only_the_last(z):
    kept = np.zeros_like(z)
    kept[-1] = z[-1]
    return kept


CHANGES = {
    "z-reversed": lambda z: z[::-1],
    "z-one-step-late": lambda z: np.array([z[t - 1] for t in range(len(z))]),
    "z-added-up-over-time": lambda z: np.array([z[: t + 1].sum(axis=0) for t in range(len(z))]),
    "z-step-T-only": only_the_last,
    "z-of-sample-1": lambda z: np.repeat(z[:, :1], z.shape[1], axis=1),
}


@pytest.mark.parametrize("label", CHANGES)
def test_what_is_done_to_a_whole_sequence(label):
    assert labels("output_layer", output_layer_then(CHANGES[label])) == {label}


def test_a_list_that_was_not_turned_round():
    right = EXERCISES["rnn_backward"].adapt(TEXTBOOK["rnn_backward"])

    def rnn_backward(*arguments):
        dx, *others = right(*arguments)
        return dx[::-1], *others

    assert labels("rnn_backward", rnn_backward) == {"dx-reversed"}


def test_a_gradient_that_keeps_the_last_sample():
    def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
        delta = dh_t * (1 - h_t**2)
        for d, x in zip(delta, x_t, strict=True):
            dW_xh = np.outer(d, x)
        return delta @ W_xh, delta @ W_hh, dW_xh, delta.T @ h_prev, delta.sum(axis=0)

    assert labels("rnn_step_backward", rnn_step_backward) == {"dW_xh-of-the-last-sample"}


def test_every_gradient_that_keeps_the_last_sample():
    def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
        delta = dh_t * (1 - h_t**2)
        for d, x, h in zip(delta, x_t, h_prev, strict=True):
            dW_xh, dW_hh, db_h = np.outer(d, x), np.outer(d, h), d
        return delta @ W_xh, delta @ W_hh, dW_xh, dW_hh, db_h

    assert labels("rnn_step_backward", rnn_step_backward) == {"each-of-the-last-sample"}
