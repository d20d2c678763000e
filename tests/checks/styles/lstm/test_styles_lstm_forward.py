"""Problem set 5, a sequence through the LSTM: right answers in any style pass."""

from functools import partial, reduce
from itertools import accumulate

import numpy as np
import pytest
from checks.styles.lstm.test_styles_lstm_step import STEP, sigmoid, step
from support.styles import assert_right, every, packed, single


def filled(x, h0, c0, params, make=np.empty, call=step):
    h, c = make((len(x), *h0.shape)), make((len(x), *c0.shape))
    h_t, c_t = h0, c0
    for t in range(len(x)):
        h[t], c[t] = h_t, c_t = tuple(map(np.asarray, call(x[t], h_t, c_t, *params)))
    return h, c


def appended(x, h0, c0, params, pack=np.stack):
    h, c = [h0], [c0]
    for x_t in x:
        h_t, c_t = step(x_t, h[-1], c[-1], *params)
        h.append(h_t)
        c.append(c_t)
    return pack(h[1:]), pack(c[1:])


def scan(x, h0, c0, params):
    states = accumulate(x, lambda state, x_t: step(x_t, *state, *params), initial=(h0, c0))
    h, c = zip(*states, strict=True)
    return np.array(h[1:]), np.array(c[1:])


def recursive(x, h0, c0, params):
    if len(x) == 1:
        return tuple(state[None] for state in step(x[0], h0, c0, *params))
    h, c = recursive(x[:-1], h0, c0, params)
    h_T, c_T = step(x[-1], h[-1], c[-1], *params)
    return np.concatenate([h, h_T[None]]), np.concatenate([c, c_T[None]])


def generated(x, h0, c0, params):
    def states(h_t, c_t):
        for x_t in x:
            h_t, c_t = step(x_t, h_t, c_t, *params)
            yield h_t, c_t

    return tuple(np.stack(steps) for steps in zip(*states(h0, c0), strict=True))


def previous_by_index(x, h0, c0, params):
    h, c = np.zeros((2, len(x), *h0.shape))
    for t in range(len(x)):
        h[t], c[t] = step(x[t], h[t - 1] if t else h0, c[t - 1] if t else c0, *params)
    return h, c


def input_first(x, h0, c0, params):
    """Everything that x says to the gates, for all steps at once."""
    H, W, b = h0.shape[1], np.concatenate(params[:4]), np.concatenate(params[4:])
    a, h, c = x @ W[:, H:].T + b, [], []
    h_t, c_t = h0, c0
    for a_t in a:
        f, i, g, o = np.split(a_t + h_t @ W[:, :H].T, 4, axis=-1)
        c_t = sigmoid(f) * c_t + sigmoid(i) * np.tanh(g)
        h_t = sigmoid(o) * np.tanh(c_t)
        h.append(h_t)
        c.append(c_t)
    return np.stack(h), np.stack(c)


def each_sample_by_itself(x, h0, c0, params):
    parts = [filled(x[:, [b]], h0[[b]], c0[[b]], params) for b in range(len(h0))]
    return tuple(np.concatenate(part, axis=1) for part in zip(*parts, strict=True))


def every_prefix_anew(x, h0, c0, params):
    states = [reduce(lambda s, x_t: step(x_t, *s, *params), x[: t + 1], (h0, c0)) for t in range(len(x))]
    return [h for h, _ in states], [c for _, c in states]


def one_state(x, h0, c0, params):
    """h and c side by side in one array."""
    state, H = np.empty((len(x) + 1, len(h0), 2 * h0.shape[1])), h0.shape[1]
    state[0] = np.hstack([h0, c0])
    for t, x_t in enumerate(x):
        state[t + 1] = np.hstack(step(x_t, state[t, :, :H], state[t, :, H:], *params))
    return state[1:, :, :H], state[1:, :, H:]


class Cell:
    def __init__(self, params, h, c):
        self.params, self.h, self.c = params, h, c

    def __call__(self, x_t):
        self.h, self.c = step(x_t, self.h, self.c, *self.params)
        return self.h, self.c


def with_a_cell(x, h0, c0, params):
    cell = Cell(params, h0, c0)
    return tuple(np.array(steps) for steps in zip(*map(cell, x), strict=True))


FORWARD = {
    "np.empty": filled,
    "np.zeros": partial(filled, make=np.zeros),
    "append, stack": appended,
    "append, array": partial(appended, pack=np.array),
    "append, a list": partial(appended, pack=list),
    "accumulate": scan,
    "recursive": recursive,
    "a generator": generated,
    "previous state by index": previous_by_index,
    "input before the loop": input_first,
    "each sample by itself": each_sample_by_itself,
    "every prefix anew": every_prefix_anew,
    "h and c in one array": one_state,
    "an object": with_a_cell,
    **{f"steps: {style}": partial(filled, call=STEP[style]) for style in (
        "one stacked product", "split weights, einsum", "sample by sample, lists", "in place on own buffers", "columns",
        "without NumPy", "unit by unit", "biases as weights", "sigmoid by tanh")},
    "params as a plain tuple": lambda x, h0, c0, params: filled(x, h0, c0, tuple(params)),
    "a list of two": lambda *a: list(filled(*a)),
    "float32": single(appended),
} | packed(filled)  # fmt: skip

STYLES = {"lstm_forward": FORWARD}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
