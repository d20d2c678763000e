"""Two or three mistakes at once, drawn from all that there are, are found; what is said explains all that is seen."""

import random

import numpy as np
import pytest

from rnncourse.checks import EXERCISES, grade
from rnncourse.checks.diagnosis.candidates import Candidates
from rnncourse.checks.diagnosis.diagnosis import same
from rnncourse.misconceptions import TEXTBOOK
from rnncourse.misconceptions.slips.catalogue import slips_of
from rnncourse.misconceptions.slips.program import program_of, together

# Not train_forecaster: it takes a second to train with each mistake.
NAMES = [name for name in TEXTBOOK if name != "train_forecaster"]
FEW = ["rnn_step", "rnn_forward", "output_layer", "softmax", "rnn_step_backward", "rnn_backward", "dropout", "gru_step"]
EACH = 2
SEED = 11


def outcomes(candidates, mistakes):
    return [candidates.outcome(mistakes, k) for k in range(len(candidates.right))]


def agree(first, second):
    return all(a is not None and b is not None and same(a, b) for a, b in zip(first, second, strict=True))


def draw(name, size, count):
    """Draw mistakes of which each shows beside the others."""
    exercise, rng = EXERCISES[name], random.Random(SEED)
    candidates = Candidates(exercise, exercise.probes(np.random.default_rng(SEED)))
    for _ in range(400):
        mistakes = tuple(sorted(rng.sample(range(len(candidates.slips)), size)))
        seen = outcomes(candidates, mistakes)
        if None in seen or any(outcome.error for outcome in seen):
            continue
        fewer = [tuple(i for i in mistakes if i != left_out) for left_out in mistakes]
        if not any(agree(seen, outcomes(candidates, rest)) for rest in [*fewer, ()]):
            yield candidates, mistakes
            count -= 1
        if not count:
            return


@pytest.mark.parametrize("names", [FEW, pytest.param(NAMES, marks=pytest.mark.slow)], ids=["few", "all"])
@pytest.mark.parametrize("size, wanted", [(2, 0.8), (3, 0.65)])
def test_most_of_what_is_drawn_from_all_mistakes_is_found(size, wanted, names):
    found = drawn = 0
    for name in names:
        labelled = {slip.label: slip for part in slips_of(name) for slip in part}
        program, exercise = program_of(TEXTBOOK[name]), EXERCISES[name]
        for candidates, mistakes in draw(name, size, EACH):
            spans = together(*(candidates.slips[i].spans for i in mistakes))
            result = grade(exercise, exercise.adapt(program.build(spans)), 0)
            assert not result.passed, (name, mistakes)
            labels = [label for message in result.messages for label in message.labels]
            assert set(labels) <= set(labelled)
            found, drawn = found + bool(labels), drawn + 1
    assert drawn >= len(names)
    assert found >= wanted * drawn


def test_three_mistakes_in_one_line_are_found():
    def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
        return np.maximum(x_t @ W_xh.T + h_prev @ W_hh, 0)

    (message,) = grade(EXERCISES["rnn_step"], rnn_step).messages
    assert set(message.labels) == {"no-b_h", "transposed-W_hh", "relu-for-tanh"}
    assert message.text.startswith("Three mistakes have names here.")


def test_nothing_is_named_that_does_not_explain_all():
    def half_right(dh, x, h0, h, W_xh, W_hh):
        right = EXERCISES["rnn_backward"].adapt(TEXTBOOK["rnn_backward"])
        dx, dh0, dW_xh, dW_hh, db_h = right(dh, x, h0, h, W_xh, W_hh)
        return dx, dh0, dW_xh.T.copy().reshape(dW_xh.shape), dW_hh + 1e-3 * np.cos(dW_hh), db_h

    result = grade(EXERCISES["rnn_backward"], half_right)
    assert not any(message.labels for message in result.messages)


def labels(name, function):
    return {label for message in grade(EXERCISES[name], function).messages for label in message.labels}


def test_a_sum_of_two_large_logits_is_not_taken_for_a_missing_shift():
    def softmax(z):
        e = np.exp(z)
        return e / e.sum(axis=1, keepdims=True)

    assert labels("softmax", softmax) == {"no-max-shift", "y_hat-sum-over-1"}


def test_a_second_mistake_that_long_gradients_hide_is_named():
    def clip_gradients(grads, max_norm):
        norm = sum(np.abs(g).sum() for g in grads)
        return [g * max_norm / norm for g in grads]

    assert labels("clip_gradients", clip_gradients) == {"L1-norm", "always-rescales"}


def test_a_cut_one_step_early_is_not_taken_for_a_short_first_chunk():
    def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
        h = [h0]
        for x_t in x:
            h.append(np.tanh(x_t @ W_xh.T + h[-1] @ W_hh.T + b_h))
        dW_xh, dW_hh, db_h, back = 0, 0, 0, np.zeros_like(h0)
        for t in reversed(range(len(x))):
            if (t + 2) % tau == 0:
                back = np.zeros_like(h0)
            delta = (dh[t] + back) * (1 - h[t + 1] ** 2)
            dW_xh, dW_hh, db_h = dW_xh + delta.T @ x[t], dW_hh + delta.T @ h[t], db_h + delta.sum(axis=0)
            back = delta @ W_hh
        return np.array(h[1:]), dW_xh, dW_hh, db_h

    assert "first-chunk-short" not in labels("truncated_bptt", truncated_bptt)


def test_columns_in_reverse_are_one_mistake_and_not_three_that_cancel():
    def forget_bias_sweep(biases, a_f):
        left = np.ones((len(biases), len(a_f) + 1))
        for n, b_f in enumerate(biases):
            f = 1 / (1 + np.exp(-(a_f[::-1] + b_f)))
            left[n, 1:] = np.cumprod(f, axis=0).mean(axis=(1, 2))
        return left[:, ::-1]

    assert labels("forget_bias_sweep", forget_bias_sweep) == {"left-columns-reversed"}
