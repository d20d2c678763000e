"""Problem set 4, the forecaster: right answers in any style pass."""

import math
from functools import partial
from itertools import islice

import numpy as np
import pytest
from support.styles import assert_right, every, packed

from rnncourse.reference.forecaster import loss_and_gradients, predict


def slices(N, size):
    return [slice(start, start + size) for start in range(0, N, size)]


def split(N, size):
    return np.array_split(np.arange(N), range(size, N, size))


def while_there_are_any(N, size):
    left = np.arange(N)
    while len(left):
        yield left[:size]
        left = left[size:]


def in_tuples(N, size):
    walk = iter(range(N))
    while batch := list(islice(walk, size)):
        yield batch


def by_masks(N, size):
    number = np.arange(N) // size
    return [number == k for k in range(number[-1] + 1)]


def by_hand(params, x, y):
    """The loss and its gradients without the library: BPTT from the last state."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = [np.zeros((x.shape[1], len(b_h)))]
    for x_t in x:
        h.append(np.tanh(x_t @ W_xh.T + h[-1] @ W_hh.T + b_h))
    error = h[-1] @ W_hy.T + b_y - y
    delta_y = 2 * error / error.size
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    back = delta_y @ W_hy
    for t in range(len(x), 0, -1):
        delta = back * (1 - h[t] ** 2)
        dW_xh += delta.T @ x[t - 1]
        dW_hh += delta.T @ h[t - 1]
        db_h += delta.sum(axis=0)
        back = delta @ W_hh
    return np.mean(error**2), [dW_xh, dW_hh, db_h, delta_y.T @ h[-1], delta_y.sum(axis=0)]


def last_state(params, x):
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = np.zeros((x.shape[1], len(b_h)))
    for x_t in x:
        h = np.tanh(np.einsum("bd,hd->bh", x_t, W_xh) + np.einsum("bk,hk->bh", h, W_hh) + b_h)
    return np.einsum("bh,kh->bk", h, W_hy) + b_y


def window_by_window(params, x):
    return np.concatenate([last_state(params, x[:, [n]]) for n in range(x.shape[1])])


def velocity(params, memory, grads, rate):
    """What has been remembered, and the parameters a step further."""
    memory = [0.9 * s + g for s, g in zip(memory, grads, strict=True)]
    return [theta - rate * s for theta, s in zip(params, memory, strict=True)], memory


def own_copies(params, memory, grads, rate):
    params, memory = [theta.copy() for theta in params], [s.copy() for s in memory]
    for theta, s, g in zip(params, memory, grads, strict=True):
        s *= 0.9
        s += g
        theta -= rate * s
    return params, memory


def rate_inside(params, memory, grads, rate):
    """A memory of steps, not of gradients; since the rate is constant, that is the same."""
    memory = [0.9 * s - rate * g for s, g in zip(memory, grads, strict=True)]
    return [theta + s for theta, s in zip(params, memory, strict=True)], memory


def one_vector(params, memory, grads, rate):
    join = lambda arrays: np.concatenate([np.ravel(array) for array in arrays])  # noqa: E731
    memory = 0.9 * join(memory) + join(grads)
    theta, ends = join(params) - rate * memory, np.cumsum([param.size for param in params])[:-1]
    back = lambda long: [p.reshape(param.shape) for p, param in zip(np.split(long, ends), params, strict=True)]  # noqa: E731
    return back(theta), back(memory)


def by_index(params, memory, grads, rate):
    params, memory = list(params), list(memory)
    for k in range(5):
        memory[k] = np.add(np.multiply(0.9, memory[k]), grads[k])
        params[k] = np.subtract(params[k], np.multiply(rate, memory[k]))
    return params, memory


def weighted(losses, sizes):
    return float(np.average(losses, weights=sizes))


def summed(losses, sizes):
    return sum(loss * size for loss, size in zip(losses, sizes, strict=True)) / sum(sizes)


def train(params, x, y, x_val, batch_size, epochs, learning_rate, batches=slices, gradients=loss_and_gradients,
          update=velocity, forecast=predict, mean=weighted, pack=list):  # fmt: skip
    """The loop of the task, each part of which may be said in many ways."""
    memory, losses = [np.zeros_like(theta) for theta in params], []
    for _ in range(epochs):
        seen, sizes = [], []
        for batch in batches(len(y), batch_size):
            loss, grads = gradients(params, x[:, batch], y[batch])
            params, memory = update(params, memory, grads, learning_rate)
            seen.append(loss)
            sizes.append(len(y[batch]))
        losses.append(mean(seen, sizes))
    return pack(losses), forecast(params, x_val)


class Trainer:
    def __init__(self, params, rate):
        self.params, self.memory, self.rate = params, [0 * theta for theta in params], rate

    def epoch(self, batches):
        total = 0.0
        for x, y in batches:
            loss, grads = by_hand(self.params, x, y)
            self.params, self.memory = velocity(self.params, self.memory, grads, self.rate)
            total += loss * len(y)
        return total


def with_a_trainer(params, x, y, x_val, batch_size, epochs, learning_rate):
    trainer = Trainer(params, learning_rate)
    batches = [(x[:, part], y[part]) for part in slices(len(y), batch_size)]
    losses = np.array([trainer.epoch(batches) for _ in range(epochs)]) / len(y)
    return losses, last_state(trainer.params, x_val)


def one_long_loop(params, x, y, x_val, batch_size, epochs, learning_rate):
    parts, memory, losses = slices(len(y), batch_size), [0.0] * 5, np.zeros(epochs)
    for k in range(epochs * len(parts)):
        part = parts[k % len(parts)]
        loss, grads = loss_and_gradients(params, x[:, part], y[part])
        params, memory = velocity(params, memory, grads, learning_rate)
        losses[k // len(parts)] += loss * len(y[part]) / len(y)
    return losses, predict(params, x_val)


FORECASTER = {
    "slices": train,
    "array_split": partial(train, batches=split),
    "while": partial(train, batches=while_there_are_any),
    "islice": partial(train, batches=in_tuples),
    "masks": partial(train, batches=by_masks),
    "gradients by hand": partial(train, gradients=by_hand),
    "own copies": partial(train, update=own_copies),
    "the rate inside the memory": partial(train, update=rate_inside),
    "one vector": partial(train, update=one_vector),
    "by index": partial(train, update=by_index),
    "forecast by einsum": partial(train, forecast=last_state),
    "forecast window by window": partial(train, forecast=window_by_window),
    "a sum for the mean": partial(train, mean=summed),
    "math.fsum": partial(train, mean=lambda losses, sizes: math.fsum(np.multiply(losses, sizes)) / sum(sizes)),
    "a dot product": partial(train, mean=lambda losses, sizes: np.dot(losses, sizes) / np.sum(sizes)),
    "np.array of losses": partial(train, pack=np.array),
    "an object": with_a_trainer,
    "one long loop": one_long_loop,
    "a list": lambda *a: list(train(*a)),
} | packed(train)

STYLES = {"train_forecaster": FORECASTER}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
