"""Problem set 5: partly right and bad answers earn what they are worth, and are told why."""

import numpy as np
import pytest
from checks.styles.lstm.test_styles_lstm_backward import gates_at_once as backward
from checks.styles.lstm.test_styles_lstm_forward import filled as forward
from checks.styles.lstm.test_styles_lstm_step import step

from rnncourse import check


def test_each_gate_earns_its_points():
    def forget_gate_wrong(*arguments):
        gradients = list(backward(*arguments))
        gradients[3] = 0 * gradients[3]
        return gradients

    result = check.lstm_backward(forget_gate_wrong)
    assert result == result.maximum - 3
    assert [verdict.output for verdict in result.verdicts if not verdict.right] == ["dW_f"]


def test_changing_the_parameters_costs_points_and_is_said():
    def greedy(x, h0, c0, params):
        h, c = forward(x, h0, c0, params)
        params.b_f[:] = 0
        return h, c

    result = check.lstm_forward(greedy)
    assert result == 0.8 * result.maximum
    assert "changed what it was given, params" in str(result)


@pytest.mark.parametrize(
    "spoil, said",
    [
        (lambda gradients: None, "returned 1 value"),
        (lambda gradients: gradients[:3], "returned 3 values"),
        (lambda gradients: (gradients[0].T, *gradients[1:]), "it is transposed"),
        (lambda gradients: (*gradients[:3], gradients[3][:, :2], *gradients[4:]), "expected (H, H + D)"),
        (lambda gradients: (np.nan * gradients[0], *gradients[1:]), "expected finite numbers"),
        (lambda gradients: (*gradients[:-1], "db_o"), "is a str; expected an array of shape (H,)"),
    ],
)
def test_bad_gradients_are_told_why(spoil, said):
    result = check.lstm_backward(lambda *a: spoil(backward(*a)))
    assert not result.passed
    assert said in str(result)


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda *a: None, "returned 1 value"),
        (lambda *a: (None, None), "is None; expected an array of shape (B, H)"),
        (lambda *a: tuple(state * np.nan for state in step(*a)), "expected finite numbers"),
        (lambda *a: tuple(state[0] for state in step(*a)), "has shape"),
    ],
)
def test_bad_steps_earn_nothing_and_are_told_why(answer, said):
    result = check.lstm_step(answer)
    assert result == 0
    assert said in str(result)
