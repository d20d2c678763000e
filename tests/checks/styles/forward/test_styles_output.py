"""Problem set 1, the output layer: right answers in any style pass."""

import math
from functools import reduce

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single


def output_layer(h, W_hy, b_y):
    return h @ W_hy.T + b_y


def scalar_by_scalar(h, W_hy, b_y):
    z = np.zeros((*h.shape[:2], len(b_y)))
    for t, b, k in np.ndindex(z.shape):
        z[t, b, k] = b_y[k]
        for j in range(len(h[t, b])):
            z[t, b, k] += W_hy[k, j] * h[t, b, j]
    return z


def in_own_buffer(h, W_hy, b_y):
    z = np.empty((*h.shape[:2], len(b_y)))
    np.matmul(h, W_hy.T, out=z)
    z += b_y
    return z


def bias_as_a_weight(h, W_hy, b_y):
    return np.concatenate([h, np.ones((*h.shape[:2], 1))], axis=2) @ np.column_stack([W_hy, b_y]).T


def without_numpy(h, W_hy, b_y):
    units = list(zip(W_hy.tolist(), b_y.tolist(), strict=True))
    return [
        [
            [math.fsum([bias, *(w * s for w, s in zip(row, state, strict=True))]) for row, bias in units]
            for state in step
        ]
        for step in h.tolist()
    ]


def steps(h, W_hy, b_y):
    for h_t in h:
        yield np.dot(h_t, W_hy.T) + b_y


def columns(h, W_hy, b_y):
    flat = W_hy @ h.reshape(-1, h.shape[-1]).T + b_y[:, None]  # (K, T B)
    return flat.T.reshape(*h.shape[:2], -1)


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, v):
        return self.W.dot(v) + self.b


OUTPUT = {
    "textbook": output_layer,
    "scalar by scalar": scalar_by_scalar,
    "out=": in_own_buffer,
    "bias as a weight": bias_as_a_weight,
    "without NumPy": without_numpy,
    "a generator": lambda *a: np.stack(list(steps(*a))),
    "columns": columns,
    "an object": lambda h, W, b: [[Affine(W, b)(v) for v in h_t] for h_t in h],
    "np.dot": lambda h, W, b: np.dot(h, np.transpose(W)) + b,
    "np.inner": lambda h, W, b: b + np.inner(h, W),
    "einsum": lambda h, W, b: np.einsum("tbh,kh->tbk", h, W) + b,
    "einsum of three": lambda h, W, b: np.einsum("tbh,kh->tbk", h, W) + np.einsum("tb,k->tbk", np.ones(h.shape[:2]), b),
    "tensordot": lambda h, W, b: np.tensordot(h, W, axes=(2, 1)) + b,
    "matrix times column": lambda h, W, b: (W @ h[..., None])[..., 0] + b,
    "broadcast and sum": lambda h, W, b: (h[:, :, None] * W).sum(axis=-1) + b,
    "class by class": lambda h, W, b: np.stack([h @ w + bias for w, bias in zip(W, b, strict=True)], axis=-1),
    "unit by unit": lambda h, W, b: reduce(
        np.add, (h[..., j, None] * W[:, j] for j in range(W.shape[1])), np.zeros((*h.shape[:2], 1)) + b),
    "sample by sample": lambda h, W, b: np.stack([h[:, n] @ W.T + b for n in range(h.shape[1])], axis=1),
    "batch first inside": lambda h, W, b: (h.swapaxes(0, 1) @ W.T + b).swapaxes(0, 1),
    "apply_along_axis": lambda h, W, b: np.apply_along_axis(Affine(W, b), 2, h),
    "vectorize": lambda h, W, b: np.vectorize(Affine(W, b), signature="(h)->(k)")(h),
    "one-tuple": lambda *a: (output_layer(*a),),
    "float32": single(output_layer),
} | packed(output_layer)  # fmt: skip


STYLES = {"output_layer": OUTPUT}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
