"""A report says first what helps most, says nothing twice, and answers whatever it is given in words."""

import re

import numpy as np
import pytest

from rnncourse import check
from rnncourse.checks import EXERCISES
from rnncourse.language import speaking
from rnncourse.misconceptions import TEXTBOOK


def right_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)


def wraps_round(dh, x, h0, h, W_xh, W_hh):
    delta, back = np.zeros_like(h), np.zeros_like(h0)
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    before = np.roll(h, 1, axis=0)
    weights = np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbh,tbk->hk", delta, before)
    return delta @ W_xh, back, *weights, delta.sum(axis=(0, 1))


def test_the_name_comes_first_and_then_the_outputs():
    result = check.rnn_backward(wraps_round)
    for report in (str(result), result._repr_html_()):
        places = [report.index(said) for said in ("33 of 45 points", "wraps-round-at-first-step", "not yet: has")]
        assert places == sorted(places)


def test_facts_come_after_the_outputs():
    report = str(check.rnn_step(lambda *a: 1.5 * right_step(*a)))
    assert report.index("not yet: has") < report.index("h_t is right up to a constant factor")


def test_what_is_true_of_several_outputs_is_said_once():
    right = EXERCISES["rnn_backward"].adapt(TEXTBOOK["rnn_backward"])

    def rnn_backward(*arguments):
        return tuple(1.5 * value for value in right(*arguments))

    (message,) = check.rnn_backward(rnn_backward).messages
    assert message.text == "dx, dh0, dW_xh, dW_hh, db_h: each is right up to a constant factor, 1.5."


def test_equal_lines_are_one():
    result = check.rnn_backward(wraps_round)
    assert "  33/33  dx, dh0, dW_xh, db_h: right\n   0/12  dW_hh: not yet: has" in str(result)
    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*✓ right</td></tr>", result._repr_html_())
    assert re.findall(r"<code>(\w+)</code>", row) == ["dx", "dh0", "dW_xh", "db_h"] and "33/33" in row

    def unwritten(*arguments):
        raise NotImplementedError

    assert str(check.lstm_backward(unwritten)).count("not written yet") == 2


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda h_t: h_t + 0j, "is an array of dtype complex128"),
        (lambda h_t: h_t.astype(object), "is an array of dtype object"),
        (lambda h_t: "h", "is a str"),
        (lambda h_t: type("Answer", (), {})(), "is an Answer that is not an array of numbers"),
    ],
)
def test_articles(change, said):
    assert said in str(check.rnn_step(lambda *a: change(right_step(*a))))


@pytest.mark.parametrize("answer", [lambda h_t: (h_t, 0.0), lambda h_t: (h_t, h_t, h_t)])
def test_what_is_right_is_not_called_right_up_to_a_factor(answer):
    report = str(check.rnn_step(lambda *a: answer(right_step(*a))))
    assert "among too many values" in report and "factor" not in report


def test_a_factor_close_to_1_is_told_from_1():
    report = str(check.rnn_step(lambda *a: (1 + 3e-8) * right_step(*a)))
    assert "right up to a constant factor, 1 + 3e-08" in report


def test_an_object_with_slots_and_one_without_a_hash_pass():
    class Slots:
        __slots__ = ()

        def __call__(self, *arguments):
            return right_step(*arguments)

    class NoHash(Slots):
        __slots__ = ()
        __hash__ = None

        def __eq__(self, other):
            return True

    for step in (Slots(), NoHash()):
        assert not check.passed(step)
        assert check.rnn_step(step).passed
        assert check.passed(step)
        assert not check.passed(type(step)())


def test_a_function_that_takes_its_arguments_by_name_is_told_so():
    def rnn_step(x_t, h_prev, *, W_xh, W_hh, b_h):
        return right_step(x_t, h_prev, W_xh, W_hh, b_h)

    result = check.rnn_step(rnn_step)
    assert result == 0
    assert "takes W_xh, W_hh, b_h by name only" in str(result)
    assert "def rnn_step(x_t, h_prev, W_xh, W_hh, b_h)." in str(result)

    def with_default(x_t, h_prev, W_xh, W_hh, b_h, *, activation=np.tanh):
        return activation(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)

    assert check.rnn_step(with_default).passed


def test_an_output_keeps_its_name_of_the_code_in_any_language():
    result = check.scale_series(lambda series, n_val: (series, 0.0, 1.0))
    with speaking("zh_CN"):
        assert "<code>mean</code>" in result._repr_html_() and "mean" in str(result)
