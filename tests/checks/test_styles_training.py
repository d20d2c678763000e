"""Problem set 4: right answers in many styles pass, and bad ones are told why."""

import math

import numpy as np
import pytest

from rnncourse import check
from rnncourse.checks import EXERCISES
from rnncourse.misconceptions import TEXTBOOK
from rnncourse.reference.forecaster import loss_and_gradients, predict

NAMES = ("clip_gradients", "sgd_step", "adam_step", "dropout", "scale_series", "make_windows", "train_forecaster")
RIGHT = {name: EXERCISES[name].adapt(TEXTBOOK[name]) for name in NAMES}


def each(change, value):
    """Apply a change to every array of an answer, however deep it lies."""
    if isinstance(value, tuple | list):
        return type(value)(each(change, one) for one in value)
    return change(value)


def arrays(value):
    """An argument with its arrays as arrays, where an earlier answer may have made lists of them."""
    if isinstance(value, list) and np.ndim(value[0]):
        return [np.asarray(one) for one in value]
    return value


PACKINGS = {
    "tuple": tuple,
    "list": list,
    "Fortran order": lambda answer: each(lambda a: np.asfortranarray(a) if np.ndim(a) > 1 else a, answer),
    "views": lambda answer: each(lambda a: a[::-1][::-1] if np.ndim(a) else a, answer),
    "zero-dimensional arrays": lambda answer: each(lambda a: a if np.ndim(a) else np.array(a), answer),
    "nested lists": lambda answer: each(lambda a: a.tolist() if np.ndim(a) else a, answer),
    "read-only": lambda answer: each(lambda a: np.broadcast_to(a, np.shape(a)), answer),
}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("name", NAMES)
def test_an_answer_may_be_packed_in_any_way(name, packing):
    def packed(*arguments):
        return PACKINGS[packing](RIGHT[name](*map(arrays, arguments)))

    assert check.check(name, packed).passed, str(check.check(name, packed))


@pytest.mark.parametrize("name", ["clip_gradients", "sgd_step", "adam_step", "dropout"])
def test_float32_is_precise_enough(name):
    def single(*arguments):
        lower = [each(lambda a: a.astype(np.float32) if np.ndim(a) else a, value) for value in arguments]
        return each(lambda a: a.astype(np.float32) if np.ndim(a) else a, RIGHT[name](*lower))

    assert check.check(name, single).passed, str(check.check(name, single))


def clip_by_math(grads, max_norm):
    norm = math.sqrt(sum(float(entry) ** 2 for g in grads for entry in g.ravel()))
    return [g * min(1.0, max_norm / norm) for g in grads]


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
    norm = np.sqrt(sum(np.einsum("i,i", g.ravel(), g.ravel()) for g in copies))
    if norm > max_norm:
        for g in copies:
            g *= max_norm / norm
    return copies


def clip_leaves_alone(grads, max_norm):
    norm = sum(np.vdot(g, g) for g in grads) ** 0.5
    return grads if norm <= max_norm else [max_norm * g / norm for g in grads]


