"""Define the first exercise of problem set 1: shapes, judged in letters, without ever telling the right ones."""

from dataclasses import dataclass

import numpy as np

from rnncourse.checks.execution.calling import AnswerError
from rnncourse.checks.execution.compare import NotAnArrayError, as_array, with_article
from rnncourse.checks.exercises.exercise import Exercise, Output, Probe
from rnncourse.checks.exercises.probing import sizes
from rnncourse.language import phrase

POINTS = {"x": 1, "h0": 1, "W_xh": 1, "W_hh": 1, "b_h": 1, "h": 2, "W_hy": 1, "b_y": 1, "z": 1}


@dataclass(frozen=True)
class Shape(Output):
    """The shape of one array: as a value, the array of its sizes."""

    def letters(self):
        """Say what is asked for, without the answer."""
        return phrase("as a tuple")

    def problem(self, got, dims, want):
        """Say what is wrong with a shape; None if nothing is."""
        if got is None:
            return phrase("is not in your dict")
        try:
            got = as_array(got)
        except NotAnArrayError as error:
            return phrase("{problem}; expected a tuple of sizes", problem=error.args[0])
        if got.ndim == 0:
            number = float(got)
            return phrase("is the number {got:g}; expected a tuple of sizes, and a tuple of one needs a comma", got=number)
        if got.ndim > 1:
            return phrase("is an array; expected its shape, a tuple of sizes")
        if np.array_equal(got, want):
            return None
        return phrase("is {shape}: {advice}", shape=_in_letters(got, dims), advice=_advice(got, want))


def _in_letters(got, dims):
    """Write sizes as letters where a letter has this size: [7, 2, 1] is "(H, D, 1)"."""
    letters = {size: letter for letter, size in reversed(dims.items()) if size > 1}
    written = [letters.get(size, f"{size:g}") for size in got.tolist()]
    return f"({', '.join(written)}{',' if len(written) == 1 else ''})"


def _advice(got, want):
    if len(got) != len(want):
        return phrase("too few axes" if len(got) < len(want) else "too many axes")
    if sorted(got) == sorted(want):
        return phrase("the right sizes in another order")
    first = int(np.flatnonzero(got != want)[0])
    return phrase("axis {number}, counted from 0, has another size", number=first)


def _probe(rng, **dims):
    return Probe(dims, dict(dims))


def _drive(shapes):
    def sizes_by_name(T, B, D, H, K):
        answer = shapes(T, B, D, H, K)
        if not isinstance(answer, dict):
            kind = "None" if answer is None else with_article(type(answer).__name__)
            raise AnswerError(phrase("returned {kind}, where a dict was wanted: name and shape of each array", kind=kind))
        return tuple(_sizes(answer.get(name)) for name in POINTS)

    return sizes_by_name


def _sizes(shape):
    """Read a shape as an array of its sizes; what is no shape stays as it is."""
    try:
        return as_array(shape)
    except NotAnArrayError:
        return shape


SHAPES = Exercise(
    name="shapes",
    arguments=("T", "B", "D", "H", "K"),
    outputs=tuple(Shape(name, ("axes",), points) for name, points in POINTS.items()),
    probes=lambda rng: [_probe(rng, **dims) for dims in sizes(rng, "TBDHK")],
    adapt=lambda textbook: textbook,
    drive=_drive,
)
