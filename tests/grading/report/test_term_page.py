"""The report on a term as a page: for everybody, on every screen, and from what the grader has really found."""

import csv

import pytest
from support.page_checks import invalid, look
from support.term_sample import EVIL, SHARES, reports
from support.tiers import some_of
from typer.testing import CliRunner

from rnncourse.cli import app
from rnncourse.grading.report.term import Term
from rnncourse.grading.report.term_page import as_csv, as_page, write_term

KINDS = ["sample", "one", "class"]


@pytest.fixture(scope="module")
def page(tmp_path_factory, request):
    """The function that gives the file of a page."""
    folder = tmp_path_factory.mktemp("term")

    def of(kind):
        if kind == "class":
            return write_term(request.getfixturevalue("graded_class"))[1][0]
        path = folder / f"{kind}.html"
        term = Term(reports() if kind == "sample" else reports({"ada": SHARES["ada"]})[:1])
        path.write_text(as_page(term, anonymous=kind == "one"), encoding="utf-8")
        return path

    return of


def test_names_are_text(page):
    html = page("sample").read_text(encoding="utf-8")
    assert EVIL not in html and "mutates-dh" in html and "30% in ps5_lstm" in html


def test_a_spreadsheet_has_a_row_for_each_student():
    rows = list(csv.reader(as_csv(Term(reports())).splitlines()))
    assert [row[0] for row in rows[1:]] == sorted(SHARES)
    assert rows[2][2:6] == ["0.9", "0.8", "0.3", "0.6667"] and rows[3][3] == ""


@pytest.mark.slow  # report/test_page.py asks it of the pages of a set, made by the same templates
def test_pages_are_valid(page):
    assert invalid(*map(page, KINDS)) == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", some_of(KINDS, 0, 2))
def test_the_page_is_for_everybody_and_nothing_runs_or_loads(page, browser, kind):
    found = look(browser, page(kind))
    assert found["asked"] == [] and found["said"] == [] and found["ran"] is None and found["wide"] == []
    assert found["violations"] == {}
    assert found["headings"] == [1] + [2] * 5


def test_the_sample_class_as_a_term(graded_class):
    run = CliRunner()
    done = run.invoke(app, ["report", "--all", "--course", str(graded_class)], catch_exceptions=False)
    assert done.exit_code == 0 and "2 problem sets, 11 students" in done.stdout
    html = (graded_class / "report" / "term.html").read_text(encoding="utf-8")
    assert "chen" in html and "ps3_bptt" in html
    done = run.invoke(app, ["report", "--all", "--anonymous", "--course", str(graded_class)], catch_exceptions=False)
    assert done.exit_code == 0
    html = (graded_class / "report" / "term-anonymous.html").read_text(encoding="utf-8")
    assert "chen" not in html and "The names are made up" in html


def test_one_problem_set_or_all(graded_class):
    for arguments in (["report"], ["report", "ps1_forward", "--all"]):
        done = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert done.exit_code == 1 and "rnncourse report --all" in done.stderr
