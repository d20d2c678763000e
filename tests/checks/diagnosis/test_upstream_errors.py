"""A right function on a wrong one earns its points, a wrong one does not, whatever it stands on."""

import pytest
from support.tiers import every_other
from support.upstream_errors import notebook

from rnncourse import check
from rnncourse.checks import EXERCISES

STEP = "def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):\n    "
FORWARD = """
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h, h_t = [], h0
    for x_t in x:
        h_t = rnn_step(x_t, h_t, W_xh, W_hh, b_h)
        h.append(h_t)
    return np.array(h)
"""
STEPS = {
    "no bias": "return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)",
    "transposed": "return np.tanh(x_t @ W_xh.T + h_prev @ W_hh + b_h)",
    "no memory": "return np.tanh(x_t @ W_xh.T + b_h)",
    "no input": "return np.tanh(h_prev @ W_hh.T + b_h)",
    "zeros": "return np.zeros_like(h_prev)",
    "constant": "return np.full(h_prev.shape, 0.5)",
    "the state as it was": "return h_prev",
    "nan": "return np.full(h_prev.shape, np.nan)",
    "another shape": "return np.tanh(x_t @ W_xh.T)[:1]",
    "a tuple": "return h_prev, x_t",
    "None": "pass",
    "raises": "return x_t @ W_hh @ W_xh",
    "not written": "raise NotImplementedError",
    "noise": "return np.random.standard_normal(h_prev.shape)",
    "state": "kept.append(1); return np.tanh(x_t @ W_xh.T + len(kept))",
    "changes its inputs": "h_prev += x_t @ W_xh.T; return h_prev",
    "knows its caller": """import sys
    again = "rnn_forward" in str(sys._getframe(1).f_code)
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h) if not again else 0 * h_prev""",
}
FORWARDS = {
    "ignores h0": FORWARD.replace("[], h0", "[], 0 * h0"),
    "backwards": FORWARD.replace("in x:", "in x[::-1]:"),
    "backwards in the result": FORWARD.replace("(h)", "(h[::-1])"),
    "no recurrence": FORWARD.replace("x_t, h_t,", "x_t, h0,"),
    "zeros": FORWARD.replace("np.array(h)", "0 * np.array(h)"),
    "no loop": "def rnn_forward(x, h0, *params):\n    return np.array([rnn_step(x[0], h0, *params)] * len(x))",
    "lagged": FORWARD.replace("in x:", "in [x[0], *x[:-1]]:"),
    "skips the first": FORWARD.replace("in x:", "in x[1:]:"),
    "adds": FORWARD.replace("h_t = rnn_step", "h_t = h_t + rnn_step"),
    "adds the bias twice": FORWARD.replace("W_hh, b_h)\n        h", "W_hh, 2 * b_h)\n        h"),
    "stops at an error": FORWARD.replace("    for", "    try: rnn_step()\n    except ValueError: pass\n    for"),
}


@pytest.mark.parametrize("body", STEPS.values(), ids=STEPS)
def test_a_right_forward_earns_its_points_on_any_wrong_step(body):
    names = notebook(STEP + body, FORWARD)
    result = check.rnn_forward(names["rnn_forward"])
    assert result == EXERCISES["rnn_forward"].maximum
    assert check.rnn_step(names["rnn_step"]) < EXERCISES["rnn_step"].maximum or "_getframe" in body
    for report in (str(result), result._repr_html_()):
        assert "counted as right, with a right rnn_step" in report
        assert "Counted as right: rnn_forward does the right thing. It calls your rnn_step, which is not" in report


@pytest.mark.parametrize(("body", "forward"), every_other(STEPS, FORWARDS, 3))
def test_no_wrong_step_makes_a_wrong_forward_right(body, forward):
    assert check.rnn_forward(notebook(STEP + STEPS[body], FORWARDS[forward])["rnn_forward"]) == 0


def test_a_wrong_forward_on_a_wrong_step_is_called_by_its_own_name():
    result = check.rnn_forward(notebook(STEP + STEPS["transposed"], FORWARDS["ignores h0"])["rnn_forward"])
    assert result.messages[0].text.startswith("rnn_forward calls your rnn_step, which is not right yet")
    assert result.messages[1].labels == ("ignores-h0",)


def test_a_right_step_is_no_upstream_error():
    right = "return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)"
    result = check.rnn_forward(notebook(STEP + right, FORWARDS["ignores h0"])["rnn_forward"])
    assert result == 0 and "rnn_step" not in result.messages[0].text


def test_what_goes_with_the_learner_s_own_step_alone_stays_right():
    own = "def rnn_step(h_prev, x_t, W_xh, W_hh, b_h):\n    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)"
    result = check.rnn_forward(notebook(own, FORWARD.replace("x_t, h_t,", "h_t, x_t,"))["rnn_forward"])
    assert result.sound and not result.messages


def test_nothing_is_to_be_built_on_it_yet():
    function = notebook(STEP + STEPS["no bias"], FORWARD)["rnn_forward"]
    result = check.rnn_forward(function)
    assert result.passed and not result.sound and not check.passed(function)
