"""A diagnosis costs no more where a learner's values are dear to read."""

import numpy as np

from rnncourse import check


class Counted:
    """A value that counts how often it is read as an array: a list of lists, say, takes long each time."""

    reads = 0

    def __init__(self, value):
        self.value = value

    def __array__(self, dtype=None, copy=None):
        Counted.reads += 1
        return np.asarray(self.value)


def test_a_value_is_read_a_few_times_and_not_once_for_each_mistake():
    result = check.rnn_step(lambda x_t, h_prev, W_xh, W_hh, b_h: Counted(np.cos(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)))
    assert result == 0 and "wrong values" in str(result)
    assert 0 < Counted.reads < 50  # some hundred mistakes are compared with it
