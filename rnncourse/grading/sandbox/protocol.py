"""Encode and decode what the grader and a student's process say: JSON and raw numeric buffers, capped, never pickle.

Decoding makes numbers, text, lists, tuples, dicts, numeric arrays, random generators and the parameter containers of
`rnncourse.notation`, and nothing else. What is none of these crosses as its type's name, an `Opaque`.
This module is used on both sides, so it imports nothing of the package but `rnncourse.notation`. The frames are our own
and no library's: what a hostile process may say is decided here, in one place, and the sandbox shows its process NumPy
and no further package.
"""

import json
import socket
import struct
import time

import numpy as np

from rnncourse import notation

MAX_BYTES = 16 << 20
"""No message is longer, in either of its two parts."""
MAX_DEPTH = 32
_LENGTHS = struct.Struct(">II")
_NUMERIC = "biufc"


class ProtocolError(Exception):
    """A message that is too long, or that is not what this module writes."""


class Opaque:
    """Stands for a value that does not cross; a subclass bears the name of the value's type."""

    def __repr__(self):
        return f"<{type(self).__name__}>"


def opaque(name):
    """Make an `Opaque` whose type is called `name`."""
    return type(name if name.isidentifier() and len(name) <= 80 else "object", (Opaque,), {})()


def encode(value, buffers, function=None, depth=0):
    """Turn a value into a JSON tree; the bytes of its arrays are appended to `buffers`.

    Parameters
    ----------
    value : object
    buffers : list of bytes
    function : callable, optional
        Gives a number to a callable, by which the other side calls back; without it callables are opaque.
    """
    if depth > MAX_DEPTH:
        raise ProtocolError(f"nested more than {MAX_DEPTH} deep")
    inner = [encode(part, buffers, function, depth + 1) for part in _parts(value)]
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, list):
        return inner
    if isinstance(value, tuple):
        known = type(value).__module__ == notation.__name__
        return {"$": "tuple", "name": type(value).__name__ if known else "", "v": inner}
    if isinstance(value, dict):
        return {"$": "dict", "v": inner}
    if isinstance(value, np.random.Generator) and isinstance(value.bit_generator, np.random.PCG64):
        return {"$": "rng", "v": value.bit_generator.state}
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype.kind in _NUMERIC:
            buffers.append(array.tobytes())
            scalar = isinstance(value, np.generic)
            return {"$": "array", "d": array.dtype.str, "s": array.shape, "b": len(buffers) - 1, "scalar": scalar}
    if function is not None and callable(value):
        return {"$": "function", "i": function(value)}
    return {"$": "opaque", "name": type(value).__name__}


def _parts(value):
    """List the parts of a container; none for any other value."""
    if isinstance(value, dict):
        return list(value.items())
    return list(value) if isinstance(value, (list, tuple)) else []


def decode(node, buffers, function=None):
    """Make the value of a JSON tree. `function` makes a callable from its number; without it callables are refused.

    Raises
    ------
    ProtocolError, or another error for a tree that `encode` has not made: treat every error alike.
    """
    if isinstance(node, list):
        return [decode(part, buffers, function) for part in node]
    if not isinstance(node, dict):
        return node
    kind = node["$"]
    if kind == "tuple":
        values = tuple(decode(node["v"], buffers, function))
        return _named(node["name"], values) if node["name"] else values
    if kind == "dict":
        return dict(decode(node["v"], buffers, function))
    if kind == "array":
        return _array(node, buffers[node["b"]])
    if kind == "rng":
        rng = np.random.Generator(np.random.PCG64())
        rng.bit_generator.state = node["v"]
        return rng
    if kind == "opaque":
        return opaque(node["name"])
    if kind == "function" and function is not None:
        return function(int(node["i"]))
    raise ProtocolError(f"unknown kind {kind!r:.40}")


def _named(name, values):
    """Make a parameter container of `rnncourse.notation`."""
    container = vars(notation).get(name)
    if not (isinstance(container, type) and issubclass(container, tuple)):
        raise ProtocolError(f"unknown container {name!r:.40}")
    return container(*values)


def _array(node, buffer):
    """Make an array, or a NumPy scalar, of the bytes of a buffer."""
    dtype = np.dtype(node["d"])
    if dtype.kind not in _NUMERIC or dtype.itemsize > 32:
        raise ProtocolError(f"dtype {dtype}")
    array = np.frombuffer(buffer, dtype).reshape(node["s"]).copy()  # an error if the sizes do not fit
    return array[()] if node["scalar"] else array


class Channel:
    """A socket that carries messages. An interrupted `receive` may be taken up again: nothing that came is lost."""

    def __init__(self, connection, functions=None):
        self.socket = connection
        self.functions = functions  # makes a callable from a number, on the side that may call back
        self._came = bytearray()

    def send(self, message, function=None, seconds=None):
        """Send a message, whole or not at all as far as the other side can tell."""
        buffers = []
        tree = encode(message, buffers, function)
        head = json.dumps({"m": tree, "b": [len(buffer) for buffer in buffers]}).encode()
        body = b"".join(buffers)
        if max(len(head), len(body)) > MAX_BYTES:
            raise ProtocolError(
                f"a message of {max(len(head), len(body)) >> 20} MB; at most {MAX_BYTES >> 20} MB may cross"
            )
        self.socket.settimeout(seconds)
        self.socket.sendall(_LENGTHS.pack(len(head), len(body)) + head + body)

    def receive(self, seconds=None):
        """Receive the next message.

        Raises
        ------
        TimeoutError, EOFError, ProtocolError
            Or another error, for bytes that are not a message.
        """
        end = None if seconds is None else time.monotonic() + seconds
        self._fill(_LENGTHS.size, end)
        head, body = _LENGTHS.unpack_from(self._came)
        if max(head, body) > MAX_BYTES:
            raise ProtocolError(f"a message of {max(head, body) >> 20} MB; at most {MAX_BYTES >> 20} MB may cross")
        self._fill(_LENGTHS.size + head + body, end)
        frame = bytes(self._came[_LENGTHS.size : _LENGTHS.size + head + body])
        del self._came[: _LENGTHS.size + head + body]
        content, buffers, start = json.loads(frame[:head]), [], head
        for length in content["b"]:
            buffers.append(frame[start : start + length])
            start += length
        return decode(content["m"], buffers, self.functions)

    def _fill(self, wanted, end):
        """Receive until so many bytes have come, or the time `end` has."""
        while len(self._came) < wanted:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            self.socket.settimeout(left)
            piece = self.socket.recv(min(wanted - len(self._came), 1 << 20))
            if not piece:
                raise EOFError
            self._came += piece

    def close(self):
        """Close the socket."""
        self.socket.close()


def pair():
    """Make two connected sockets."""
    return socket.socketpair()
