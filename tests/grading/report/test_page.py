"""A class report as a page: for everybody, on every screen, whatever the students are called."""

import pytest
from support.page_checks import invalid, look
from support.report_sample import EVIL, sample
from support.tiers import some_of

from rnncourse.checks.diagnosis.partial_credit import RULE
from rnncourse.grading.report.model import Report
from rnncourse.grading.report.page import as_page, write_report
from rnncourse.language import said, speaking

KINDS = ["class", "sample", "several", "empty"]


@pytest.fixture(scope="module")
def page(tmp_path_factory, request):
    """The function that gives the file of a page."""
    folder = tmp_path_factory.mktemp("report")

    def of(kind):
        if kind == "class":
            return request.getfixturevalue("graded_class") / "report" / "ps3_bptt.html"
        made = {
            "sample": sample(),
            "several": sample(["a", "b"], ("n", "m")),
            "empty": Report("ps", "Title", sample().exercises, ()),
        }
        path = folder / f"{kind}.html"
        path.write_text(as_page(made[kind]), encoding="utf-8")
        return path

    return of


def test_the_sample_class_has_its_mistakes_and_problems_on_the_page(page):
    html = page("class").read_text(encoding="utf-8")
    for part in ("overwrites-dW_hh", "no-recurrent-term", "03_bptt.html#", "../feedback/chen/ps3_bptt/"):
        assert part in html
    assert RULE in html.replace("&#39;", "'") and "Here that was so" in html
    stopped = html.index('id="stopped"')
    assert stopped < html.index("jonas") < html.index('id="exercises"')  # he took the process down


def test_the_rule_for_a_part_of_the_points_is_in_the_language_of_the_report():
    report = sample()
    report.students[0].kept = 1
    assert RULE in as_page(report)
    with speaking("zh_CN"):
        html = as_page(report)
        assert said(RULE) in html and RULE not in html


def test_a_link_to_feedback_leads_there(graded_class):
    report, (path, table) = write_report(graded_class, "ps3_bptt")
    address = next(one for one in report.students if one.id == "chen").feedback["ps3_bptt"]
    assert (path.parent / ".." / address).is_file() and table.read_text(encoding="utf-8").startswith("student,name,")
    assert sorted(one.name for one in path.parent.iterdir() if "ps3" in one.name) == ["ps3_bptt.csv", "ps3_bptt.html"]


@pytest.mark.parametrize("kind", KINDS[1:])
def test_names_are_text(page, kind):
    html = page(kind).read_text(encoding="utf-8")
    assert EVIL not in html and "{{" not in html.replace("%7B{{ 1 + 1 }}", "")
    assert ("Nothing is graded yet" in html) == (kind == "empty")


def test_pages_are_valid(page):
    assert invalid(*map(page, KINDS)) == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", some_of(KINDS, 0, 2))
def test_the_page_is_for_everybody_and_nothing_runs_or_loads(page, browser, kind):
    found = look(browser, page(kind))
    assert found["asked"] == [] and found["said"] == [] and found["ran"] is None and found["wide"] == []
    assert found["violations"] == {}
    assert found["headings"] == [1] + [2] * 6
    assert found["ground"]["light"] == "rgb(255, 255, 255)" != found["ground"]["dark"]
