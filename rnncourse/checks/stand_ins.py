"""Right functions that bear the names of a learner's own, while another function of the learner's runs."""

import contextlib
import functools
import inspect
import types

import numpy as np

from rnncourse.misconceptions import TEXTBOOK

LARGEST = 4096
"""Most entries of an array that a right function takes: it runs in the grader's process, and a student calls it."""


def helping(function, names):
    """The learner's function; while it runs, right functions bear the names of the learner's earlier ones.

    Parameters
    ----------
    function : callable
        One whose type has a method `with_stand_ins`, as a function in another process has, is asked to do it itself.
    names : sequence of str
        Exercises.

    Returns
    -------
    helped : callable
    """
    right = {name: right_one(name) for name in names}
    if hasattr(type(function), "with_stand_ins"):
        return function.with_stand_ins(right)

    def helped(*arguments):
        with _in_place(function, right):
            return function(*arguments)

    return helped


@functools.cache
def right_one(name):
    """The textbook's function of an exercise, with the learner's arguments, by place or by name, and no large ones."""
    from rnncourse.checks.exercises import EXERCISES  # late: exercises name one another

    exercise = EXERCISES[name]
    textbook = exercise.adapt(TEXTBOOK[name])
    parameters = [inspect.Parameter(one, inspect.Parameter.POSITIONAL_OR_KEYWORD) for one in exercise.arguments]
    signature = inspect.Signature(parameters)

    def right(*arguments, **options):
        values = signature.bind(*arguments, **options).args
        with np.errstate(all="ignore"):
            return textbook(*map(_small, values))

    right.__name__ = name
    return right


def _small(value):
    """An argument, if it is made of arrays and numbers of the size that an exercise has."""
    if isinstance(value, tuple) or (isinstance(value, list) and any(isinstance(one, np.ndarray) for one in value)):
        parts = [_small(one) for one in value[:100]]
        return type(value)._make(parts) if hasattr(value, "_make") else parts
    array = np.asarray(value)
    if array.dtype.kind not in "biuf" or array.size > LARGEST:
        raise ValueError(f"an argument is no array of numbers, or has more than {LARGEST} entries")
    return array[()]


@contextlib.contextmanager
def _in_place(function, right):
    """Exchange names among those that a function sees: the notebook's or the script's, and those around it."""
    written = _written(function)
    with contextlib.ExitStack() as exchanged:
        for name, one in right.items() if written else ():
            exchanged.enter_context(_exchanged(written.__globals__, name, one))
        around = zip(written.__code__.co_freevars, written.__closure__ or (), strict=True) if written else ()
        for name, cell in around:
            if name in right:
                exchanged.enter_context(_exchanged_cell(cell, right[name]))
        yield


def _written(function):
    """The function as it was written, under a decorator or in an object; None if it was not written in Python."""
    if isinstance(function, functools.partial):
        return _written(function.func)
    if isinstance(function, types.MethodType):
        return _written(function.__func__)
    if isinstance(function, types.FunctionType):
        return _written(function.__wrapped__) if "__wrapped__" in vars(function) else function
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
