"""Problem set 4, dropout: right answers in any style pass."""

import numpy as np
import pytest
from support.styles import assert_right, every, packed, single


def dropout(x, u, rate, per, train):
    if not train:
        return x, np.ones_like(x)
    mask = (u >= rate) / (1 - rate)
    if per == "sequence":
        mask = np.broadcast_to(mask[:1], x.shape)
    return x * mask, mask


def dropout_with_where(x, u, rate, per, train):
    if not train:
        return x.copy(), np.ones(x.shape)
    if per == "sequence":
        u = np.repeat(u[:1], len(x), axis=0)
    return np.where(u < rate, 0, x / (1 - rate)), np.where(u < rate, 0, 1 / (1 - rate))


def dropout_short_mask(x, u, rate, per, train):
    mask = (u[: 1 if per == "sequence" else None] >= rate) / (1 - rate) if train else np.ones((1, *x.shape[1:]))
    return x * mask, mask if per == "sequence" else np.broadcast_to(mask, x.shape)


def dropout_loop(x, u, rate, per, train):
    y, mask = np.zeros_like(x), np.zeros_like(x)
    for t, b, h in np.ndindex(x.shape):
        drawn = u[t, b, h] if per == "step" else u[0, b, h]
        mask[t, b, h] = (0 if drawn < rate else 1 / (1 - rate)) if train else 1
        y[t, b, h] = x[t, b, h] * mask[t, b, h]
    return y, mask


def dropout_puts_zeros(x, u, rate, per, train):
    mask = np.ones(x.shape)
    if train:
        mask /= 1 - rate
        mask[(u if per == "step" else np.stack([u[0]] * len(x))) < rate] = 0
    return mask * x, mask


def dropout_by_putmask(x, u, rate, per, train):
    mask = np.full_like(x, 1 / (1 - rate) if train else 1.0)
    if train:
        np.putmask(mask, np.broadcast_to(u[:1], x.shape) < rate if per == "sequence" else u < rate, 0)
    return np.multiply(x, mask), mask


def dropout_step_by_step(x, u, rate, per, train):
    ys, masks = [], []
    for t, x_t in enumerate(x):
        draw = u[t] if per == "step" else u[0]
        mask_t = (draw >= rate).astype(float) / (1 - rate) if train else np.ones(x_t.shape)
        ys.append(x_t * mask_t)
        masks.append(mask_t)
    return np.stack(ys), np.stack(masks)


def dropout_match(x, u, rate, per, train):
    match per, train:
        case "step", True:
            keep = u >= rate
        case "sequence", True:
            keep = np.tile(u[0] >= rate, (len(x), 1, 1))
        case _:
            return np.array(x), np.ones(x.shape)
    return x * keep / (1 - rate), keep / (1 - rate)


def dropout_flat(x, u, rate, per, train):
    mask = []
    for t in range(x.shape[0]):
        for draw in u[0 if per == "sequence" else t].ravel():
            mask.append(1.0 if not train else 0.0 if draw < rate else 1 / (1 - rate))
    mask = np.array(mask).reshape(x.shape)
    return x * mask, mask


class Mask:
    def __init__(self, rate):
        self.keep = 1 - rate

    def __call__(self, u):
        return np.floor(u + self.keep).clip(0, 1) / self.keep


def dropout_object(x, u, rate, per, train):
    u = np.take(u, [0] * len(x) if per == "sequence" else range(len(x)), axis=0)
    mask = Mask(rate)(u) if train else 1 + 0 * x
    return x * mask, mask


def dropout_own_buffer(x, u, rate, per, train):
    if train:
        mask = np.greater_equal(u[:1] if per == "sequence" else u, rate).astype(float)
        mask *= 1.0 / (1 - rate)
    else:
        mask = np.ones((1, 1, 1))
    mask = mask + np.zeros_like(x)
    y = x.copy()
    y *= mask
    return y, mask


DROPOUT = {
    "textbook": dropout,
    "np.where": dropout_with_where,
    "a short mask": dropout_short_mask,
    "scalar by scalar": dropout_loop,
    "puts zeros": dropout_puts_zeros,
    "putmask": dropout_by_putmask,
    "step by step": dropout_step_by_step,
    "match": dropout_match,
    "a flat list": dropout_flat,
    "an object, floor": dropout_object,
    "own buffer": dropout_own_buffer,
    "np.heaviside": lambda x, u, rate, per, train: dropout(
        x, np.heaviside(u - rate, 1), 0.5, per, train) if not train else tuple(
            part * 0.5 / (1 - rate) for part in dropout(x, np.heaviside(u - rate, 1), 0.5, per, train)),
    "np.select": lambda x, u, rate, per, train: (lambda mask: (x * mask, mask))(
        np.select([np.full(x.shape, not train), (u if per == "step" else u[:1] + 0 * u) < rate],
                  [np.ones(x.shape), np.zeros(x.shape)], 1 / (1 - rate))),
    "einsum": lambda *a: (np.einsum("tbh,tbh->tbh", a[0], dropout(*a)[1]), dropout(*a)[1]),
    "divides what is kept": lambda x, u, rate, per, train: (
        (np.divide(x * (dropout(x, u, rate, per, train)[1] > 0), 1 - rate if train else 1)),
        dropout(x, u, rate, per, train)[1]),
    "rate of zero at evaluation": lambda x, u, rate, per, train: dropout(x, u, rate if train else 0.0, per, True),
    "sample by sample": lambda x, u, *rest: tuple(np.concatenate(part, axis=1) for part in zip(
        *(dropout(x[:, [b]], u[:, [b]], *rest) for b in range(x.shape[1])), strict=True)),
    "batch first inside": lambda x, u, *rest: tuple(
        part.swapaxes(0, 1) for part in (array.swapaxes(0, 1) for array in dropout(x, u, *rest))),
    "a list": lambda *a: list(dropout(*a)),
    "float32": single(dropout),
} | packed(dropout)  # fmt: skip


STYLES = {"dropout": DROPOUT}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
