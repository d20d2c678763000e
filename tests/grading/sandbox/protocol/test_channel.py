"""What crosses between grader and student, and what does not."""

import json
import socket
import struct
import threading

import numpy as np
import pytest

from rnncourse.grading.sandbox.protocol import channel, encoding
from rnncourse.grading.sandbox.protocol.channel import Channel
from rnncourse.notation import RNNParams


@pytest.fixture
def ends():
    """Two connected channels."""
    ours, theirs = channel.pair()
    yield Channel(ours), Channel(theirs)
    ours.close(), theirs.close()


def crossed(ends, value):
    """A value after it has crossed."""
    ends[0].send({"value": value}, seconds=5)
    return ends[1].receive(5)["value"]


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -1.5, 2**200, float("inf"), "μ \U0001f600", [1, [2, "x"]], (1, (2.5, None)), {"a": 1, 2: [3]}],
    ids=str,
)
def test_plain_values_come_as_they_went(ends, value):
    came = crossed(ends, value)
    assert came == value and type(came) is type(value)


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i4", "u1", "?", "c16", ">f8"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3, 4)])
def test_arrays_come_with_dtype_and_shape(ends, dtype, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    came = crossed(ends, array)
    assert type(came) is np.ndarray and came.dtype == array.dtype and came.shape == shape
    assert np.array_equal(came, array) and came.flags.writeable


def test_nan_a_view_and_a_scalar_come(ends):
    assert np.isnan(crossed(ends, np.float64("nan"))) and isinstance(crossed(ends, np.float32(2)), np.float32)
    array = np.arange(12.0).reshape(3, 4)
    assert np.array_equal(crossed(ends, array.T[::2]), array.T[::2])


def test_a_subclass_comes_as_a_plain_array(ends):
    came = crossed(ends, np.eye(2).view(np.matrix))
    assert type(came) is np.ndarray


def test_parameters_come_as_parameters(ends):
    params = RNNParams(np.eye(2), np.ones((2, 2)), np.zeros(2))
    came = crossed(ends, params)
    assert type(came) is RNNParams and all(np.array_equal(a, b) for a, b in zip(came, params, strict=True))


def test_a_generator_comes_in_its_state(ends):
    rng = np.random.default_rng(5)
    rng.random(3)
    came = crossed(ends, rng)
    assert np.array_equal(came.random(4), rng.random(4))


@pytest.mark.parametrize("value", [object(), len, {1, 2}, b"x", np.array([1, "a"], dtype=object), np.array("text")])
def test_what_does_not_cross_leaves_its_name(ends, value):
    came = crossed(ends, value)
    assert isinstance(came, encoding.Opaque) and type(came).__name__ == type(value).__name__


def test_nothing_is_unpickled(ends):
    class Bomb:
        def __reduce__(self):
            return exec, ("raise SystemExit",)

    assert isinstance(crossed(ends, Bomb()), encoding.Opaque)


def test_too_deep_and_too_large_values_are_refused(ends):
    deep = []
    deep.append(deep)
    with pytest.raises(encoding.ProtocolError, match="nested more than 32 deep"):
        ends[0].send(deep)
    with pytest.raises(encoding.ProtocolError, match="a message of 17 MB; at most 16 MB may cross"):
        ends[0].send(np.zeros(17 << 20, np.uint8))


def test_a_long_message_comes_whole(ends):
    array = np.random.default_rng(0).random(1_500_000)
    sender = threading.Thread(target=ends[0].send, args=(array,))
    sender.start()
    assert np.array_equal(ends[1].receive(20), array)
    sender.join()


def test_an_interrupted_wait_loses_nothing(ends):
    head = json.dumps({"m": [1, 2], "b": []}).encode()
    frame = struct.pack(">II", len(head), 0) + head
    ends[0].socket.sendall(frame[:11])
    with pytest.raises(TimeoutError):
        ends[1].receive(0.05)
    ends[0].socket.sendall(frame[11:])
    assert ends[1].receive(5) == [1, 2]


def test_a_closed_end_is_noticed(ends):
    ends[0].close()
    with pytest.raises(EOFError):
        ends[1].receive(5)


@pytest.mark.parametrize(
    "tree",
    [
        {"$": "array", "d": "O", "s": [1], "b": 0, "scalar": False},
        {"$": "array", "d": "f8", "s": [100], "b": 0, "scalar": False},
        {"$": "array", "d": "f8", "s": [-1, 1], "b": 7, "scalar": False},
        {"$": "tuple", "name": "NamedTuple", "v": []},
        {"$": "tuple", "name": "Any", "v": []},
        {"$": "rng", "v": {"bit_generator": "MT19937"}},
        {"$": "function", "i": 0},
        {"$": "eval", "v": "1"},
        {"v": 1},
    ],
    ids=str,
)
def test_what_no_encoder_writes_is_an_error(ends, tree):
    head = json.dumps({"m": tree, "b": [8]}).encode()
    ends[0].socket.sendall(struct.pack(">II", len(head), 8) + head + b"\0" * 8)
    with pytest.raises(Exception):  # noqa: B017  (any error will do: `remote` treats them alike)
        ends[1].receive(5)


def test_a_false_length_is_not_waited_for(ends):
    ends[0].socket.sendall(struct.pack(">II", 1 << 31, 0))
    with pytest.raises(encoding.ProtocolError, match="at most 16 MB"):
        ends[1].receive(5)


def test_functions_cross_as_numbers_where_that_is_asked_for():
    ours, theirs = socket.socketpair()
    sender, receiver = Channel(ours), Channel(theirs, functions=lambda number: lambda: number)
    sender.send([len], function=lambda one: 7)
    assert receiver.receive(5)[0]() == 7
    ours.close(), theirs.close()
