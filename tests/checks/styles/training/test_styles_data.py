"""Problem set 4, scaling and windows: right answers in any style pass."""

import math
import statistics

import numpy as np
import pytest
from support.styles import assert_right, every, packed


def scaled_by(mean_and_scale):
    """With another way to get at the mean and the spread of the past."""

    def scale_series(series, n_val):
        mean, scale = mean_and_scale(series[: len(series) - n_val])
        return (series - mean) / scale, mean, scale

    return scale_series


def by_hand(series, n_val):
    past = list(series[: len(series) - n_val])
    mean = sum(past) / len(past)
    scale = math.sqrt(sum((value - mean) ** 2 for value in past) / len(past))
    return [(value - mean) / scale for value in series], mean, scale


def in_own_buffer(series, n_val):
    scaled = series.copy()
    past = scaled[:-n_val].copy()
    mean = past.mean()
    past -= mean
    scale = np.sqrt(past @ past / len(past))
    scaled -= mean
    scaled /= scale
    return scaled, mean, scale


def running(past):
    """Welford's way: one value at a time."""
    mean, squares = 0.0, 0.0
    for n, value in enumerate(past, start=1):
        before = mean
        mean += (value - mean) / n
        squares += (value - before) * (value - mean)
    return mean, math.sqrt(squares / len(past))


class Scaler:
    def fit(self, past):
        self.mean, self.scale = past.mean(), past.std(ddof=0)
        return self

    def transform(self, series):
        return (series - self.mean) / self.scale


def with_an_object(series, n_val):
    scaler = Scaler().fit(series[: series.size - n_val])
    return scaler.transform(series), scaler.mean, scaler.scale


def two_parts(series, n_val):
    past, future = np.split(series, [len(series) - n_val])
    mean, scale = np.mean(past), np.std(past)
    return np.concatenate([(past - mean) / scale, (future - mean) / scale]), mean, scale


SCALE = {
    "mean and std": scaled_by(lambda past: (past.mean(), past.std())),
    "np.mean and np.std": scaled_by(lambda past: (np.mean(past), np.std(past, ddof=0))),
    "root of var": scaled_by(lambda past: (np.average(past), np.var(past) ** 0.5)),
    "mean of squares": scaled_by(lambda past: (past.mean(), np.sqrt(np.mean((past - past.mean()) ** 2)))),
    "square of the mean": scaled_by(lambda past: (past.mean(), np.sqrt(np.mean(past**2) - past.mean() ** 2))),
    "statistics": scaled_by(lambda past: (statistics.fmean(past), statistics.pstdev(map(float, past)))),
    "math.fsum": scaled_by(lambda past: (
        math.fsum(past) / len(past), math.sqrt(math.fsum((past - math.fsum(past) / len(past)) ** 2) / len(past)))),
    "norm": scaled_by(lambda past: (past.mean(), np.linalg.norm(past - past.mean()) / np.sqrt(len(past)))),
    "dot": scaled_by(lambda past: (
        np.dot(past, np.ones(len(past))) / len(past),
        math.sqrt(np.dot(past - past.mean(), past - past.mean()) / past.size))),
    "np.cov": scaled_by(lambda past: (past.mean(), float(np.sqrt(np.cov(past, bias=True))))),
    "ddof corrected back": scaled_by(lambda past: (past.mean(), past.std(ddof=1) * np.sqrt(1 - 1 / len(past)))),
    "running": scaled_by(running),
    "by hand": by_hand,
    "own buffer": in_own_buffer,
    "an object": with_an_object,
    "two parts": two_parts,
    "zero-dimensional arrays": scaled_by(lambda past: (np.array(past.mean()), np.array(past.std()))),
    "keepdims, then item": scaled_by(lambda past: (past.mean(keepdims=True).item(), past.std(keepdims=True).item())),
    "a list": lambda *a: list(two_parts(*a)),
} | packed(two_parts)  # fmt: skip


def windows(series, T, n_val, seed):
    """The textbook's words, with a list of pairs."""
    pairs = [(series[n : n + T], series[n + T]) for n in range(len(series) - T)]
    train, later = pairs[: len(pairs) - n_val], pairs[len(pairs) - n_val :]
    order = np.random.default_rng(seed).permutation(len(train))
    train = [train[n] for n in order]
    return *to_arrays(train), *to_arrays(later)


def to_arrays(pairs):
    x, y = zip(*pairs, strict=True)
    return np.array(x).T[:, :, None], np.array(y)[:, None]


