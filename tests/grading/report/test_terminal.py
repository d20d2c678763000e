"""The gist of a class report in a terminal."""

import io
from pathlib import Path

from rich.console import Console
from support.report_sample import sample

from rnncourse.grading.report.model import Report
from rnncourse.grading.report.terminal import show


def said(report):
    console = Console(file=io.StringIO(), width=100)
    show(report, (Path("report/ps.html"),), console)
    return console.file.getvalue()


def test_counts_mistakes_problems_and_the_file():
    text = said(sample(["[bold]x", "b"]))
    assert text.startswith("ps: 2 graded, 1 not graded, 2 not handed in\nmean ")
    assert "transposed-W_hh" in text and "needs a person: [bold]x: a: check failed" in text
    assert text.endswith("report/ps.html\n")


def test_a_large_class_is_cut_and_an_empty_one_is_said():
    text = said(sample([f"s{k}" for k in range(70)]))
    assert "... and 20 more" in text and "code that stopped or was mended: 40;" in text
    assert said(Report("ps", "Title", (), ())) == "ps: 0 graded, 0 not graded, 0 not handed in\nreport/ps.html\n"
