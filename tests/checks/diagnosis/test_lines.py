"""The learner's own line is shown: where a wrong number is first made, in whatever way the function is written."""

import linecache
import textwrap

import numpy as np
import pytest

from rnncourse.checks import EXERCISES, grade
from rnncourse.misconceptions import CATALOGUE, mutant

CASES = {
    "a loop over time": """
        def rnn_backward(dh, x, h0, h, W_xh, W_hh):
            dx, dW_xh, dW_hh, db_h = np.zeros_like(x), 0, 0, 0
            back = np.zeros_like(h0)
            for t in reversed(range(len(x))):
                previous = h[t - 1] if t else h0
                total = dh[t] + back
                delta = total * (1 - h[t])  # HERE
                dW_xh = dW_xh + delta.T @ x[t]
                dW_hh = dW_hh + delta.T @ previous
                db_h = db_h + delta.sum(axis=0)
                dx[t] = delta @ W_xh
                back = delta @ W_hh
            return dx, back, dW_xh, dW_hh, db_h
        """,
    "column vectors": """
        def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
            x, h = x_t.T, h_prev.T
            from_input = W_xh @ x
            from_state = W_hh.T @ h  # HERE
            a = from_input + from_state + b_h[:, None]
            return np.tanh(a).T
        """,
    "a helper for many lines": """
        def gate(v, W, b):
            return 1 / (1 + np.exp(-(v @ W.T + b)))

        def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
            v = np.hstack([h_prev, x_t])
            f = gate(v, W_f, b_f)
            i = gate(v, W_i, b_f)  # HERE
            o = gate(v, W_o, b_o)
            c = f * c_prev + i * np.tanh(v @ W_c.T + b_c)
            return o * np.tanh(c), c
        """,
    "a helper for one line": """
        def step(x, h, W, U, b):
            return np.tanh(x @ W.T + h @ U.T)  # HERE

        def rnn_forward(x, h0, W_xh, W_hh, b_h):
            h = [h0]
            for x_t in x:
                h.append(step(x_t, h[-1], W_xh, W_hh, b_h))
            return np.array(h[1:])
        """,
    "the head of a loop": """
        def rnn_backward(dh, x, h0, h, W_xh, W_hh):
            dx, dW_xh, dW_hh, db_h = np.zeros_like(x), 0 * W_xh, 0 * W_hh, 0 * W_hh[0]
            back = np.zeros_like(h0)
            for t in range(len(x) - 1, 0, -1):  # HERE
                delta = (dh[t] + back) * (1 - h[t] ** 2)
                dW_xh = dW_xh + delta.T @ x[t]
                dW_hh = dW_hh + delta.T @ h[t - 1]
                db_h = db_h + delta.sum(axis=0)
                dx[t], back = delta @ W_xh, delta @ W_hh
            return dx, back, dW_xh, dW_hh, db_h
        """,
    "states in another order": """
        def rnn_forward(x, h0, W_xh, W_hh, b_h):
            h, kept = h0, []
            for x_t in x:
                kept.append(h)  # HERE
                h = np.tanh(x_t @ W_xh.T + h @ W_hh.T + b_h)
            return np.array(kept)
        """,
    "one step only": """
        def rnn_backward(dh, x, h0, h, W_xh, W_hh):
            dx, dW_xh, dW_hh, db_h = np.zeros_like(x), 0, 0, 0
            back = np.zeros_like(h0)
            for t in reversed(range(len(x))):
                delta = (dh[t] + back) * (1 - h[t] ** 2)
                dW_xh = dW_xh + delta.T @ x[t]
                dW_hh = delta.T @ (h[t - 1] if t else h0)  # HERE
                db_h = db_h + delta.sum(axis=0)
                dx[t], back = delta @ W_xh, delta @ W_hh
            return dx, back, dW_xh, dW_hh, db_h
        """,
}


def written(source, file):
    """Define a function as a notebook's cell does: its source can be read."""
    source = textwrap.dedent(source).lstrip()
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np}
    exec(compile(source, file, "exec"), names)
    return source, names


@pytest.mark.parametrize("case", CASES)
def test_the_line_with_the_mistake_is_shown(case):
    source, names = written(CASES[case], f"<{case}>")
    name = source.rpartition("\ndef ")[2].partition("(")[0].removeprefix("def ")
    (message,) = grade(EXERCISES[name], names[name]).messages
    (_, first, last, text), lines = message.lines[0], source.splitlines()
    assert first == last == 1 + next(k for k, line in enumerate(lines) if "# HERE" in line)
    assert text == lines[first - 1].strip()


def test_a_statement_over_several_lines_is_shown_whole():
    _, names = written(
        """
        def output_layer(h, W_hy, b_y):
            return (
                h @ W_hy.T
                - b_y
            )
        """,
        "<several lines>",
    )
    result = grade(EXERCISES["output_layer"], names["output_layer"])
    assert "It first shows on your lines 2 to 5:" in str(result) and "It first shows on your lines 2 to 5:" in (
        result._repr_html_()
    )


def test_the_check_leaves_a_debugger_s_trace_alone():
    import sys

    def trace(frame, event, argument):
        return None

    _, names = written(CASES["column vectors"], "<traced>")
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        grade(EXERCISES["rnn_step"], names["rnn_step"])
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)


def test_of_what_stands_in_the_course_itself_no_line_is_sought():
    exercise = EXERCISES["rnn_step"]
    for wrong in CATALOGUE["rnn_step"]:
        result = grade(exercise, exercise.adapt(mutant(wrong)))
        assert result.messages
        assert not any(message.lines for message in result.messages)
