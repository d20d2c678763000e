"""Problem set 6, writing: right answers in any style pass."""

from functools import partial
from itertools import accumulate

import numpy as np
import pytest
from checks.styles.beyond.test_styles_sample import SAMPLE, draw
from support.styles import assert_right, every, packed


def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u, pick=draw, look_up=lambda W, code: W[:, code].T):
    codes, code, h = np.zeros(u.shape, int), first, h0
    for t, u_t in enumerate(u):
        h = np.tanh(look_up(W_xh, code) + h @ W_hh.T + b_h)
        code = codes[t] = np.asarray(pick(h @ W_hy.T + b_y, temperature, u_t))
    return codes, h


def text_by_text(first, h0, *rest):
    *params, u = rest
    texts = [generate(first[b : b + 1], h0[b : b + 1], *params, u[:, b : b + 1]) for b in range(len(first))]
    codes, h = zip(*texts, strict=True)
    return np.hstack(codes).tolist(), np.vstack(h)


def appended(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    codes, h = [first], h0.copy()
    for u_t in u:
        x_t = np.eye(W_xh.shape[1])[codes[-1]]
        h = np.tanh(x_t @ W_xh.T + h @ W_hh.T + b_h)
        codes.append(draw(h @ W_hy.T + b_y, temperature, u_t))
    return np.stack(codes[1:]), h


def recursive(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    if len(u) == 0:
        return np.zeros((0, len(first)), int), h0
    h = np.tanh(W_xh.T[first] + h0 @ W_hh.T + b_h)
    code = draw(h @ W_hy.T + b_y, temperature, u[0])
    later, h_L = recursive(code, h, W_xh, W_hh, b_h, W_hy, b_y, temperature, u[1:])
    return np.concatenate([code[None], later]), h_L


def columns(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    h, code, codes = h0.T, first, []
    for t in range(u.shape[0]):
        h = np.tanh(W_xh[:, code] + W_hh @ h + b_h[:, None])
        code = draw((W_hy @ h + b_y[:, None]).T, temperature, u[t])
        codes.append(code)
    return codes, h.T


def generated(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    def states(code, h):
        for u_t in u:
            h = np.tanh(W_xh[:, code].T + h @ W_hh.T + b_h)
            code = draw(h @ W_hy.T + b_y, temperature, u_t)
            yield code, h

    pairs = list(states(first, h0))
    return np.array([code for code, _ in pairs]), pairs[-1][1]


def scan(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    def step(state, u_t):
        h = np.tanh(W_xh.T[state[0]] + state[1] @ W_hh.T + b_h)
        return draw(h @ W_hy.T + b_y, temperature, u_t), h

    states = list(accumulate(u, step, initial=(first, h0)))
    return np.array([code for code, _ in states[1:]]), states[-1][1]


def all_states(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    h, codes = np.zeros((len(u) + 1, *h0.shape)), np.zeros((len(u) + 1, len(first)), dtype=int)
    h[0], codes[0] = h0, first
    for t in range(1, len(h)):
        h[t] = np.tanh(np.take(W_xh, codes[t - 1], axis=1).T + h[t - 1] @ W_hh.T + b_h)
        codes[t] = draw(h[t] @ W_hy.T + b_y, temperature, u[t - 1])
    return codes[1:], h[-1]


class Writer:
    def __init__(self, *params):
        self.W_xh, self.W_hh, self.b_h, self.W_hy, self.b_y, self.temperature = params

    def __call__(self, code, h, u_t):
        h = np.tanh(self.W_xh[:, code].T + np.dot(h, self.W_hh.T) + self.b_h)
        return draw(np.dot(h, self.W_hy.T) + self.b_y, self.temperature, u_t), h


def with_an_object(first, h0, *rest):
    write, code, h, codes = Writer(*rest[:-1]), first, h0, np.full(rest[-1].shape, -1)
    for t, u_t in enumerate(rest[-1]):
        code, h = write(code, h, u_t)
        codes[t] = code
    return codes, h


def onehot_loop(W_xh, codes):
    x_t = np.zeros((len(codes), W_xh.shape[1]))
    for b, code in enumerate(codes):
        x_t[b, int(code)] = 1
    return x_t @ W_xh.T


GENERATE = {
    "columns of W_xh": generate,
    "text by text": text_by_text,
    "append, one-hot": appended,
    "recursive": recursive,
    "columns": columns,
    "a generator": generated,
    "accumulate": scan,
    "all states kept": all_states,
    "an object": with_an_object,
    "one-hot by loop": partial(generate, look_up=onehot_loop),
    "one-hot by comparison": partial(
        generate, look_up=lambda W, code: (code[:, None] == np.arange(W.shape[1])).astype(float) @ W.T),
    "one-hot by einsum": partial(generate, look_up=lambda W, code: np.einsum("bd,hd->bh", np.eye(W.shape[1])[code], W)),
    "stacked columns": partial(generate, look_up=lambda W, code: np.stack([W[:, k] for k in code])),
    **{f"draws: {style}": partial(generate, pick=SAMPLE[style]) for style in (
        "searchsorted", "bisect", "running sum", "sum scaled", "softmax by math", "columns")},
    "a list": lambda *a: list(generate(*a)),
    "codes as floats": lambda *a: (lambda codes, h: (codes.astype(float), h))(*generate(*a)),
} | packed(generate)  # fmt: skip

STYLES = {"generate": GENERATE}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
