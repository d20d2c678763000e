"""Provide what a hostile student's process says: hypothesis draws a plan, and a cell plays it inside the sandbox.

A plan is short, and what it makes may be long: counts in it are expanded where it is played.
"""

import json

from hypothesis import strategies as st

PLAYER = """
import gc, json, os, struct, threading, time
import numpy as np
from rnncourse.grading.sandbox.protocol.channel import Channel
plan = json.loads(PLAN)
channel = [found for found in gc.get_objects() if isinstance(found, Channel)][0]
PARTS = {
    "nodes": lambda n: ([0] * n, [], b""),
    "lists": lambda n: ([[]] * n, [], b""),
    "keys": lambda n: ({"$": "dict", "k": list(range(n)), "v": [0] * n}, [], b""),
    "equal hash": lambda n: ({"$": "dict", "k": [k * (2**61 - 1) for k in range(n)], "v": [0] * n}, [], b""),
    "text": lambda n: ("\\ud800\\x1b[31m" * n, [], b""),
    "names": lambda n: ([{"$": "opaque", "name": f"n{k}"} for k in range(n)], [], b""),
    "generators": lambda n: ([{"$": "rng", "v": [k, 1, 0, 0]} for k in range(n)], [], b""),
    "empty arrays": lambda n: ([array(k, [0, 9]) for k in range(n)], [0] * n, b""),
    "one array": lambda n: (array(0, [n]), [8 * n], bytes(8 * n)),
    "no numbers": lambda n: (array(0, [n]), [8 * n], b"\\xff" * 8 * n),
    "huge shape": lambda n: (array(0, [n, 0]), [0], b""),
    "many axes": lambda n: (array(0, [1] * (n % 70)), [8], bytes(8)),
    "one buffer": lambda n: ([array(0, [4])] * n, [32], bytes(32)),
    "digits": lambda n: (int("7" * min(n, 4000)), [], b""),
}

def array(k, shape):
    return {"$": "array", "d": "<f8", "s": shape, "b": k, "scalar": False}

def dict_of(**fields):
    return {"$": "dict", "k": list(fields), "v": list(fields.values())}

def frame(tree, lengths, body, more=(0, 0)):
    head = json.dumps({"m": tree, "b": lengths}).encode()
    sizes = [max(len(part) + extra, 0) % 2**32 for part, extra in zip((head, body), more)]
    return struct.pack(">II", *sizes) + head + body

def nested(n):
    head = b'{"m":' + b"[" * n + b"]" * n + b',"b":[]}'
    return struct.pack(">II", len(head), 0) + head

def made(step):
    kind, *about = step
    if kind == "bytes":
        return bytes.fromhex(about[0]) * about[1]
    if kind == "tree":
        return frame(about[0], about[1], bytes.fromhex(about[2]), about[3])
    if kind == "nested":
        return nested(about[0])
    if kind == "answer":
        tree, lengths, body = PARTS[about[1]](about[2])
        return frame(dict_of(**{about[0]: tree}), lengths, body)
    if kind == "back":
        tree, lengths, body = PARTS[about[1]](about[2])
        return frame(dict_of(back=about[0], arguments=[tree] * about[3]), lengths, body)
    if kind == "product":
        n = about[1]
        rest = [array(0, [n, 0]), array(1, [n, 0]), array(2, [1])]
        return frame(dict_of(back=about[0], arguments=rest), [0, 0, 8], bytes(8))
    return frame(dict_of(**about[0]), [], b"")

def play():
    connection = channel.socket
    connection.settimeout(None)
    for step in plan["steps"]:
        if step[0] == "wait":
            time.sleep(step[1] / 1000)
        elif step[0] == "read":
            connection.recv(step[1])
        elif step[0] == "shut":
            connection.shutdown(step[1])
        else:
            said = made(step[2:]) * step[1]
            for start in range(0, len(said), step[0] or len(said) or 1):
                connection.sendall(said[start : start + (step[0] or len(said))])
    if plan["end"] == "exit":
        os._exit(len(plan["steps"]))
    while plan["end"] == "stall":
        time.sleep(1)
    while plan["end"] == "talk":
        connection.sendall(frame(dict_of(back=0), [], b""))
    if plan["end"] == "close":
        connection.close()

def rnn_step(*a):
    if plan["moment"] == "call":
        play()
    return 0

if plan["moment"] == "cell":
    play()
if plan["moment"] == "thread":
    threading.Thread(target=play).start()
"""
"""A cell that takes the connection over; `PLAN` stands for what `cell_of` fills in."""

