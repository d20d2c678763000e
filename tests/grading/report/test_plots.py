"""The pictures of a class report say in words what they show."""

import pytest
from support.report_sample import sample

from rnncourse.grading.report.model import Exercise, Report, Student
from rnncourse.grading.report.plots import plot_exercises, plot_totals, shares


def of(*totals):
    exercise = Exercise("n", "check-f", 10.0)
    students = tuple(Student(str(k), points={("n", "check-f"): total}) for k, total in enumerate(totals))
    return Report("ps", "Title", (exercise,), students)


def test_totals_are_counted_in_ten_bins_and_all_points_belong_to_the_last():
    picture = plot_totals(of(0.0, 0.5, 4.0, 9.9, 10.0))
    assert picture.alt == (
        "The median is 4 of 10 points. Submissions with 0 to 1 points: 2; 4 to 5 points: 1; 9 to 10 points: 2."
    )
    heights = [bar.get_height() for bar in picture.figure.axes[0].patches]
    assert heights == [2, 0, 0, 0, 1, 0, 0, 0, 0, 2]


def test_more_than_all_points_and_an_exercise_without_points_are_drawn():
    assert "9 to 10 points: 1" in plot_totals(of(12.0)).alt
    assert shares([0.0, 0.0], 0.0) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize("points, expected", [([10.0, 5.0, 0.0, 0.0], (0.25, 0.25, 0.5)), ([], (0, 0, 0))])
def test_shares(points, expected):
    assert shares(points, 10.0) == expected


def test_the_bars_of_an_exercise_fill_the_width():
    picture = plot_exercises(of(10.0, 5.0, 0.0, 0.0))
    assert "f: 25 % all, 25 % some, 50 % none" in picture.alt
    assert sum(bar.get_width() for bar in picture.figure.axes[0].patches) == pytest.approx(100)
    assert plot_exercises(sample()).svg.startswith("<svg")
