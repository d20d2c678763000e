"""Define the gradient check of problem set 3: judged by its verdicts, and named by how it calls f.

A verdict is yes or no, and many mistakes give the same few. So where a name is looked for, other gradients are asked
about, each on one mistake alone and far from any threshold, and it is watched how f is called.
"""

import reprlib

import numpy as np

from rnncourse.checks.execution.calling import AnswerError
from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.gradient_cases import RIGHT, WRONG, Cases, Loss, right_cases, wrong_cases
from rnncourse.language import phrase

LARGEST_STEP, SMALLEST_STEP = 5e-5, 3e-9
"""Beyond these a central difference is further than 1e-5 from some right gradient of `right_cases`."""

ROUNDING = 1e-12
"""How far an entry may be off that was moved and put back: theta + eps - eps is not quite theta."""


def _probes(cases, sizes):
    arguments = {"theta": [case.theta for case in cases], "functions": [(case.f, case.df) for case in cases]}
    return [Probe(sizes, arguments)]


def _drive(gradient_check):
    """Ask for a verdict on every case; 1 is yes. A yes says nothing, nan, of one who says it to everything."""

    def judge_all(theta, functions):
        verdicts = np.array(_verdicts(gradient_check, theta, functions))
        right, wrong = verdicts[: len(RIGHT)], verdicts[len(RIGHT) :]
        return (np.full_like(right, np.nan) if verdicts.all() else right), wrong

    return judge_all


def _verdicts(gradient_check, theta, functions):
    verdicts = []
    for point, (f, df) in zip(theta, functions, strict=True):
        given = point.copy()
        verdict = gradient_check(f, df, given)
        if given.shape != point.shape or np.abs(given - point).max() > ROUNDING:
            point[...] = np.nan  # the caller sees that it was changed
        if not isinstance(verdict, (bool, np.bool_)):
            shown = reprlib.repr(verdict) if isinstance(verdict, list | tuple) else repr(verdict)
            answer = f"{shown:.60}"
            raise AnswerError(phrase("returned {answer} for a gradient; expected True or False", answer=answer))
        verdicts.append(float(verdict))
    return verdicts


def _questions(rng):
    """Draw gradients of linear losses, for which no step is too large; each is wrong in one way, and by much."""
    w, theta = rng.uniform(0.5, 1.5, (3, 2)) * rng.choice([-1, 1], (3, 2)), rng.standard_normal((3, 2))
    norm, one_entry, two_entries = np.linalg.norm(w), np.zeros((3, 2)), np.zeros((3, 2))
    one_entry[2, 1] = two_entries[0, 0] = 0.5 * norm
    two_entries[0, 1] = -two_entries[0, 0]
    small = np.where(one_entry > 0, 1e-9, w)

    def loss(w, dw):
        return Loss(lambda theta: (w * theta).sum(), lambda theta: dw, theta)

    return [
        loss(w, w.copy()),
        loss(w, -w),
        loss(w, 2 * w),
        loss(w, w + one_entry),
        loss(w, w + two_entries),
        loss(w, 1.004 * w),
        loss(1e-9 * w, 1.5e-9 * w),
        loss(1e9 * w, 1e9 * w),
        loss(small, small.copy()),
        loss(0 * w, 0 * w),
        loss(np.ones_like(w), np.ones(())),
        loss(w, w * np.nan),
    ]


def _drive_diagnostic(gradient_check):
    """Ask the questions, and watch the first of them."""

    def ask(theta, functions):
        verdicts, points, (f, df) = _verdicts(gradient_check, theta, functions), [], functions[0]

        def watched(point):
            points.append(np.array(point))
            return f(point)

        gradient_check(watched, df, theta[0].copy())
        return np.array(verdicts + _habits(points, theta[0]))

    return ask


def _habits(points, theta):
    """Tell how f was called: on both sides, with which step, one entry at a time, each entry, in float64."""
    moves = [point - theta for point in points if np.shape(point) == theta.shape]
    moves = [move for move in moves if move.any()]
    if not moves:
        return [1.0, 0.0, 1.0, 1.0, 1.0]  # who does not ask f has no habits: the verdicts tell
    step = min(np.abs(move[move != 0]).min() for move in moves)
    both = any((move > 0).any() for move in moves) and any((move < 0).any() for move in moves)
    alone = all(np.count_nonzero(move) == 1 for move in moves)
    every = np.any(moves, axis=0).all()
    double = all(point.dtype == np.float64 for point in points)
    return [
        float(habit) for habit in (both, int(step < SMALLEST_STEP) - int(step > LARGEST_STEP), alone, every, double)
    ]


_ARGUMENTS = ("f", "df", "theta")

DIAGNOSTIC = Exercise(
    name="gradient_check",
    arguments=_ARGUMENTS,
    outputs=(Output("habits", ("N",), 0),),
    probes=lambda rng: _probes(_questions(rng), {"N": 17}),
    adapt=lambda textbook: textbook,
    drive=_drive_diagnostic,
)

GRADIENT_CHECK = Exercise(
    name="gradient_check",
    arguments=_ARGUMENTS,
    outputs=(
        Cases(phrase("right gradients"), ("right",), 5, RIGHT, accepts=False),
        Cases(phrase("planted bugs"), ("wrong",), 10, WRONG, accepts=True),
    ),
    probes=lambda rng: _probes([*right_cases(rng), *wrong_cases(rng)], {"right": len(RIGHT), "wrong": len(WRONG)}),
    adapt=lambda textbook: textbook,
    drive=_drive,
    diagnostic=DIAGNOSTIC,
)
