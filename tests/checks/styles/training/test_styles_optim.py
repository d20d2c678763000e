"""Problem set 4, clipping and gradient descent: right answers in any style pass."""

import math

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single


def clip_by(norm):
    """With another way to say how long all gradients are together."""

    def clip_gradients(grads, max_norm):
        length = norm(grads)
        return [g * (max_norm / length) if length > max_norm else g for g in grads]

    return clip_gradients


def squares_in_a_loop(grads):
    total = 0.0
    for g in grads:
        for row in np.atleast_2d(g):
            for entry in row:
                total += entry * entry
    return math.sqrt(total)


NORMS = {
    "sum of squares": lambda grads: np.sqrt(sum((g**2).sum() for g in grads)),
    "scalar by scalar": squares_in_a_loop,
    "math.fsum": lambda grads: math.sqrt(math.fsum(float(v) ** 2 for g in grads for v in g.ravel())),
    "math.hypot": lambda grads: math.hypot(*(float(v) for g in grads for v in g.flat)),
    "norm of norms": lambda grads: np.linalg.norm([np.linalg.norm(g) for g in grads]),
    "norm of one vector": lambda grads: np.linalg.norm(np.concatenate([g.ravel() for g in grads])),
    "hypot step by step": lambda grads: np.hypot.reduce([np.linalg.norm(g.ravel()) for g in grads]),
    "vdot": lambda grads: sum(np.vdot(g, g) for g in grads) ** 0.5,
    "einsum": lambda grads: np.sqrt(sum(np.einsum("i,i", g.ravel(), g.ravel()) for g in grads)),
    "trace": lambda grads: np.sqrt(sum(np.trace(np.atleast_2d(g).T @ np.atleast_2d(g)) for g in grads)),
    "tensordot": lambda grads: math.sqrt(sum(np.tensordot(g, g, g.ndim) for g in grads)),
}


def clip_as_torch_does(grads, max_norm):
    norm = np.linalg.norm([np.linalg.norm(g) for g in grads])
    return [g * np.minimum(max_norm / (norm + 1e-6), 1.0) for g in grads]


def clip_one_long_vector(grads, max_norm):
    long = np.concatenate([g.ravel() for g in grads])
    long = long / max(1.0, np.sqrt(long @ long) / max_norm)
    parts = np.split(long, np.cumsum([g.size for g in grads])[:-1])
    return tuple(part.reshape(g.shape) for part, g in zip(parts, grads, strict=True))


def clip_own_copies(grads, max_norm):
    copies = [g.copy() for g in grads]
    norm = NORMS["einsum"](copies)
    if norm > max_norm:
        for g in copies:
            g *= max_norm / norm
    return copies


def clip_leaves_alone(grads, max_norm):
    norm = sum(np.vdot(g, g) for g in grads) ** 0.5
    return grads if norm <= max_norm else [max_norm * g / norm for g in grads]


CLIP = {style: clip_by(norm) for style, norm in NORMS.items()} | {
    "as torch does": clip_as_torch_does,
    "one long vector": clip_one_long_vector,
    "own copies": clip_own_copies,
    "returns what it was given": clip_leaves_alone,
    "float32": single(clip_one_long_vector),
} | packed(clip_one_long_vector)  # fmt: skip


def sgd(params, grads, learning_rate, weight_decay):
    return [p - learning_rate * (g + weight_decay * p) for p, g in zip(params, grads, strict=True)]


def sgd_decoupled(params, grads, learning_rate, weight_decay):
    return tuple((1 - learning_rate * weight_decay) * p - learning_rate * g for p, g in zip(params, grads, strict=True))


def sgd_by_index(params, grads, learning_rate, weight_decay):
    updated = []
    for i in range(len(params)):
        step = grads[i] + weight_decay * params[i]
        updated.append(params[i] + -learning_rate * step)
    return updated


def sgd_scalars(params, grads, learning_rate, weight_decay):
    updated = [np.zeros_like(p) for p in params]
    for new, p, g in zip(updated, params, grads, strict=True):
        for index in np.ndindex(p.shape):
            new[index] = p[index] - learning_rate * (g[index] + weight_decay * p[index])
    return updated


