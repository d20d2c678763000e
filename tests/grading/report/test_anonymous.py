"""An anonymous report names nobody, and the same student alike everywhere."""

import re

import pytest
from support.term_sample import SHARES, reports

from rnncourse.grading.report.anonymous import anonymise, pseudonyms
from rnncourse.grading.report.page import as_page
from rnncourse.grading.report.spreadsheet import as_csv
from rnncourse.grading.report.term import Term


@pytest.fixture
def hidden(tmp_path):
    return anonymise(reports(), tmp_path)


def test_a_student_has_one_name_in_all_reports(hidden, tmp_path):
    first, second, third = [{student.id for student in report.students} for report in hidden]
    assert len(first & second & third) == 3
    assert [each.id for each in Term(hidden).standings] == [
        each.id for each in Term(anonymise(reports(), tmp_path)).standings
    ]
    assert sorted(each.shares for each in Term(hidden).standings if None not in each.shares) == sorted(
        row for row in SHARES.values() if None not in row
    )


def test_another_course_has_other_names(hidden, tmp_path):
    (tmp_path / "other").mkdir()
    other = anonymise(reports(), tmp_path / "other")
    assert not {student.id for student in hidden[0].students} & {student.id for student in other[0].students}


def test_nothing_leads_to_a_student(hidden):
    for report in hidden:
        for text in (as_page(report), as_csv(report)):
            assert not [student for student in SHARES if re.search(rf"\b{student}\b", text)]
            assert "Name of" not in text and "was there twice" not in text


def test_pseudonyms_differ_in_a_large_class():
    ids = [f"student {number}" for number in range(20_000)]
    names = pseudonyms(ids, 7)
    assert len(set(names.values())) == len(ids)
