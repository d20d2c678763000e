"""What a learner sees: points by output, and an answer to whatever the function does."""

import contextlib
import warnings

import numpy as np
import pytest

from rnncourse import check
from rnncourse.checks.execution import calling


def right_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)


def right_backward(dh, x, h0, h, W_xh, W_hh):
    h_before = np.concatenate([h0[None], h[:-1]])
    delta, back = np.zeros_like(h), np.zeros_like(h0)
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    return (
        delta @ W_xh,
        back,
        np.einsum("tbh,tbd->hd", delta, x),
        np.einsum("tbh,tbk->hk", delta, h_before),
        delta.sum(axis=(0, 1)),
    )


def test_right_answers_earn_all_points():
    assert check.rnn_step(right_step).passed
    assert check.rnn_backward(right_backward) == 45


def test_points_are_given_output_by_output():
    def without_dh0(*arguments):
        dx, dh0, *rest = right_backward(*arguments)
        return dx, 0 * dh0, *rest

    result = check.rnn_backward(without_dh0)
    assert result == 37
    assert [verdict.output for verdict in result.verdicts if not verdict.right] == ["dh0"]


@pytest.mark.parametrize(
    "style",
    [
        lambda *a: right_step(*a).tolist(),
        lambda *a: (right_step(*a),),
        lambda *a: right_step(*(np.asfortranarray(b) for b in a)),
        lambda *a: right_step(*a)[::-1][::-1],
        lambda *a: right_step(*(b.astype(np.float32) for b in a)),
        lambda *a: np.tanh(np.stack([a[2] @ x + a[3] @ h + a[4] for x, h in zip(a[0], a[1], strict=True)])),
    ],
    ids=["nested list", "one-tuple", "Fortran order", "view", "float32", "sample by sample"],
)
def test_a_right_answer_may_come_in_any_style(style):
    assert check.rnn_step(style).passed


def test_a_list_of_the_five_gradients_is_as_good_as_a_tuple():
    assert check.rnn_backward(lambda *a: list(right_backward(*a))).passed


def crash(*arguments):
    raise KeyError("W")


@pytest.mark.parametrize(
    "function, said",
    [
        (crash, "raised KeyError: 'W' (line"),
        (lambda *a: None, "is None; expected an array of shape (B, H)"),
        (lambda *a: "h", "is a str; expected an array"),
        (lambda *a: {"h": 1}, "is a dict that is not an array of numbers"),
        (lambda *a: [[1, 2], [3]], "that NumPy cannot read as an array"),
        (lambda *a: right_step(*a) + 0j, "array of dtype complex128"),
        (lambda *a: right_step(*a).astype(np.float16), "float16"),
        (lambda *a: right_step(*a).T, "it is transposed"),
        (lambda *a: right_step(*a)[0], "has shape"),
        (lambda *a: right_step(*a) * np.nan, "holds nan at [0, 0]; expected finite numbers"),
        (lambda *a: right_step(*a) / 0, "expected finite numbers"),
        (lambda *a: (right_step(*a), 1), "returned 2 values. Expected to get back: h_t (B, H)"),
        (lambda x_t: x_t, "raised TypeError"),
        (lambda *a: -right_step(*a), "a_t has the wrong sign."),
        (lambda *a: 3 * right_step(*a), "right up to a constant factor, 3"),
        (None, "it was given None"),
        (42, "it was given int 42"),
    ],
)
def test_bad_answers_earn_nothing_and_are_told_why(function, said):
    result = check.rnn_step(function)
    assert result == 0
    assert said in str(result)


def test_too_few_values_lose_only_what_is_missing():
    result = check.rnn_backward(lambda *a: right_backward(*a)[:4])
    assert result == 37
    assert "returned 4 values" in str(result) and "db_h (H,)" in str(result)


def test_an_exercise_that_is_not_written_yet_says_so():
    def rnn_step(*arguments):
        raise NotImplementedError("rnn_step is yours to write")

    result = check.rnn_step(rnn_step)
    assert result == 0
    assert "rnn_step is not written yet" in str(result)


def test_a_loop_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(calling, "SECONDS", 0.3)

    def stubborn(*arguments):
        while True:
            with contextlib.suppress(Exception):
                sum(range(1000))

    result = check.rnn_step(stubborn)
    assert result == 0
    assert "did not return within 0.3 seconds" in str(result)


def test_exit_is_an_answer_not_an_end():
    assert "raised SystemExit" in str(check.rnn_step(lambda *a: exit(0)))


def test_changing_the_arguments_costs_points_and_is_said():
    def greedy(x_t, h_prev, W_xh, W_hh, b_h):
        h_t = right_step(x_t, h_prev, W_xh, W_hh, b_h)
        h_prev[:] = h_t
        return h_t

    result = check.rnn_step(greedy)
    assert result == 28
    assert "changed what it was given, h_prev" in str(result)


def test_state_kept_from_call_to_call_is_found():
    kept = []

    def leaky(*arguments):
        kept.append(1)
        return right_step(*arguments) + (len(kept) > 3)

    assert "keeps something from call to call" in str(check.rnn_step(leaky))


def test_nothing_reaches_stderr(capsys):
    def noisy(x_t, h_prev, W_xh, W_hh, b_h):
        warnings.warn("overflow", stacklevel=1)
        np.exp(np.full(1, 1e9))
        return right_step(x_t, h_prev, W_xh, W_hh, b_h)

    assert check.rnn_step(noisy).passed
    assert capsys.readouterr().err == ""


def test_passed_remembers_the_function_itself():
    def rnn_step(*arguments):
        return right_step(*arguments)

    assert not check.passed(rnn_step)
    check.rnn_step(rnn_step)
    assert check.passed(rnn_step)
    assert not check.passed(lambda *a: right_step(*a))


@pytest.mark.parametrize(
    "spoil, fact",
    [
        (lambda dx: dx[::-1], "dx is reversed in time"),
        (lambda dx: np.concatenate([dx[1:], dx[:1]]), "dx is one step early"),
        (lambda dx: np.concatenate([0 * dx[:-1], dx[-1:]]), "dx is right at t = T only"),
        (lambda dx: np.concatenate([0 * dx[:1], dx[1:]]), "dx is right at every step but t = 1"),
        (lambda dx: dx / dx.shape[1], "dx is right up to a factor B: it is B times too small"),
        (lambda dx: 0 * dx, "dx is zero throughout"),
    ],
)
def test_where_no_name_fits_the_facts_are_said(spoil, fact):
    def spoilt(*arguments):
        dx, *rest = right_backward(*arguments)
        return spoil(dx), *rest

    assert fact in str(check.rnn_backward(spoilt))
