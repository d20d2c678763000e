"""A page's request is answered whatever the learner wrote, with the report that a notebook shows."""

import json

import pytest

from rnncourse import check
from rnncourse.checks.page import answer

SOFTMAX = """
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum({})
"""
GIVEN = ["import nothing_of_this_name\nimport numpy as np\nfrom rnncourse import check\n", "def broken(:", "1 / 0"]


def ask(code, exercise="softmax", **more):
    return json.loads(answer(json.dumps({"exercise": exercise, "code": code, "given": GIVEN, **more})))


def test_a_right_function_earns_all_points():
    found = ask(SOFTMAX.format("axis=-1, keepdims=True"), check=True)
    assert (found["points"], found["maximum"]) == (20, 20)
    assert "problem" not in found and found["printed"] == ""


def test_a_wrong_one_is_told_its_mistake_and_line_as_in_a_notebook():
    code = SOFTMAX.format("axis=0, keepdims=True")
    found = ask(code, check=True)
    namespace = {}
    exec("import numpy as np\n" + code, namespace)
    there = str(check.softmax(namespace["softmax"]))
    assert found["points"] < 20
    assert found["text"].split("\n")[0] == there.split("\n")[0]
    assert "return e / e.sum(axis=0, keepdims=True)" in found["text"]
    assert found["html"].count("<section") == 1


def test_running_shows_what_is_printed_and_the_last_value():
    found = ask("print('a')\nnp.arange(3)")
    assert found == {"printed": "a\narray([0, 1, 2])"}


@pytest.mark.parametrize(
    "code, said",
    [
        ("def softmax(z)\n    return z", "Line 1"),
        ("def softmax(z):\nreturn z", "Line 2"),
        ("x = 1\nx.nothing", "Line 2: x.nothing\nAttributeError"),
        ("def f(n): return f(n + 1)\nf(0)", "calls itself"),
        ("raise SystemExit", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("np.ones((10**7, 10**7))", "MemoryError"),
        ("x = 1", "There is no function softmax"),
        ("", "There is no function softmax"),
        ("softmax = 3", "There is no function softmax"),
        ("\x00", "null bytes"),
        ("print('\ud800')", "surrogates not allowed"),
        ("print('\\ud800')\nraise ValueError('\\ud800')", "ValueError"),
    ],
)
def test_what_stops_the_code_is_said_in_words(code, said):
    found = ask(code, check=True)
    assert said in found["problem"]
    assert "page.py" not in found["problem"] and "points" not in found


def test_a_long_output_is_cut_off():
    found = ask("print('x' * 10**6)\nfor i in range(10**5): print(i)")
    assert len(found["printed"]) < 21_000
    assert found["printed"].endswith("(the rest is not shown)")


def test_a_function_written_before_can_be_used():
    given = [*GIVEN, SOFTMAX.format("axis=-1, keepdims=True").replace("softmax", "mine")]
    found = json.loads(
        answer(json.dumps({"exercise": "softmax", "code": "softmax = mine", "given": given, "check": True}))
    )
    assert found["points"] == 20
