"""Encode what the grader and a student's process say: a JSON tree and raw numeric buffers, within limits.

What is none of the known kinds crosses as its type's name, an `Opaque`. This module and `decoding` are used on both
sides, so they import nothing of the package but `rnncourse.notation`.
"""

import numpy as np

from rnncourse import notation

MAX_BYTES = 16 << 20
"""No message is longer, in either of its two parts."""
MAX_DEPTH = 32
NUMERIC = "biufc"


class ProtocolError(Exception):
    """A message that is too long, or that is not what this package writes.

    Parameters
    ----------
    says : str
        One of the package's messages. The grader translates it: the sandbox has no catalogue of them.
    **parts : int
        What the message has in braces.
    """

    def __init__(self, says, **parts):
        super().__init__(says.format(**parts) if parts else says)
        self.says, self.parts = says, parts


def too_long(size):
    """Make the refusal of a message by its size in bytes."""
    megabytes = {"size": size >> 20, "most": MAX_BYTES >> 20}
    return ProtocolError("a message of {size} MB; at most {most} MB may cross", **megabytes)


class Opaque:
    """Stands for a value that does not cross; a subclass bears the name of the value's type."""

    def __repr__(self):
        return f"<{type(self).__name__}>"


def opaque(name):
    """Make an `Opaque` whose type is called `name`."""
    return type(name if name.isidentifier() and len(name) <= 80 else "object", (Opaque,), {})()


def encode(value, buffers, function=None, depth=0):
    """Turn a value into a JSON tree; the bytes of its arrays are appended to `buffers`, in the order of the tree.

    Parameters
    ----------
    value : object
    buffers : list of bytes
    function : callable, optional
        Gives a number to a callable, by which the other side calls back; without it callables are opaque.
    """
    if depth > MAX_DEPTH:
        raise ProtocolError("nested more than 32 deep")
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, dict):
        keys = _all(value, buffers, function, depth)
        return {"$": "dict", "k": keys, "v": _all(value.values(), buffers, function, depth)}
    if isinstance(value, list):
        return _all(value, buffers, function, depth)
    if isinstance(value, tuple):
        known = type(value).__module__ == notation.__name__
        return {"$": "tuple", "name": type(value).__name__ if known else "", "v": _all(value, buffers, function, depth)}
    if isinstance(value, np.random.Generator) and isinstance(value.bit_generator, np.random.PCG64):
        state = value.bit_generator.state
        return {"$": "rng", "v": [*state["state"].values(), state["has_uint32"], state["uinteger"]]}
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype.kind in NUMERIC:
            buffers.append(array.tobytes())
            scalar = isinstance(value, np.generic)
            return {"$": "array", "d": array.dtype.str, "s": array.shape, "b": len(buffers) - 1, "scalar": scalar}
    if function is not None and callable(value):
        return {"$": "function", "i": function(value)}
    return {"$": "opaque", "name": type(value).__name__}


def _all(values, buffers, function, depth):
    """Encode each of some values, one level deeper."""
    return [encode(part, buffers, function, depth + 1) for part in list(values)]
