"""What a function prints is shown, and cut off before it buries the report."""

import numpy as np
import pytest

from rnncourse import check
from rnncourse.checks.execution.printing import CHARACTERS, LINES


def right_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)


def step_that_prints(text, times=1, end="\n"):
    def rnn_step(*arguments):
        for _ in range(times):
            print(text, end=end)
        return right_step(*arguments)

    return rnn_step


def test_a_few_lines_are_shown_as_they_are(capsys):
    assert check.rnn_step(step_that_prints("h_t")).passed
    shown = capsys.readouterr().out
    assert "not shown" not in shown and set(shown.split()) == {"h_t"}


@pytest.mark.parametrize(
    "step",
    [step_that_prints("h_t", 1000), step_that_prints("h_t " * 5000), step_that_prints(".", 10_000, end="")],
    ids=["many lines", "a long line", "many characters"],
)
def test_a_flood_is_cut_off_and_that_is_said(step, capsys):
    assert check.rnn_step(step).passed
    shown = capsys.readouterr().out
    assert shown.count("\n") <= LINES + 2 and len(shown) <= CHARACTERS + 100
    assert shown.endswith("the rest is not shown)\n") and shown.count("not shown") == 1
    print("and after the check all is as before")
    assert capsys.readouterr().out == "and after the check all is as before\n"
