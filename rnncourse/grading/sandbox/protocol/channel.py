"""Carry what the grader and a student's process say: frames of JSON and raw numeric buffers, capped, never pickle."""

import json
import socket
import struct
import time

from rnncourse.grading.sandbox.protocol.decoding import Decoder, parse, split
from rnncourse.grading.sandbox.protocol.encoding import MAX_BYTES, encode, too_long

_LENGTHS = struct.Struct(">II")


class Channel:
    """A socket that carries messages. An interrupted `receive` may be taken up again: nothing that came is lost.

    Parameters
    ----------
    connection : socket.socket
    functions : callable, optional
        Makes a callable from its number, on the side that may call back.
    text : callable, optional
        Makes each text valid that comes, on the side of the grader.
    """

    def __init__(self, connection, functions=None, text=None):
        self.socket, self._functions, self._text = connection, functions, text
        self._came = bytearray()

    def send(self, message, function=None, seconds=None):
        """Send a message, whole or not at all as far as the other side can tell."""
        buffers = []
        tree = encode(message, buffers, function)
        head = json.dumps({"m": tree, "b": [len(buffer) for buffer in buffers]}).encode()
        body = b"".join(buffers)
        if max(len(head), len(body)) > MAX_BYTES:
            raise too_long(max(len(head), len(body)))
        self.socket.settimeout(seconds)
        self.socket.sendall(_LENGTHS.pack(len(head), len(body)) + head + body)

    def receive(self, seconds=None):
        """Receive the next message.

        Raises
        ------
        TimeoutError, EOFError, ProtocolError
            Or another error, for bytes that are not a message: treat every error alike.
        """
        end = None if seconds is None else time.monotonic() + seconds
        self._fill(_LENGTHS.size, end)
        head, body = _LENGTHS.unpack_from(self._came)
        if max(head, body) > MAX_BYTES:
            raise too_long(max(head, body))
        self._fill(_LENGTHS.size + head + body, end)
        frame = bytes(self._came[_LENGTHS.size : _LENGTHS.size + head + body])
        del self._came[: _LENGTHS.size + head + body]
        content = parse(frame[:head])
        return Decoder(split(content["b"], frame[head:]), self._functions, self._text).message(content["m"])

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