def adam_by_index(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    m, v, params = list(m), list(v), list(params)
    for i in range(len(params)):
        m[i] = m[i] + (1 - beta_1) * (grads[i] - m[i])
        v[i] = v[i] + (1 - beta_2) * (grads[i] * grads[i] - v[i])
        root = np.sqrt(v[i] / (1 - math.pow(beta_2, t + 1)))
        params[i] = params[i] - learning_rate / (1 - beta_1 ** (t + 1)) * m[i] / (root + eps)
    return params, t + 1, m, v


def adam_by_comprehension(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    m = [beta_1 * one + (1 - beta_1) * g for one, g in zip(m, grads, strict=True)]
    v = [beta_2 * one + (1 - beta_2) * np.square(g) for one, g in zip(v, grads, strict=True)]
    t += 1
    rate = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)  # the efficient form of the paper, its eps as here
    small = eps * np.sqrt(1 - beta_2**t)
    return [p - rate * a / (np.sqrt(b) + small) for p, a, b in zip(params, m, v, strict=True)], t, m, v


def adam_in_own_buffers(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    params, m, v = ([one.copy() for one in arrays] for arrays in (params, m, v))
    for p, g, a, b in zip(params, grads, m, v, strict=True):
        a *= beta_1
        a += (1 - beta_1) * g
        b *= beta_2
        b += (1 - beta_2) * g**2
        p -= learning_rate * (a / (1 - beta_1 ** (t + 1))) / ((b / (1 - beta_2 ** (t + 1))) ** 0.5 + eps)
    return [params, np.int64(t + 1), m, v]


def adam_as_numpy_objects(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    params, t, m, v = adam_by_index(params, grads, int(t), m, v, learning_rate, beta_1, beta_2, eps)
    return tuple(params), float(t), tuple(m), tuple(v)


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


def windows_by_view(series, T, n_val, seed):
    view = np.lib.stride_tricks.sliding_window_view(series, T + 1)
    train, later = view[:-n_val], view[-n_val:]
    train = np.random.default_rng(seed).permutation(train)
    return train[:, :-1].T[..., None], train[:, -1:], later[:, :-1].T[..., None], later[:, -1:]


def windows_part_by_part(series, T, n_val, seed):
    def cut(part):
        return (
            np.array([[[part[n + t]] for n in range(len(part) - T)] for t in range(T)]),
            np.array([[value] for value in part[T:]]),
        )

    x, y = cut(series[:-n_val])
    order = np.random.default_rng(seed).permutation(len(y))
    return x[:, order], y[order], *cut(series[-n_val - T :])


def scale_by_hand(series, n_val):
    past = list(series[: len(series) - n_val])
    mean = sum(past) / len(past)
    scale = math.sqrt(sum((value - mean) ** 2 for value in past) / len(past))
    return [(value - mean) / scale for value in series], mean, scale


def sgd_decoupled(params, grads, learning_rate, weight_decay):
    return tuple((1 - learning_rate * weight_decay) * p - learning_rate * g for p, g in zip(params, grads, strict=True))


def train_batch_list(params, x, y, x_val, batch_size, epochs, learning_rate):
    batches = np.array_split(np.arange(len(y)), range(batch_size, len(y), batch_size))
    memory, losses = [np.zeros_like(theta) for theta in params], []
    for _ in range(epochs):
        seen = []
        for batch in batches:
            loss, grads = loss_and_gradients(params, x[:, batch], y[batch])
            memory = [0.9 * s + g for s, g in zip(memory, grads, strict=True)]
            params = [theta - learning_rate * s for theta, s in zip(params, memory, strict=True)]
            seen.append(loss)
        losses.append(float(np.average(seen, weights=[len(batch) for batch in batches])))
    return losses, predict(params, x_val)


STYLES = {
    "clip_gradients": (
        clip_by_math, clip_as_torch_does, clip_one_long_vector, clip_own_copies, clip_leaves_alone,
    ),
    "sgd_step": (sgd_decoupled,),
    "adam_step": (adam_by_index, adam_by_comprehension, adam_in_own_buffers, adam_as_numpy_objects),
    "dropout": (dropout_with_where, dropout_short_mask, dropout_loop),
    "scale_series": (scale_by_hand,),
    "make_windows": (windows_by_view, windows_part_by_part),
    "train_forecaster": (train_batch_list,),
}  # fmt: skip


@pytest.mark.parametrize(
    "name, style", [pytest.param(name, f, id=f.__name__) for name, styles in STYLES.items() for f in styles]
)
def test_a_right_answer_may_be_written_in_any_style(name, style):
    for seed in range(5):
        assert check.check(name, style, seed).passed, str(check.check(name, style, seed))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "answer",
    [
        lambda right: None,
        lambda right: "trained",
        lambda right: right[-1],
        lambda right: (*right, 1.0),
        lambda right: [None] * len(right),
        lambda right: each(lambda a: a * np.nan, tuple(right)),
        lambda right: each(lambda a: a[None] if np.ndim(a) else [a, a], tuple(right)),
    ],
    ids=["None", "text", "the last value alone", "one too many", "Nones", "NaN", "an axis too many"],
)
def test_bad_answers_earn_nothing_and_are_told_why(name, answer):
    result = check.check(name, lambda *arguments: answer(RIGHT[name](*arguments)))
    assert result == 0
    assert all(verdict.problem for verdict in result.verdicts)


@pytest.mark.parametrize(
    "name, answer, said",
    [
        ("sgd_step", lambda *a: None, "returned None, where 3 values were wanted: W_xh, W_hh, b_h"),
        ("sgd_step", lambda *a: RIGHT["sgd_step"](*a)[:2], "returned 2 values, where 3 values were wanted"),
        ("adam_step", lambda p, *a: p, "returned 2 values, where 4 values were wanted: params, t, m, v"),
        (
            "adam_step",
            lambda p, g, t, m, v, *a: (p[0], t, m, v),
            "returned one array for params, where 2 values were wanted",
        ),
        ("dropout", lambda x, *a: x, "returned one array, where 2 values were wanted: y, mask"),
        ("train_forecaster", lambda *a: [1.0], "returned 1 value, where 2 values were wanted: losses, y_hat"),
    ],
)
def test_the_shape_of_an_answer_is_asked_for_in_words(name, answer, said):
    result = check.check(name, answer)
    assert result == 0 and said in str(result), str(result)


def test_whoever_beats_the_naive_forecast_by_another_way_gets_the_points_for_that():
    def linear(params, x, y, x_val, *settings):
        rows, later = (np.column_stack([part[:, :, 0].T, np.ones(part.shape[1])]) for part in (x, x_val))
        return [0.0] * settings[1], later @ np.linalg.lstsq(rows, y, rcond=None)[0]

    verdicts = {verdict.output: verdict for verdict in check.train_forecaster(linear).verdicts}
    assert verdicts["error against naive"].right
    assert not verdicts["losses"].right and not verdicts["y_hat"].right


@pytest.mark.parametrize("seed", range(20))
def test_the_textbook_beats_the_naive_forecast_at_every_seed(seed):
    exercise = EXERCISES["train_forecaster"]
    probe = exercise.probes(np.random.default_rng(seed))[1]
    assert exercise.driven(RIGHT["train_forecaster"])(*probe.arguments.values())[-1] == 1.0
