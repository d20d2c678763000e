"""The sums of a class report."""

from support.report_sample import STRANGE, sample

from rnncourse.grading.report.model import FOR_A_PERSON, KINDS, Report, Student


def test_a_total_is_the_points_less_what_being_late_costs_and_never_below_nothing():
    assert Student("a", points={("n", "x"): 5.0, ("n", "y"): 2.5}, late=3.0).total == 4.5
    assert Student("a", points={("n", "x"): 5.0}, late=9.0).total == 0.0


def test_mistakes_are_counted_once_a_student_and_the_most_frequent_is_first():
    report = sample(["a", "b"])
    rare = report.students[0].mistakes[0][1] | {"label": "another"}
    report.students[0].mistakes += [("b", rare), report.students[0].mistakes[0]]
    assert [(exercise, one["label"], who) for exercise, one, who in report.mistakes] == [
        ("a", "transposed-W_hh", ["a", "b"]),
        ("b", "another", ["a"]),
    ]


def test_answers_that_keep_a_part_are_counted_over_the_class():
    students = (Student("a", kept=2), Student("b"), Student("c", kept=1))
    assert Report("ps", "Title", (), students).kept == 3


def test_the_gravest_problem_is_first():
    kinds = [kind for _, _, kind, _ in sample().problems + sample().stopped]
    assert kinds == sorted(kinds, key=KINDS.index) and len(kinds) == len(STRANGE)
    assert {kind for _, _, kind, _ in sample().problems} == set(FOR_A_PERSON)


def test_an_empty_class_has_no_mean():
    report = Report("ps", "Title", (), ())
    assert report.kept == 0 and report.average is None and report.middle is None and report.maximum == 0
