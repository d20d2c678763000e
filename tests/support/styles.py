"""Share what the tests of styles need: a right answer passes, however it is written and however it is packed."""

import numpy as np
import pytest

from rnncourse import check


def every(styles):
    """List a test case for each style: `styles` maps an exercise to its right answers by name."""
    return [
        pytest.param(name, way, id=f"{name}-{style}") for name, ways in styles.items() for style, way in ways.items()
    ]


def assert_right(name, way):
    """Assert full points and no message, on the public probes and on others."""
    for seed in (None, 1, 2):
        result = check.check(name, way, seed)
        assert result.passed and not result.messages, str(result)


def each(change, value):
    """Apply a change to every array of an answer, however deep it lies."""
    if hasattr(value, "_fields"):
        return type(value)(*(each(change, entry) for entry in value))
    if isinstance(value, tuple | list):
        return type(value)(each(change, entry) for entry in value)
    return change(value) if np.ndim(value) else value


def packed(right):
    """Pack the same right answer in other containers: no other arithmetic, but what learners hand back."""
    ways = {
        "nested lists": lambda a: a.tolist(),
        "Fortran order": np.asfortranarray,
        "reversed views": lambda a: np.ascontiguousarray(a[::-1])[::-1],
        "read-only": lambda a: np.broadcast_to(a, a.shape),
    }

    def pack(change):
        return lambda *arguments: each(change, each(np.asarray, right(*arguments)))

    return {style: pack(change) for style, change in ways.items()}


def single(right):
    """Run the same right answer in float32 throughout."""
    lower = lambda a: a.astype(np.float32) if a.dtype.kind == "f" else a  # noqa: E731
    return lambda *arguments: each(lower, right(*each(lower, list(arguments))))
