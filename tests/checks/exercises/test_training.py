"""Problem set 4: answers may be packed in any way, and bad ones are told why."""

import numpy as np
import pytest

from rnncourse import check
from rnncourse.checks import EXERCISES
from rnncourse.misconceptions import TEXTBOOK

NAMES = ("clip_gradients", "sgd_step", "adam_step", "dropout", "scale_series", "make_windows", "train_forecaster")
RIGHT = {name: EXERCISES[name].adapt(TEXTBOOK[name]) for name in NAMES}


def each(change, value):
    """Apply a change to every array of an answer, however deep it lies."""
    if isinstance(value, tuple | list):
        return type(value)(each(change, entry) for entry in value)
    return change(value)


def arrays(value):
    """Turn the arrays of an argument into arrays, where an earlier answer may have made lists of them."""
    if isinstance(value, list) and np.ndim(value[0]):
        return [np.asarray(entry) for entry in value]
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
