"""Decode a message of the other side, which may be hostile: only what `encode` writes, once, and within a budget.

Decoding makes numbers, text, lists, tuples, dicts, numeric arrays, random generators and the parameter containers of
`rnncourse.notation`, and nothing else. It takes time and memory in proportion to the message, and to no number in it.
The frames are our own and no library's: what a hostile process may say is decided here, in one place, and the sandbox
shows its process NumPy and no further package.
"""

import json
import math
import re

import numpy as np

from rnncourse import notation
from rnncourse.grading.sandbox.protocol.encoding import MAX_BYTES, MAX_DEPTH, NUMERIC, ProtocolError, opaque

MAX_NODES = 1 << 18
"""Values in one message, with what they are made of."""
DEAR = 64
"""How many values one counts that takes a thousand bytes and more: a type, a generator."""
MAX_KEYS = 4096
"""Keys of all dicts in one message that are not text: anybody can find many of them that have one hash."""
MAX_DIGITS = 4300
FIELDS = {
    "tuple": {"$", "name", "v"},
    "dict": {"$", "k", "v"},
    "array": {"$", "d", "s", "b", "scalar"},
    "rng": {"$", "v"},
    "opaque": {"$", "name"},
    "function": {"$", "i"},
}
_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[{,:]')
_DTYPE = re.compile(r"[<>|][biufc][0-9]{1,2}")


def _refuse(why):
    """Raise the error for what no encoder writes."""
    raise ProtocolError(why)


def _demand(condition, why):
    """Refuse a message that does not fulfil a condition."""
    if not condition:
        _refuse(why)


def _node(pairs):
    """Make an object of JSON, which has few fields."""
    _demand(len(pairs) <= 5, "an object with more fields than there are")
    return dict(pairs)


def _whole(digits):
    """Make an integer of its digits, of which the time grows with the square."""
    _demand(len(digits) <= MAX_DIGITS, "an integer with too many digits")
    return int(digits)


def parse(head):
    """Parse the JSON of a message.

    Parameters
    ----------
    head : bytes

    Returns
    -------
    content : dict
        The tree `m`, and the lengths `b` of the buffers.
    """
    text = head.decode("ascii")
    if len(text) > 4 * MAX_NODES:  # else there cannot be so many: of what opens, parts and ends there is more than this
        for count, _ in enumerate(_STRUCTURE.finditer(text)):
            _demand(count <= 4 * MAX_NODES, "a message of too many values")
    content = json.loads(text, object_pairs_hook=_node, parse_int=_whole)
    _demand(isinstance(content, dict) and content.keys() == {"m", "b"}, "no message")
    return content


def split(lengths, body):
    """Split the second part of a message into its buffers: their lengths add up to it.

    Returns
    -------
    buffers : list of memoryview
    """
    _demand(isinstance(lengths, list) and all(type(length) is int and length >= 0 for length in lengths), "no lengths")
    _demand(sum(lengths) == len(body), "lengths that do not add up")
    buffers, start, whole = [], 0, memoryview(body)
    for length in lengths:
        buffers.append(whole[start : start + length])
        start += length
    return buffers


class Decoder:
    """Makes the value of one message.

    Parameters
    ----------
    buffers : list of buffer
        Each is used once, in order.
    function : callable, optional
        Makes a callable from its number; without it callables are refused.
    text : callable, optional
        Makes each text valid; without it text stays as it came.
    """

    def __init__(self, buffers, function=None, text=None):
        self._buffers, self._used = buffers, 0
        self._called, self._text = function, text or (lambda text: text)
        self._left, self._keys, self._names = MAX_NODES, MAX_KEYS, {}

    def message(self, node):
        """Decode a whole tree; raise `ProtocolError` for one that `encode` has not made."""
        value = self._value(node, 0)
        _demand(self._used == len(self._buffers), "a buffer that nothing uses")
        return value

    def _spend(self, nodes):
        """Take from the budget of values."""
        self._left -= nodes
        _demand(self._left >= 0, "a message of too many values")

    def _value(self, node, depth):
        """Decode a value."""
        self._spend(1)
        _demand(depth <= MAX_DEPTH, "nested more than 32 deep")
        if isinstance(node, str):
            return self._text(node)
        if isinstance(node, list):
            return [self._value(part, depth + 1) for part in node]
        if not isinstance(node, dict):
            return node
        kind = node.get("$")
        _demand(isinstance(kind, str) and node.keys() == FIELDS.get(kind), "an unknown kind")
        return getattr(self, f"_{kind}")(node, depth)

    def _list(self, node, depth):
        """Decode the list that a container has to have."""
        _demand(isinstance(node, list), "a container without a list")
        return [self._value(part, depth + 1) for part in node]

    def _tuple(self, node, depth):
        """Decode a tuple, or a parameter container of `rnncourse.notation`."""
        values, name = tuple(self._list(node["v"], depth)), node["name"]
        if name == "":
            return values
        container = vars(notation).get(name) if isinstance(name, str) else None
        _demand(isinstance(container, type) and issubclass(container, tuple), "an unknown container")
        _demand(len(values) == len(getattr(container, "_fields", ())), "a container of another length")
        return container(*values)

    def _dict(self, node, depth):
        """Decode a dict."""
        keys, values = self._list(node["k"], depth), self._list(node["v"], depth)
        self._keys -= sum(not isinstance(key, str) for key in keys)
        _demand(self._keys >= 0, "more than 4096 keys that are not text")
        _demand(all(map(_is_key, keys)) and len(keys) == len(values), "keys that cannot be")
        return dict(zip(keys, values, strict=True))

    def _array(self, node, depth):
        """Decode an array, or a NumPy scalar, of the bytes of a buffer."""
        shape, scalar = node["s"], node["scalar"]
        _demand(isinstance(node["d"], str) and _DTYPE.fullmatch(node["d"]), "an unknown dtype")
        dtype = np.dtype(node["d"])
        _demand(dtype.kind in NUMERIC and dtype.itemsize <= 32, "an unknown dtype")
        _demand(isinstance(shape, list) and len(shape) <= MAX_DEPTH, "no shape")
        _demand(all(type(size) is int and 0 <= size <= MAX_BYTES for size in shape), "no shape")
        _demand(math.prod(size or 1 for size in shape) * dtype.itemsize <= MAX_BYTES, "a shape of too many values")
        _demand(type(scalar) is bool and not (scalar and shape), "a scalar with a shape")
        _demand(type(node["b"]) is int and node["b"] == self._used < len(self._buffers), "a buffer out of its turn")
        buffer, self._used = self._buffers[self._used], self._used + 1
        _demand(len(buffer) == math.prod(shape) * dtype.itemsize, "a buffer that does not fit its shape")
        array = np.frombuffer(buffer, dtype).reshape(shape).copy()
        return array[()] if scalar else array

    def _rng(self, node, depth):
        """Decode a random generator."""
        self._spend(DEAR)
        state = self._list(node["v"], depth)
        _demand(len(state) == 4 and all(type(part) is int for part in state), "no state of a generator")
        _demand(all(0 <= part < 1 << bits for part, bits in zip(state, (128, 128, 1, 32), strict=True)), "no state")
        rng = np.random.Generator(np.random.PCG64(0))
        about = {"state": {"state": state[0], "inc": state[1]}, "has_uint32": state[2], "uinteger": state[3]}
        rng.bit_generator.state = {"bit_generator": "PCG64"} | about
        return rng

    def _opaque(self, node, depth):
        """Decode the name of a value that did not cross."""
        name = node["name"]
        _demand(isinstance(name, str), "no name")
        if name not in self._names:
            self._spend(DEAR)
            self._names[name] = opaque(self._text(name))
        return self._names[name]

    def _function(self, node, depth):
        """Decode a function that can be called back."""
        _demand(self._called is not None and type(node["i"]) is int, "a function where none may be")
        return self._called(node["i"])


def _is_key(key):
    """Tell whether a value may be a key: text, a number, nothing, or a short tuple of these."""
    parts = key if isinstance(key, tuple) and len(key) <= 8 else (key,)
    return all(part is None or type(part) in (str, int, float, bool) for part in parts)
