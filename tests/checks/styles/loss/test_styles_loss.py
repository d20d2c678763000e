"""Problem set 2: right answers in any style pass."""

import math

import numpy as np
import pytest
from support.styles import assert_right, every


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(z):
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)


def by_guess(row):
    """A style that handles one guess at a time."""
    return lambda z: np.array([[row(guess) for guess in step] for step in z])


def scalar_row(guess):
    largest = max(guess)
    e = [math.exp(v - largest) for v in guess]
    return [v / sum(e) for v in e]


def in_own_buffer(z):
    e = z.copy()
    e -= e.max(axis=-1)[..., None]
    np.exp(e, out=e)
    e /= e.sum(axis=-1)[..., None]
    return e


def over_first_axis(z):
    flat = z.reshape(-1, z.shape[-1]).T  # (K, T B)
    e = np.exp(flat - flat.max(axis=0))
    return (e / e.sum(axis=0)).T.reshape(z.shape)


SOFTMAX = {
    "textbook": softmax,
    "nested list": lambda z: softmax(z).tolist(),
    "one-tuple": lambda z: (softmax(z),),
    "list of steps": lambda z: [softmax(step) for step in z],
    "guess by guess": by_guess(lambda g: np.exp(g - g.max()) / np.exp(g - g.max()).sum()),
    "without NumPy": by_guess(scalar_row),
    "exp of log-softmax": lambda z: np.exp(log_softmax(z)),
    "in place on a copy": in_own_buffer,
    "classes first": over_first_axis,
    "float32": lambda z: softmax(z.astype(np.float32)),
    "longdouble": lambda z: softmax(z.astype(np.longdouble)).astype(float),
    "einsum": lambda z: np.einsum("tbk,tb->tbk", np.exp(z - z.max(-1)[..., None]),
                                  1 / np.exp(z - z.max(-1)[..., None]).sum(-1)),
    "pairwise differences": lambda z: 1 / np.exp(np.clip(z[..., None, :] - z[..., :, None], None, 700)).sum(-1),
    "shifted by the last of the sorted": lambda z: np.exp(log_softmax(z - np.sort(z)[..., -1:])),
    "Fortran order": lambda z: np.asfortranarray(softmax(z)),
    "reversed view": lambda z: softmax(z[::-1])[::-1],
    "transposed twice": lambda z: softmax(z.transpose(1, 0, 2)).transpose(1, 0, 2),
    "apply_along_axis": lambda z: np.apply_along_axis(scalar_row, -1, z),
    "shifted a little further": lambda z: softmax(z - z.max(-1, keepdims=True) - 1.0),
    "empty and fill": lambda z: [np.divide(np.exp(s - s.max(1)[:, None]), np.exp(s - s.max(1)[:, None]).sum(1)[:, None],
                                           out=np.empty_like(s)) for s in z],
}  # fmt: skip


def cross_entropy(z, y, mask):
    log_y_hat, B = log_softmax(z), z.shape[1]
    onehot = np.eye(z.shape[-1], dtype=z.dtype)[y]
    return -(mask[..., None] * onehot * log_y_hat).sum() / B, mask[..., None] * (np.exp(log_y_hat) - onehot) / B


def looped(z, y, mask):
    T, B, K = z.shape
    loss, delta_y = 0.0, np.zeros((T, B, K))
    for t in range(T):
        for b in range(B):
            if mask[t, b]:
                log_y_hat = log_softmax(z[t, b])
                loss -= log_y_hat[y[t, b]] / B
                delta_y[t, b] = np.exp(log_y_hat) / B
                delta_y[t, b, y[t, b]] -= 1 / B
    return loss, delta_y


def gathered(z, y, mask):
    log_y_hat, B = log_softmax(z), z.shape[1]
    picked = np.take_along_axis(log_y_hat, y[..., None], axis=-1)[..., 0]
    delta_y = np.exp(log_y_hat)
    np.put_along_axis(delta_y, y[..., None], np.exp(picked)[..., None] - 1, axis=-1)
    return -np.mean(np.sum(mask * picked, axis=0)), delta_y * mask[..., None] / B


