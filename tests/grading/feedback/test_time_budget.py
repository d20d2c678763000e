"""A cell that takes too long to format, or cannot be, is shown as it was typed, and the others of its page as ever."""

import pytest

from rnncourse.grading.feedback.cells import coloured
from rnncourse.grading.feedback.markdown import MAX_NESTING, Markdown, nesting
from rnncourse.grading.feedback.time_budget import AS_TYPED, TimeBudget

HOSTILE = ["\\begin{a}", "\\\\(", "<div>", "<b class=x>", "<details><summary>", "<p><a href=x>"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_cell_is_shown_as_it_was_typed_and_the_next_is_formatted(tmp_path, unit):
    markdown = Markdown(tmp_path, budget=TimeBudget(0.5))
    html = markdown.to_html(unit * (100_000 // len(unit)))
    assert "is shown as it was typed: it takes too long to format" in html and len(html) < 6 * AS_TYPED
    assert markdown.to_html("**right**") == "<p><strong>right</strong></p>\n"


def test_hostile_code_is_shown_as_it_was_typed():
    html, why = TimeBudget(0.5).formatted(coloured, "\n " * 50_000 + "<script>")
    assert "takes too long" in why and "<" not in html
    assert TimeBudget().formatted(coloured, "x = 1") == (coloured("x = 1"), None)


def test_a_failure_is_named():
    html, why = TimeBudget().formatted(lambda source: 1 / 0, "<b>")
    assert html == "&lt;b&gt;" and "cannot be formatted (ZeroDivisionError)" in why


def test_a_time_that_is_used_up_leaves_a_little_to_each(tmp_path):
    budget = TimeBudget(-1.0)
    assert budget.formatted(str.upper, "a") == ("A", None)


@pytest.mark.parametrize(
    "text, depth", [("", 0), ("<p>a</p><p>b</p>", 1), ("<ul><li>a<br>b<img src=x></li></ul>", 2), ("</p></p><b>", 1)]
)
def test_nesting_is_counted(text, depth):
    assert nesting(text) == depth


def test_ordinary_nesting_is_formatted(tmp_path):
    source = "<div>" * (MAX_NESTING - 1) + "deep" + "</div>" * (MAX_NESTING - 1)
    assert Markdown(tmp_path).to_html(source).count("<div>") == MAX_NESTING - 1