def by_view(series, T, n_val, seed):
    view = np.lib.stride_tricks.sliding_window_view(series, T + 1)
    train, later = view[:-n_val], view[-n_val:]
    train = np.random.default_rng(seed).permutation(train)
    return train[:, :-1].T[..., None], train[:, -1:], later[:, :-1].T[..., None], later[:, -1:]


def part_by_part(series, T, n_val, seed):
    def cut(part):
        return (
            np.array([[[part[n + t]] for n in range(len(part) - T)] for t in range(T)]),
            np.array([[value] for value in part[T:]]),
        )

    x, y = cut(series[:-n_val])
    order = np.random.default_rng(seed).permutation(len(y))
    return x[:, order], y[order], *cut(series[-n_val - T :])


def cut_with(make):
    """Inputs and targets of a part by another way; the order is drawn as the task says."""

    def make_windows(series, T, n_val, seed):
        past, later = series[: len(series) - n_val], series[len(series) - n_val - T :]
        (x, y), (x_val, y_val) = make(past, T), make(later, T)
        order = np.random.default_rng(seed).permutation(len(y))
        return x[:, order], y[order], x_val, y_val

    return make_windows


def filled(part, T):
    N = len(part) - T
    x, y = np.empty((T, N, 1)), np.empty((N, 1))
    for n in range(N):
        x[:, n, 0], y[n, 0] = part[n : n + T], part[n + T]
    return x, y


def scalar_by_scalar(part, T):
    N = len(part) - T
    x, y = np.zeros((T, N, 1)), np.zeros((N, 1))
    for t, n in np.ndindex(T, N):
        x[t, n, 0] = part[t + n]
    for n in range(N):
        y[n, 0] = part[T + n]
    return x, y


def strided(part, T):
    N, (step,) = len(part) - T, part.strides
    return np.lib.stride_tricks.as_strided(part, (T, N, 1), (step, step, step)).copy(), part[T:].reshape(-1, 1)


def generated(part, T):
    rows = list(part[n : n + T + 1] for n in range(len(part) - T))
    both = np.array(rows, dtype=float)
    return np.expand_dims(both[:, :T].swapaxes(0, 1), -1), both[:, T, np.newaxis]


def rolled(part, T):
    """Shifts the whole part, and leaves out what has come round."""
    N = len(part) - T
    return np.array([np.roll(part, -t)[:N] for t in range(T)]).reshape(T, N, 1), np.roll(part, -T)[:N].reshape(N, 1)


def queue(part, T):
    kept, x, y = list(part[:T]), [], []
    for value in part[T:]:
        x.append(list(kept))
        y.append([value])
        kept = [*kept[1:], value]
    return np.transpose(x)[..., None], np.array(y)


WINDOWS = {
    "pairs": windows,
    "a view, permuted": by_view,
    "part by part": part_by_part,
    "filled": cut_with(filled),
    "scalar by scalar": cut_with(scalar_by_scalar),
    "strides": cut_with(strided),
    "a generator": cut_with(generated),
    "np.roll": cut_with(rolled),
    "a queue": cut_with(queue),
    "slices by step": cut_with(lambda part, T: (
        np.stack([part[t : len(part) - T + t] for t in range(T)])[..., None], part[T:, None])),
    "indices": cut_with(lambda part, T: (
        part[np.arange(T)[:, None] + np.arange(len(part) - T)][:, :, None], part[T:].reshape(-1, 1))),
    "np.take": cut_with(lambda part, T: (
        np.take(part, np.add.outer(np.arange(T), np.arange(len(part) - T)))[..., None], np.c_[part[T:]])),
    "column_stack": cut_with(lambda part, T: (
        np.column_stack([part[n : n + T] for n in range(len(part) - T)])[..., None], part[T:][:, None])),
    "dstack": cut_with(lambda part, T: (
        np.dstack([np.array([part[t : len(part) - T + t] for t in range(T)])]), part[T:, None].copy())),
    "nested comprehensions": cut_with(lambda part, T: (
        np.array([[[part[t + n]] for n in range(len(part) - T)] for t in range(T)]), np.array(part[T:], ndmin=2).T)),
    "zip of slices": cut_with(lambda part, T: (
        np.array(list(zip(*(part[t:] for t in range(T + 1)), strict=False)))[:, :-1].T[..., None], part[T:, None])),
    "a list": lambda *a: list(windows(*a)),
} | packed(windows)  # fmt: skip

STYLES = {"scale_series": SCALE, "make_windows": WINDOWS}


@pytest.mark.parametrize("name, way", every(STYLES))
def test_a_right_answer_may_come_in_any_style(name, way):
    assert_right(name, way)