def flattened(z, y, mask):
    B, K = z.shape[1:]
    flat, rows = z.reshape(-1, K), np.arange(y.size)
    log_y_hat = log_softmax(flat)
    delta = np.exp(log_y_hat)
    delta[rows, y.ravel()] -= 1
    return -(log_y_hat[rows, y.ravel()] @ mask.ravel()) / B, (delta * mask.reshape(-1, 1)).reshape(z.shape) / B


def selected(z, y, mask):
    on, delta_y, B = mask.astype(bool), np.zeros_like(z), z.shape[1]
    log_y_hat = log_softmax(z[on])  # (steps that count, K)
    onehot = np.eye(z.shape[-1])[y[on]]
    delta_y[on] = (np.exp(log_y_hat) - onehot) / B
    return -np.einsum("nk,nk->", onehot, log_y_hat) / B, delta_y


def through_the_jacobian(z, y, mask):
    y_hat, onehot = softmax(z), np.eye(z.shape[-1])[y]
    jacobian = np.eye(z.shape[-1]) - y_hat[..., None, :]  # of log softmax: (T, B, K, K)
    return cross_entropy(z, y, mask)[0], np.einsum("tb,tbj,tbjk->tbk", -mask / z.shape[1], onehot, jacobian)


def step_by_step(z, y, mask):
    parts = [cross_entropy(z[t : t + 1], y[t : t + 1], mask[t : t + 1]) for t in range(len(z))]
    return math.fsum(loss for loss, _ in parts), np.concatenate([delta for _, delta in parts])


def sample_by_sample(z, y, mask):
    B = z.shape[1]
    parts = [cross_entropy(z[:, b : b + 1], y[:, b : b + 1], mask[:, b : b + 1]) for b in range(B)]
    return sum(loss for loss, _ in parts) / B, np.concatenate([delta for _, delta in parts], axis=1) / B


CROSS_ENTROPY = {
    "textbook": cross_entropy,
    "loops": looped,
    "take_along_axis": gathered,
    "flattened": flattened,
    "only the steps that count": selected,
    "through the Jacobian": through_the_jacobian,
    "step by step": step_by_step,
    "sample by sample": sample_by_sample,
    "list of two": lambda *a: list(cross_entropy(*a)),
    "float": lambda *a: (float(cross_entropy(*a)[0]), cross_entropy(*a)[1]),
    "0-d array": lambda *a: (np.array(cross_entropy(*a)[0]), cross_entropy(*a)[1]),
    "nested list": lambda *a: (cross_entropy(*a)[0], cross_entropy(*a)[1].tolist()),
    "float32": lambda z, y, mask: cross_entropy(z.astype(np.float32), y, mask.astype(np.float32)),
    "boolean mask": lambda z, y, mask: cross_entropy(z, y, mask == 1),
    "where for the mask": lambda z, y, mask: (cross_entropy(z, y, mask)[0],
                                              np.where(mask[..., None] > 0, cross_entropy(z, y, 0 * mask + 1)[1], 0)),
    "mask before the mean": lambda z, y, mask: cross_entropy(z, y, mask / z.shape[1] * z.shape[1]),
    "one-hot by comparison": lambda z, y, mask: (
        -np.sum((y[..., None] == np.arange(z.shape[-1])) * mask[..., None] * log_softmax(z)) / y.shape[1],
        (softmax(z) - (y[..., None] == np.arange(z.shape[-1]))) * (mask / y.shape[1])[..., None]),
    "batch first inside": lambda z, y, mask: (
        cross_entropy(z, y, mask)[0], cross_entropy(z, y, mask)[1].transpose(1, 0, 2).copy().transpose(1, 0, 2)),
    "Fortran order": lambda *a: cross_entropy(*(np.asfortranarray(b) for b in a)),
    "shifted logits": lambda z, y, mask: cross_entropy(z - z.max(-1, keepdims=True), y, mask),
}  # fmt: skip


STYLES = {"softmax": SOFTMAX, "cross_entropy": CROSS_ENTROPY}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
