"""Whatever comes, decoding gives a value that `encode` could have sent, or one kind of error, within its budget."""

import json
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rnncourse.grading.sandbox.protocol.decoding import MAX_KEYS, MAX_NODES, Decoder, parse, split
from rnncourse.grading.sandbox.protocol.encoding import MAX_BYTES, MAX_DEPTH, ProtocolError, encode
from rnncourse.grading.text import valid

NUMBERS = st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
KEYS = st.text(max_size=5) | st.integers() | st.tuples(st.integers(), st.text(max_size=2))
ARRAYS = arrays.arrays(
    arrays.scalar_dtypes().filter(lambda dtype: dtype.kind in "biufc"), arrays.array_shapes(min_dims=0, min_side=0)
)
VALUES = st.recursive(
    NUMBERS | st.text(max_size=10) | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=12,
)


def encoded(value):
    """Encode a value as `Channel.send` does: both parts of a frame."""
    buffers = []
    tree = encode(value, buffers)
    return json.dumps({"m": tree, "b": list(map(len, buffers))}).encode(), b"".join(buffers)


def decoded(head, body):
    """Decode both parts of a frame as the grader does."""
    content = parse(head)
    return Decoder(split(content["b"], body), text=valid).message(content["m"])


def framed(tree, lengths=(), body=b""):
    return json.dumps({"m": tree, "b": list(lengths)}).encode(), body


def array(number=0, shape=(1,), dtype="<f8", scalar=False):
    return {"$": "array", "d": dtype, "s": list(shape), "b": number, "scalar": scalar}


def same(one, other):
    """Tell whether two values are the same, arrays and all."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


@given(VALUES)
def test_what_is_encoded_is_decoded(value):
    content = parse(encoded(value)[0])
    assert same(Decoder(split(content["b"], encoded(value)[1])).message(content["m"]), value)


JSON = st.recursive(
    NUMBERS | st.text(max_size=6) | st.sampled_from(["tuple", "dict", "array", "rng", "opaque", "function", "<f8"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["$", "name", "v", "k", "d", "s", "b", "scalar", "i", "x"]), inner, max_size=5
        )
    ),
    max_leaves=30,
)


def attempt(head, body):
    """Decode what may be anything: a value, or an error of the kinds that mean that it is no message."""
    try:
        value = decoded(head, body)
    except (ProtocolError, ValueError, RecursionError):
        return
    json.dumps(encode(value, []), ensure_ascii=False).encode()


@pytest.mark.parametrize("cases", [100, pytest.param(2000, marks=pytest.mark.slow)])
def test_no_bytes_and_no_tree_do_more_than_raise(cases):
    @settings(max_examples=cases, deadline=None)
    @given(JSON, st.lists(st.integers(-9, 99), max_size=3) | JSON, st.binary(max_size=40))
    def trees(tree, lengths, body):
        attempt(json.dumps({"m": tree, "b": lengths}).encode(), body)

    @settings(max_examples=cases, deadline=None)
    @given(VALUES, st.data())
    def broken(value, data):
        head, body = encoded(value)
        at = data.draw(st.integers(0, len(head)))
        upto = data.draw(st.integers(at, min(at + 5, len(head))))
        attempt(head[:at] + data.draw(st.binary(max_size=5)) + head[upto:], body[data.draw(st.integers(0, 3)) :])

    trees()
    broken()


EQUAL_HASH = [number * (2**61 - 1) for number in range(MAX_KEYS + 1)]
REFUSED = {
    "a buffer named twice": framed([array(), array()], [8], bytes(8)),
    "a buffer out of its turn": framed([array(1), array(0)], [8, 8], bytes(16)),
    "a buffer that nothing uses": framed([], [8], bytes(8)),
    "negative lengths": framed([array(), array(1)], [16, -8], bytes(8)),
    "lengths that overlap": framed([array(), array(1)], [8, 8], bytes(8)),
    "lengths that are true": framed([array(0, (1,), "|i1")], [True], bytes(1)),
    "nothing, of a huge shape": framed(array(0, (0, 2**40)), [0]),
    "nothing, of a shape whose product is huge": framed(array(0, (0, 2**20, 2**20)), [0]),
    "many dimensions": framed(array(0, (1,) * 64), [8], bytes(8)),
    "a negative shape": framed(array(0, (-1,)), [8], bytes(8)),
    "a scalar with a shape": framed(array(0, (2,), scalar=True), [16], bytes(16)),
    "objects": framed(array(0, (1,), "|O8"), [8], bytes(8)),
    "more values than may be": framed([0] * MAX_NODES),
    "600,000 objects": framed([{}] * 600_000),
    "many types": framed([{"$": "opaque", "name": f"n{number}"} for number in range(5000)]),
    "many generators": framed([{"$": "rng", "v": [1, 1, 0, 0]}] * 5000),
    "keys of one hash": framed({"$": "dict", "k": EQUAL_HASH, "v": EQUAL_HASH}),
    "a key that cannot be": framed({"$": "dict", "k": [[1]], "v": [1]}),
    "keys without values": framed({"$": "dict", "k": ["a", "b"], "v": [1]}),
    "a generator out of its range": framed({"$": "rng", "v": [-1, 2**300, 0, 0]}),
    "a deep list": (b'{"m":' + b"[" * 100 + b"]" * 100 + b',"b":[]}', b""),
    "a deeper one": (b'{"m":' + b"[" * 10**6, b""),
    "a long integer": (b'{"m":' + b"1" * 10**6 + b',"b":[]}', b""),
    "fields without end": (b'{"m":{' + b",".join(b'"%d":0' % number for number in range(1000)) + b'},"b":[]}', b""),
    "letters beyond ASCII": ('{"m":"\u00e9","b":[]}'.encode(), b""),
    "a container of another length": framed({"$": "tuple", "name": "RNNParams", "v": [1]}),
}


@pytest.mark.parametrize("head, body", REFUSED.values(), ids=REFUSED)
def test_what_amplifies_is_refused_in_little_memory(head, body):
    tracemalloc.start()
    try:
        with pytest.raises((ProtocolError, ValueError, RecursionError)):
            decoded(head, body)
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_BYTES
    finally:
        tracemalloc.stop()


def test_text_is_made_valid_where_it_enters():
    value = decoded(*framed({"$": "dict", "k": ["\ud800"], "v": [["\x1b[31mred", {"$": "opaque", "name": "\udc00"}]]}))
    assert list(value) == ["\ufffd"] and value["\ufffd"][0] == "red"
    assert type(value["\ufffd"][1]).__name__ == "object"


def test_the_numbers_that_messages_name_are_those_that_hold():
    assert (MAX_BYTES >> 20, MAX_DEPTH, MAX_KEYS) == (16, 32, 4096)
