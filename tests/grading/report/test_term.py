"""A term says who may need help and why, which mistakes come back, and which checks find no name."""

from dataclasses import replace

from support.term_sample import SETS, SHARES, report_on, reports

from rnncourse.grading.report.model import Report
from rnncourse.grading.report.term import Term


def test_who_may_need_help_and_why():
    found = {standing.id: standing.reasons for standing in Term(reports()).behind}
    assert found == {
        "bob": ("30% in ps5_lstm, after 85% on average",),
        "cy": ("handed in nothing for ps3_bptt and ps5_lstm", "27% on average, where the median of the class is 63%"),
        "dan": ("13% on average, where the median of the class is 63%",),
        "eve": ("handed in nothing for ps1_forward",),
    }


def test_the_lowest_come_first():
    assert [standing.id for standing in Term(reports()).behind] == ["dan", "cy", "eve", "bob"]


def test_what_waits_to_be_graded_is_nobody_s_fault():
    standing = {standing.id: standing for standing in Term(reports()).standings}["fay"]
    assert standing.shares == (0.9, 0.9, None) and standing.reasons == ()


def test_mistakes_that_come_back():
    found = [(each.mistake["label"], each.counts, each.again) for each in Term(reports()).returning]
    assert found == [("ignores-h0", (2, 1, 0), ("dan",)), ("mutates-dh", (0, 1, 2), ("eve",))]


def test_checks_without_a_name():
    found = [(each.exercise, each.wrong, each.who) for each in Term(reports()).unnamed]
    assert found == [
        ("rnn_step", 4, ("cy", "fay")),
        ("rnn_backward", 4, ("bob", "fay")),
        ("lstm_backward", 3, ("dan",)),
    ]


def test_what_did_not_come_back_or_is_not_written_needs_no_name():
    report = report_on(SETS[0])
    for student in report.students:
        if student.id == "cy":
            student.problems.append(("rnn_step", "crashed", "raised"))
        if student.id == "fay":
            student.unwritten.append("rnn_step")
    assert Term([report]).unnamed == []


def test_an_exercise_that_has_no_names_to_give_is_left_out():
    report = report_on(SETS[0])
    clinic = replace(report.exercises[0], grade_id="check-bug_clinic")
    for student in report.students:
        student.points = {(clinic.notebook, clinic.grade_id): 1.0}
    assert Term([replace(report, exercises=(clinic,))]).unnamed == []


def test_a_set_of_which_nothing_is_graded_says_nothing_yet():
    empty = Report("ps6_beyond", "Title", report_on(SETS[0]).exercises, (), (), tuple(SHARES))
    term = Term([*reports(), empty])
    assert term.names == SETS and {len(standing.shares) for standing in term.standings} == {3}
    assert Term([empty]).standings == ()