def sgd_own_copies(params, grads, learning_rate, weight_decay):
    params = [p.copy() for p in params]
    for p, g in zip(params, grads, strict=True):
        step = weight_decay * p
        step += g
        step *= learning_rate
        p -= step
    return tuple(params)


def sgd_one_long_vector(params, grads, learning_rate, weight_decay):
    theta, g = (np.concatenate([array.ravel() for array in arrays]) for arrays in (params, grads))
    theta = theta - learning_rate * (g + weight_decay * theta)
    parts = np.split(theta, np.cumsum([p.size for p in params])[:-1])
    return [part.reshape(p.shape) for part, p in zip(parts, params, strict=True)]


def sgd_by_name(params, grads, learning_rate, weight_decay):
    W_xh, W_hh, b_h = params
    dW_xh, dW_hh, db_h = grads
    dW_xh, dW_hh, db_h = dW_xh + weight_decay * W_xh, dW_hh + weight_decay * W_hh, db_h + weight_decay * b_h
    return W_xh - learning_rate * dW_xh, W_hh - learning_rate * dW_hh, b_h - learning_rate * db_h


def sgd_from_the_last(params, grads, learning_rate, weight_decay):
    """Pops copies of both lists, and puts the results in front."""
    params, grads, updated = list(params), list(grads), []
    while params:
        p, g = params.pop(), grads.pop()
        updated.insert(0, p - learning_rate * g - learning_rate * weight_decay * p)
    return updated


def sgd_recursive(params, grads, *rates):
    if len(params) == 0:
        return []
    return [*sgd(params[:1], grads[:1], *rates), *sgd_recursive(params[1:], grads[1:], *rates)]


def sgd_generated(params, grads, learning_rate, weight_decay):
    def updated():
        for p, g in zip(params, grads, strict=True):
            yield np.subtract(p, np.multiply(learning_rate, np.add(g, np.multiply(weight_decay, p))))

    return tuple(updated())


def sgd_with_a_dict(params, grads, learning_rate, weight_decay):
    names = ("W_xh", "W_hh", "b_h")
    theta, g = dict(zip(names, params, strict=True)), dict(zip(names, grads, strict=True))
    theta |= {name: theta[name] - learning_rate * (g[name] + weight_decay * theta[name]) for name in names}
    return tuple(theta[name] for name in names)


class Optimiser:
    def __init__(self, learning_rate, weight_decay):
        self.learning_rate, self.weight_decay = learning_rate, weight_decay

    def __call__(self, p, g):
        return p - self.learning_rate * (g + self.weight_decay * p)


SGD = {
    "textbook": sgd,
    "weights shrink first": sgd_decoupled,
    "by index": sgd_by_index,
    "scalar by scalar": sgd_scalars,
    "own copies": sgd_own_copies,
    "one long vector": sgd_one_long_vector,
    "by name": sgd_by_name,
    "from the last": sgd_from_the_last,
    "recursive": sgd_recursive,
    "a generator": sgd_generated,
    "a dict inside": sgd_with_a_dict,
    "an object": lambda params, grads, *rates: list(map(Optimiser(*rates), params, grads)),
    "a mean of two": lambda params, grads, rate, decay: [
        np.average([p, p - rate * decay * p - rate * g, p - rate * decay * p - rate * g], axis=0, weights=[0, 1, 1])
        for p, g in zip(params, grads, strict=True)],
    "a matrix product": lambda params, grads, rate, decay: [
        np.tensordot([1 - rate * decay, -rate], np.stack(both), axes=1) for both in zip(params, grads, strict=True)],
    "einsum": lambda params, grads, rate, decay: [
        np.einsum("i,i...", [1 - rate * decay, -rate], np.array(both)) for both in zip(params, grads, strict=True)],
    "row by row": lambda params, grads, *rates: [
        np.array([Optimiser(*rates)(p, g) for p, g in zip(param, grad, strict=True)])
        for param, grad in zip(params, grads, strict=True)],
    "reads the arguments by name": lambda params, grads, learning_rate, weight_decay: sgd(
        learning_rate=learning_rate, weight_decay=weight_decay, params=params, grads=grads),
    "float32": single(sgd),
} | packed(sgd)  # fmt: skip


STYLES = {"clip_gradients": CLIP, "sgd_step": SGD}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