FIELDS = ("outputs", "callable", "missing", "value", "arguments", "options", "printed", "late", "error", "says", "back")
PARTS = (
    *("nodes", "lists", "keys", "equal hash", "text", "names", "generators", "empty arrays", "one array"),
    *("no numbers", "huge shape", "many axes", "one buffer", "digits"),
)
LEAVES = st.none() | st.booleans() | st.integers(-9, 2**70) | st.floats() | st.text(max_size=6)
WORDS = st.sampled_from(["tuple", "dict", "array", "rng", "opaque", "function", "<f8", "|i1", "RNNParams", *FIELDS])
TREES = st.recursive(
    LEAVES | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["$", "name", "v", "k", "d", "s", "b", "scalar", "i"]), inner, max_size=5)
    ),
    max_leaves=15,
)
COUNTS = st.sampled_from([0, 1, 2, 7, 1000, 5000, 30_000, 300_000, 2_000_000])
LENGTHS = st.lists(st.integers(-9, 99), max_size=3) | TREES
SHIFTS = st.sampled_from([0, 0, 0, 1, -1, 8, -8, 2**24, 2**31])
FRAMES = st.one_of(
    st.tuples(st.just("bytes"), st.binary(max_size=24).map(bytes.hex), st.sampled_from([1, 100, 100_000])),
    st.tuples(st.just("tree"), TREES, LENGTHS, st.binary(max_size=40).map(bytes.hex), st.tuples(SHIFTS, SHIFTS)),
    st.tuples(st.just("nested"), COUNTS),
    st.tuples(st.just("answer"), st.sampled_from(FIELDS), st.sampled_from(PARTS), COUNTS),
    st.tuples(st.just("back"), st.integers(-1, 2), st.sampled_from(PARTS), COUNTS, st.integers(0, 4)),
    st.tuples(st.just("product"), st.integers(0, 1), COUNTS),
    st.tuples(st.just("plain"), st.dictionaries(st.sampled_from(FIELDS), LEAVES | TREES, max_size=4)),
)
SAYING = st.tuples(st.sampled_from([0, 0, 0, 1, 4096]), st.sampled_from([1, 1, 1, 2, 50]), FRAMES).map(
    lambda drawn: [drawn[0] if drawn[1] == 1 and drawn[2][0] != "bytes" else 0, drawn[1], *drawn[2]]
)
"""How many bytes go at a time (0: all), how often it is said, and what."""
ACTS = st.one_of(
    *[SAYING] * 5,
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 400])),
    st.tuples(st.just("read"), st.sampled_from([1, 8, 100])),
    st.tuples(st.just("shut"), st.sampled_from([0, 1, 2])),
)
PLANS = st.fixed_dictionaries(
    {
        "moment": st.sampled_from(["cell", "call", "thread"]),
        "steps": st.lists(ACTS, min_size=1, max_size=4),
        "end": st.sampled_from(["return"] * 8 + ["exit"] * 8 + ["close", "stall", "talk"]),
    }
)
EXAMPLES = [
    {"moment": moment, "steps": steps, "end": end}
    for moment, steps, end in (
        ("call", [[0, 1, "product", 0, 1000]], "return"),
        ("call", [[0, 1, "back", 1, "huge shape", 1000, 4]], "return"),
        ("call", [[0, 1, "answer", "value", "lists", 250_000]], "return"),
        ("call", [[0, 1, "answer", "value", "no numbers", 2_000_000]], "return"),
        ("call", [[0, 50, "answer", "printed", "text", 1000]], "exit"),
        ("cell", [[0, 1, "answer", "outputs", "text", 250_000]], "talk"),
    )
]
"""Plans that take most of the grader: they are tried each time."""


def cell_of(plan):
    """Write the cell that plays a plan."""
    return PLAYER.replace("PLAN", repr(json.dumps(plan)), 1)
