"""The bug clinic: eight patients, graded by name and by fixed line, which may do arithmetic and nothing else."""

import pytest

from rnncourse import check
from rnncourse.checks.clinic import worksheet
from rnncourse.checks.clinic.fix import NotAFixError, insert

RIGHT = [
    ("transposed-W_hh", "a_t = b_h + x_t.dot(W_xh.T) + h_prev.dot(W_hh.T)"),
    ("dW_xh-uses-dh", "dW_xh = (x_t.T @ delta_h).T"),
    ("wraps-round-at-first-step", "h_prev = h0 if t == 0 else h[t-1]"),
    ("activation-missing-on-local-term", "delta_h = (1 - h[t] * h[t]) * (dh[t] + dh_next)"),
    ("h0-in-every-chunk", "  h_prev = h[t - 1] if t > start else h_start"),
    ("no-u-on-h_prev", "h_t = n_t + u_t * (h_prev - n_t)"),
    ("candidate-path-skips-reset", "dh_next = dh_t * u_t + delta_m @ W_hn + dv_t[:, :H]"),
    ("temperature-inverted", "z_scaled = z * (1 / temperature)"),
]


def test_right_names_and_fixes_in_any_form_earn_all_points():
    assert check.bug_clinic(lambda: RIGHT) == 20
    assert check.bug_clinic(lambda: tuple(map(list, RIGHT))) == 20


def test_a_name_and_a_fix_are_graded_by_themselves():
    named = [(name, "") for name, _ in RIGHT]
    fixed = [("no idea", line) for _, line in RIGHT]
    assert check.bug_clinic(lambda: named) == 8
    assert check.bug_clinic(lambda: fixed) == 12
    assert "the name is right; the cure has to be one line" in str(check.bug_clinic(lambda: named))
    assert "the name is not right; the line cures it" in str(check.bug_clinic(lambda: fixed))


def test_the_wrong_line_is_no_fix():
    unchanged = [(case.bug.label, case.source.splitlines()[case.line]) for case in worksheet.cases()]
    result = check.bug_clinic(lambda: unchanged)
    assert result == 8
    assert all("with your line it is still sick" in verdict.problem for verdict in result.verdicts)


def test_every_case_is_wrong_in_one_line_and_its_findings_say_where():
    assert len(worksheet.cases()) == len(RIGHT) == 8
    assert len({case.bug.label for case in worksheet.cases()}) == 8
    assert [case.findings for case in worksheet.cases()][1] == "right: dx_t, dh_prev, dW_hh, db_h; wrong: dW_xh"


def test_the_worksheet_shows_cases_and_names_and_no_answers():
    for page in (str(check.ward()), check.ward()._repr_html_()):
        for case in worksheet.cases():
            assert f"Patient {case.number}" in page and case.bug.label in page
            assert case.bug.hint not in page and case.bug.says not in page
    names = worksheet.names()
    assert names == sorted(set(names)) and len(names) == 8 + worksheet.DECOYS


@pytest.mark.parametrize(
    "answer, said",
    [
        (lambda: None, "returned a NoneType; expected a list of 8 pairs"),
        (lambda: RIGHT[:3], "returned a list of 3; expected a list of 8 pairs"),
        (lambda: 1 / 0, "raised ZeroDivisionError"),
        (lambda: [None] * 8, "has no answer yet"),
        (lambda: [(1, 2)] * 8, "the cure has to be one line"),
    ],
)
def test_what_is_no_answer_is_told_why(answer, said):
    result = check.bug_clinic(answer)
    assert result == 0
    assert said in str(result)


def test_an_empty_answer_sheet_is_not_written_yet():
    def bug_clinic():
        raise NotImplementedError

    assert "bug_clinic is not written yet" in str(check.bug_clinic(bug_clinic))


@pytest.mark.parametrize(
    "line, said",
    [
        ("import os", "assignment or a return"),
        ("a_t = __import__(1)", "names __import__"),
        ("np.tanh = x_t", "uses .tanh"),
        ("a_t = open", "names open"),
        ("a_t = x_t.__class__", "uses .__class__"),
        ("a_t = np.load", "uses .load"),
        ("a_t = [1 for _ in x_t]", "ListComp"),
        ("a_t = (lambda: 1)()", "Lambda"),
        ("a_t = 10000000 * x_t", "small numbers"),
        ("a_t = x_t ** 99", "high power"),
        ("a_t = x_t ** x_t", "high power"),
        ("a_t = 'a' * 3", "small numbers"),
        ("a_t = x_t; import os", "not one line"),
        ("a_t = x_t\nimport os", "one line of code"),
        ("a_t = x_t\rimport os", "one line of code"),
        ("return x_t\x0bimport os", "one line"),
        ("a_t = (" * 150, "one line of code"),
        ("a_t = ((", "not one line of Python"),
        (None, "one line of code"),
    ],
)
def test_what_is_not_arithmetic_is_refused(line, said):
    source = worksheet.cases()[0].source
    with pytest.raises(NotAFixError, match=said):
        insert(source, 2, line)


def test_a_fix_takes_the_indentation_of_the_line_that_it_replaces():
    assert insert("def f(a):\n    for t in a:\n        b = t\n", 2, "b = -t").splitlines()[2] == "        b = -t"
