"""Substitute right functions for a learner's earlier ones, under their names, while another function runs."""

import contextlib
import functools
import inspect
import types

import numpy as np

from rnncourse.checks.execution.compare import fits_an_array
from rnncourse.language import say
from rnncourse.misconceptions import TEXTBOOK

LARGEST = 4096
"""Most entries of an array that a substitute takes: it runs in the grader's process, and a student calls it."""
LONGEST = 256
"""Most entries along one axis: of what has none along another, a product can be as large as both are long."""


def with_substitutes(function, exercises):
    """Wrap the learner's function: while it runs, right functions bear the names of the learner's earlier ones.

    Parameters
    ----------
    function : callable
        One whose type has a method `with_substitutes`, as a function in another process has, is asked to do it itself.
    exercises : sequence of Exercise
        Those whose functions are substituted.

    Returns
    -------
    substituted : callable
    """
    substitutes = {exercise.name: substitute_for(exercise) for exercise in exercises}
    if hasattr(type(function), "with_substitutes"):
        return function.with_substitutes(substitutes)

    def substituted(*arguments):
        with _in_place(function, substitutes):
            return function(*arguments)

    return substituted


@functools.cache
def substitute_for(exercise):
    """Build a right function of an exercise: the learner's arguments, by place or by name, and no large ones."""
    textbook = exercise.adapt(TEXTBOOK[exercise.name])
    parameters = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in exercise.arguments]
    signature = inspect.Signature(parameters)

    def substitute(*arguments, **options):
        values = signature.bind(*arguments, **options).args
        with np.errstate(all="ignore"):
            return textbook(*map(_small, values))

    substitute.__name__ = exercise.name
    return substitute


def _small(value):
    """Read an argument, if it is made of arrays and numbers of the size that an exercise has."""
    if isinstance(value, tuple) or (isinstance(value, list) and any(isinstance(entry, np.ndarray) for entry in value)):
        parts = [_small(entry) for entry in value[:100]]
        return type(value)._make(parts) if hasattr(value, "_make") else parts
    array = np.asarray(value if fits_an_array(value) else None)
    if array.dtype.kind not in "biuf" or array.size > LARGEST or max(array.shape, default=0) > LONGEST:
        raise ValueError(
            say(
                "an argument is no array of numbers, or has more than {count} entries, {long} along one axis",
                count=LARGEST,
                long=LONGEST,
            )
        )
    return array[()]


@contextlib.contextmanager
def _in_place(function, substitutes):
    """Exchange names among those that a function sees: the notebook's or the script's, and those around it."""
    written = written_function(function)
    with contextlib.ExitStack() as exchanged:
        for name, substitute in substitutes.items() if written else ():
            exchanged.enter_context(_exchanged(written.__globals__, name, substitute))
        around = zip(written.__code__.co_freevars, written.__closure__ or (), strict=True) if written else ()
        for name, cell in around:
            if name in substitutes:
                exchanged.enter_context(_exchanged_cell(cell, substitutes[name]))
        yield


def written_function(function):
    """Find the function as it was written, under a decorator or in an object; None if it was not written in Python."""
    if isinstance(function, functools.partial):
        return written_function(function.func)
    if isinstance(function, types.MethodType):
        return written_function(function.__func__)
    if isinstance(function, types.FunctionType):
        return written_function(function.__wrapped__) if "__wrapped__" in vars(function) else function
    inner = type(function).__call__  # an object that can be called; of a built-in function it is not in Python
    return inner if isinstance(inner, types.FunctionType) else None


@contextlib.contextmanager
def _exchanged(names, name, value):
    missing = object()
    before = names.get(name, missing)
    names[name] = value
    try:
        yield
    finally:
        if before is missing:
            names.pop(name, None)
        else:
            names[name] = before


@contextlib.contextmanager
def _exchanged_cell(cell, value):
    try:
        before = cell.cell_contents
    except ValueError:  # nothing in it yet
        yield
        return
    cell.cell_contents = value
    try:
        yield
    finally:
        cell.cell_contents = before
