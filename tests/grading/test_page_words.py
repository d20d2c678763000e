"""Everything that a page of feedback or of a report says is a message, and names of students go through as they are."""

import re
from html.parser import HTMLParser

import nbformat
import pytest
from support.bracketed_language import bracketed_language, unsaid
from support.report_sample import sample
from support.term_sample import reports

from rnncourse.grading.deadlines.lateness import said
from rnncourse.grading.deadlines.policy import LatePolicy
from rnncourse.grading.feedback.exporter import _page
from rnncourse.grading.notebook import findings
from rnncourse.grading.report.model import Report
from rnncourse.grading.report.page import as_page
from rnncourse.grading.report.term import Term
from rnncourse.grading.report.term_page import as_page as term_page
from rnncourse.grading.similarity.gather import Handed
from rnncourse.grading.similarity.page import as_page as similarity_page
from rnncourse.grading.similarity.pairs import find_pairs

TITLES = {"Structure", "The", "recurrence"}
"""Of the book, which the checks' reports say."""


class Texts(HTMLParser):
    """Collects the texts of a page and of its attributes that are read out; not code, and not pictures."""

    def __init__(self):
        super().__init__()
        self.texts, self._inside = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "br", "img", "path", "use", "rect", "hr"):
            self._inside.append(tag)
        self.texts += [value for name, value in attributes if name in ("aria-label", "alt") and value]

    def handle_endtag(self, tag):
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"style", "code", "pre", "svg"} & set(self._inside):
            self.texts.append(data)


def words_outside(page, data):
    """List the words of a page that no message holds, without what is data."""
    texts = Texts()
    texts.feed(page)
    found = " ".join(texts.texts)
    for each in sorted(data, key=len, reverse=True):
        found = found.replace(each, " ")
    return unsaid(found)


def names_of(report):
    """Collect what a report holds that is no message: names, titles, and what findings say."""
    data = {report.title, report.problem_set, *report.ungraded, *report.absent}
    for student in report.students:
        data |= {student.id, student.name, *(why for *_, why in student.problems), *student.feedback}
        data |= {mistake[key] for _, mistake in student.mistakes for key in ("label", "says")}
    return data | {exercise.name for exercise in report.exercises}


@pytest.mark.parametrize("kind", ["sample", "several", "empty"])
def test_a_report_says_all_in_messages(kind):
    report = {
        "sample": sample(),
        "several": sample(["a", "b"], ("n", "m")),
        "empty": Report("ps", "Title", sample().exercises, ()),
    }[kind]
    with bracketed_language():
        page = as_page(report)
    assert 'lang="zh-CN"' in page and "⟦Students ({count})⟧".replace("{count}", str(len(report.students))) in page
    left = set(words_outside(page, names_of(report)))
    assert not left - TITLES, left
    for student in report.students[:3]:
        assert re.sub("<.*", "", student.id) in page


def test_a_term_says_all_in_messages():
    made = reports()
    with bracketed_language():
        page = term_page(Term(made), anonymous=True)
    data = set().union(*map(names_of, made)) | {"ps1", "ps3", "ps5"}
    assert not set(words_outside(page, data)) - TITLES
    assert "⟦handed in nothing for ps3_bptt⟦ and ⟧ps5_lstm⟧" in page


def test_a_page_of_pairs_says_all_in_messages():
    source = (
        "def f(a):\n    # my very own words\n    my_sum = a + 1\n    my_other = my_sum * 2\n    return my_other - a"
    )
    cells = {name: {"f": source} for name in ("ada", "bob")} | {
        "cy": {"f": "def f(a):\n    return a"},
        "dan": {"f": "("},
    }
    handed = Handed("ps1_forward", cells, {"f": []})
    with bracketed_language():
        page = similarity_page(handed, find_pairs(handed))
    assert not set(words_outside(page, {"ps1_forward", "ada", "bob"}))


def test_feedback_says_all_in_messages():
    shown = {
        findings.MIME: {"mistakes": [{"label": "no-b_h", "says": "SAYS", "see": "01_structure"}], "keeps_part": True}
    }
    about = {"grade_id": "check-f", "grade": True, "points": 5.0, "score": 2.0, "locked": True}
    check = nbformat.v4.new_code_cell("check.f(f)", metadata={"nbgrader": about})
    check.outputs = [nbformat.v4.new_output("display_data", data=shown | {"text/plain": "x", "text/html": ""})]
    own = {"grade_id": "f", "solution": True, "comment": "COMMENT"}
    answer = nbformat.v4.new_code_cell("f = 1", metadata={"nbgrader": own})
    answer.outputs = [nbformat.v4.new_output("stream", text="\n".join(map(str, range(99))))]
    text = nbformat.v4.new_markdown_cell("$$x$$ ![](attachment:none.png)")
    notebook = nbformat.v4.new_notebook(cells=[text, answer, check])
    with bracketed_language():
        late = said(90_000.0, 2.0, policy=LatePolicy(10), expected=2.0)
        known = {
            "notebook": "NAME",
            "student": "ada <b>",
            "score": 2.0,
            "max_score": 5.0,
            "lateness": late,
            "late_penalty": 2.0,
        }
        page = _page(notebook, {"nbgrader": known, "metadata": {"path": ""}})
    left = set(words_outside(page, {"NAME", "ada <b>", "COMMENT", "SAYS", "no-b_h"}))
    assert not left - TITLES, left
    assert "ada &lt;b&gt;" in page and "<b>⧼" not in page
    assert "⟦... 49 lines left out ...⟧" in page and "⟦1 day⟧ ⟦1 hour⟧" in page
