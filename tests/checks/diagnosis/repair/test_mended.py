"""The line is shown of which a small edit mends the mistake; the learner's code is left as it was."""

import linecache
import textwrap

import numpy as np
import pytest

from rnncourse.checks import EXERCISES, grade

CASES = {
    "inputs in another order than their weights": """
        def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
            both = np.concatenate([h_prev, x_t], axis=1)  # HERE
            weights = np.concatenate([W_xh, W_hh], axis=1)
            return np.tanh(both @ weights.T + b_h)
        """,
    "a port in which the last line goes wrong": """
        def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
            from_input = x_t @ W_xh.T + b_h
            from_state = h_prev @ W_hh.T
            return 1 / (1 + np.exp(-(from_input + from_state)))  # HERE
        """,
    "a step up": """
        def sgd_step(params, grads, learning_rate, weight_decay):
            new = []
            for theta, g in zip(params, grads):
                change = learning_rate * (g + weight_decay * theta)
                new.append(theta + change)  # HERE
            return new
        """,
    "a method": """
        class Cell:
            def __init__(self, *weights):
                self.weights = weights

            def step(self, x, h):
                W, U, b = self.weights
                return np.tanh(x @ W.T + h @ U + b)  # HERE

        def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
            return Cell(W_xh, W_hh, b_h).step(x_t, h_prev)
        """,
}


def written(source, file):
    """Define a function as a notebook's cell does; return its lines, and the names of the notebook."""
    source = textwrap.dedent(source).lstrip()
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np, "__name__": "notebook"}
    exec(compile(source, file, "exec"), names)
    return source.splitlines(), names


def graded(case, source):
    """Grade what a source defines last; return its lines, the function, and the result."""
    lines, names = written(source, f"<mended {case}>")
    name = next(name for name in reversed(names) if name in EXERCISES)
    return lines, names[name], grade(EXERCISES[name], names[name])


@pytest.mark.parametrize("case", CASES)
def test_the_line_that_an_edit_mends_is_shown(case, capfd):
    lines, function, result = graded(case, CASES[case])
    code = function.__code__
    (message,) = result.messages
    (_, first, last, text) = message.lines[0]
    assert first == last == 1 + next(k for k, line in enumerate(lines) if "# HERE" in line)
    assert text == lines[first - 1].strip()
    assert function.__code__ is code and capfd.readouterr() == ("", "")


def test_the_code_is_as_it_was_afterwards():
    _, function, before = graded("again", CASES["a step up"])
    again = grade(EXERCISES["sgd_step"], function)
    assert again.messages == before.messages and again == before


def test_what_might_never_end_is_not_edited():
    _, _, result = graded(
        "while",
        """
        def rnn_forward(x, h0, W_xh, W_hh, b_h):
            h, t, kept = h0, 0, []
            while t < len(x):
                h = np.tanh(x[t] @ W_xh.T + h @ W_hh + b_h)
                kept.append(h)
                t += 1
            return np.array(kept)
        """,
    )
    (message,) = result.messages
    assert message.labels == ("transposed-W_hh",) and message.lines  # found by what the lines make, without an edit
