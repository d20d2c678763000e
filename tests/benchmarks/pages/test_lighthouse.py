"""Lighthouse's figures are read, held against the budget, and set in a table."""

import json

import pytest

from benchmarks.pages.lighthouse import BUDGET, LEAST, figures, main, markdown, over_budget, pages, slowdown

REPORT = {
    "categories": {name: {"score": 1, "auditRefs": [{"id": "canonical", "weight": 1}]} for name in LEAST}
    | {"performance": {"score": 0.874}},
    "audits": {
        "canonical": {"id": "canonical", "score": 0},
        "cumulative-layout-shift": {"numericValue": 0.0123},
        "total-byte-weight": {"numericValue": 198_700},
        "dom-size": {"numericValue": 752},
        "total-blocking-time": {"numericValue": 31.4},
        "largest-contentful-paint": {"numericValue": 2512},
    },
    "environment": {"benchmarkIndex": 1411.5},
    "configSettings": {"throttling": {"cpuSlowdownMultiplier": 4}},
}
BOUNDS = json.loads(BUDGET.read_text(encoding="utf-8"))


def test_the_figures_of_a_report():
    found = figures(REPORT)
    assert found["performance"] == 87 and found["seo"] == 100
    assert (found["layout-shift"], found["kilobytes"], found["largest-paint-s"]) == (0.012, 199, 2.5)
    assert found["failed"] == ["canonical"]


@pytest.mark.parametrize(
    "page, changed, problems",
    [
        ("book/05_gru", {}, []),
        ("book/index", {}, ["book/index: performance is 87, at least 95 was wanted"]),
        ("book/05_gru", {"performance": 79}, ["book/05_gru: performance is 79, at least 80 was wanted"]),
        ("book/05_gru", {"layout-shift": 0.06}, ["book/05_gru: layout-shift is 0.06, at most 0.05 was wanted"]),
    ],
)
def test_a_page_over_its_budget_is_named(page, changed, problems):
    assert over_budget(page, figures(REPORT) | changed, BOUNDS) == problems


def test_a_slow_machine_is_slowed_less():
    assert slowdown(2000) == slowdown(1500) == 4
    assert slowdown(750) == 2
    assert slowdown(200) == 1


def test_the_table_has_a_row_for_each_page():
    lines = markdown({"book/index": figures(REPORT)}).splitlines()
    assert lines[2].startswith("| book/index | 87 | 100 | 100 | 100 | 0.012 | 199 | 752 |")
    assert len({line.count("|") for line in lines}) == 1


def test_the_home_page_comes_first(tmp_path):
    (tmp_path / "book").mkdir()
    for name in ("index", "00_notation", "questions"):
        (tmp_path / "book" / f"{name}.html").touch()
    assert pages(tmp_path) == ["book/index", "book/00_notation", "book/questions"]


def test_a_site_that_is_not_there_says_what_to_do(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--site", str(tmp_path)])
    assert "make book" in capsys.readouterr().err
