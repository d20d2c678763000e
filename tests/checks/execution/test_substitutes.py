"""Right functions under a learner's names, and what becomes of the names."""

import numpy as np
import pytest
from support.upstream_errors import notebook

from rnncourse import check
from rnncourse.checks import EXERCISES
from rnncourse.checks.execution.substitutes import LARGEST, LONGEST, substitute_for

WRONG_STEP = """
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)
"""
FORWARD = """
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h, h_t = [], h0
    for x_t in x:
        h_t = rnn_step(x_t, h_t, W_xh, W_hh, b_h)
        h.append(h_t)
    return np.array(h)
"""


def test_the_learner_s_names_are_as_they_were():
    names = notebook(WRONG_STEP, FORWARD)
    before = dict(names)
    check.rnn_forward(names["rnn_forward"])
    assert names == before
    names = notebook(FORWARD)
    assert check.rnn_forward(names["rnn_forward"]).passed and "rnn_step" not in names


def test_functions_in_functions_methods_and_objects_are_found():
    def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
        return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)

    def rnn_forward(x, h0, *params):
        h = [h0]
        for x_t in x:
            h.append(rnn_step(x_t, h[-1], *params))
        return np.array(h[1:])

    class Model:
        def forward(self, x, h0, *params):
            return rnn_forward(x, h0, *params)

        def __call__(self, x, h0, *params):
            h_t = h0
            return np.array([h_t := rnn_step(x_t, h_t, *params) for x_t in x])

    assert check.rnn_forward(rnn_forward).passed
    assert check.rnn_forward(Model()).passed
    assert rnn_step.__name__ == "rnn_step" and check.rnn_step(rnn_step) == 0


def test_a_substitute_takes_arguments_by_name_and_none_that_are_large():
    x_t, h_prev, W_xh, W_hh, b_h = (np.ones(shape) for shape in ((2, 3), (2, 4), (4, 3), (4, 4), 4))
    rnn_step = substitute_for(EXERCISES["rnn_step"])
    h_t = rnn_step(x_t, h_prev, b_h=b_h, W_hh=W_hh, W_xh=W_xh.tolist())
    np.testing.assert_allclose(h_t, np.tanh(8.0), rtol=1e-12)
    with pytest.raises(TypeError, match="missing a required argument: 'b_h'"):
        rnn_step(x_t, h_prev, W_xh, W_hh)
    long = np.ones((LARGEST // LONGEST + 1, LONGEST)), np.ones(LONGEST + 1), np.ones((LONGEST + 1, 0))
    for large in (*long, 10**100, "text", None, [[1], [1, 2]]):
        with pytest.raises(ValueError):
            rnn_step(x_t, h_prev, W_xh, W_hh, large)
