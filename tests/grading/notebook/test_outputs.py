"""What a process says that it has shown is kept up to a limit for its cell and its notebook, whatever it counted."""

import pytest

from rnncourse.grading.notebook.outputs import OutputBudget, cell_full, notebook_full
from rnncourse.grading.sandbox.limits import Limits

LIMITS = Limits(output_bytes=5000, notebook_output_bytes=12_000)


def text(made):
    return [output.get("text", output.get("data")) for output in made]


def test_what_fits_is_kept_as_it_is():
    shown = [
        {"kind": "stdout", "text": "a"},
        {"kind": "stderr", "text": "b"},
        {"kind": "result", "data": {"text/plain": "3", "text/html": "<b>3</b>"}},
        {"kind": "display", "data": {"image/png": "AAAA"}},
        {"kind": "error", "name": "E", "value": "no", "traceback": "one\ntwo"},
    ]
    a, b, result, display, error = OutputBudget(LIMITS).outputs(shown, 7)
    assert (a.name, a.text, b.name, b.text) == ("stdout", "a", "stderr", "b")
    assert result.data == {"text/plain": "3"} and result.execution_count == 7
    assert display.data == {"image/png": "AAAA"}
    assert (error.ename, error.evalue, error.traceback) == ("E", "no", ["one", "two"])


@pytest.mark.parametrize(
    "flood",
    [
        [{"kind": "display", "data": {"image/png": "A" * 4000}}] * 9,
        [{"kind": "stdout", "text": "x" * 10**6}],
        [{"kind": "error", "name": "E", "value": "", "traceback": "x" * 10**6}],
        [{"kind": "error", "name": "E", "value": "", "traceback": "\n" * 10**5}],
        [{"kind": "stdout", "text": ""}] * 1000,
        [{}] * 1000,
    ],
)
def test_a_cell_that_shows_more_is_cut_off_with_a_note(flood):
    made = OutputBudget(LIMITS).outputs(flood, 1)
    assert made[-1].text == cell_full() and len(str(made)) < 12_000


def test_a_notebook_that_shows_more_is_cut_off_with_one_note():
    budget, picture = OutputBudget(LIMITS), {"kind": "display", "data": {"image/png": "A" * 4000}}
    made = [budget.outputs([picture], count) for count in range(1, 41)]
    assert [len(outputs) for outputs in made] == [1, 1, 1, 1] + [0] * 36
    assert made[3][0].text == notebook_full()
    assert sum(len(str(outputs)) for outputs in made) < 14_000


def test_fields_of_any_type_are_text():
    shown = [{"kind": ["x"], "text": {"a": 1}}, {"kind": "result", "data": 3}, {"kind": "error", "traceback": None}]
    stream, result, error = OutputBudget(LIMITS).outputs(shown, 1)
    assert stream.text == "{'a': 1}" and result.data == {} and error.traceback == ["None"]
