"""What is entered is what nbgrader's own methods would have entered, also the second time and by many at once."""

import datetime

import pytest
from support.handed_in import NAME

from rnncourse.authoring.database import open_gradebook
from rnncourse.grading.gradebook.entries import Entries, Entry


@pytest.fixture
def gradebook(released_course):
    with open_gradebook(f"sqlite:///{released_course.folder / 'gradebook.db'}", "rnncourse") as gradebook:
        yield gradebook


@pytest.fixture
def entries(gradebook):
    return Entries(gradebook.db, gradebook.find_assignment(NAME))


COMMENTS = {NAME: {"rnn_step": "No response."}}


def shown(gradebook, student):
    """A submission without its keys and its student."""
    submission = gradebook.find_submission(NAME, student)
    about = [submission.to_dict(), submission.notebooks[0].to_dict()]
    about += sorted((one.to_dict() for one in submission.notebooks[0].grades), key=lambda one: one["name"])
    about += sorted((one.to_dict() for one in submission.notebooks[0].comments), key=lambda one: one["name"])
    return [{key: one for key, one in each.items() if key not in ("id", "student")} for each in about]


def by_nbgrader(gradebook, student, cell):
    gradebook.update_or_create_student(student)
    gradebook.update_or_create_submission(NAME, student, timestamp="2030-01-02 03:04:05 UTC")
    grade = gradebook.find_grade(cell, NAME, NAME, student)
    grade.auto_score, grade.needs_manual_grade = 12.5, False
    gradebook.find_comment("rnn_step", NAME, NAME, student).auto_comment = "No response."
    gradebook.db.commit()


def a_graded_cell(gradebook):
    return gradebook.find_assignment(NAME).notebooks[0].grade_cells[0].name


def test_the_same_as_by_nbgrader(gradebook, entries):
    cell = a_graded_cell(gradebook)
    by_nbgrader(gradebook, "theirs", cell)
    assert entries.enter([Entry("ours", "2030-01-02 03:04:05 UTC", {NAME: {cell: 12.5}}, COMMENTS)]) == []
    gradebook.db.commit()
    assert shown(gradebook, "ours") == shown(gradebook, "theirs")
    assert gradebook.find_submission(NAME, "ours").score == 12.5


def test_entered_again_it_is_written_over_and_what_a_person_gave_stays(gradebook, entries):
    cell = a_graded_cell(gradebook)
    entries.enter([Entry("ada", None, {NAME: {cell: 12.5}})])
    gradebook.db.commit()
    gradebook.find_grade(cell, NAME, NAME, "ada").manual_score = 30.0
    entries.enter([Entry("ada", None, {NAME: {cell: 5.0}}, COMMENTS), Entry("bela", None, {NAME: {cell: 1.0}})])
    gradebook.db.commit()
    grade = gradebook.find_grade(cell, NAME, NAME, "ada")
    assert (grade.auto_score, grade.manual_score, grade.score, grade.needs_manual_grade) == (5.0, 30.0, 30.0, True)
    assert entries.students() == {"ada", "bela"} and gradebook.find_submission(NAME, "bela").score == 1.0


def test_the_late_are_told_and_an_extension_counts(gradebook, entries):
    due = datetime.datetime(2030, 1, 1)
    gradebook.find_assignment(NAME).duedate = due
    gradebook.db.commit()
    entries = Entries(gradebook.db, gradebook.find_assignment(NAME))
    late, early = Entry("late", "2030-01-02 00:00:00 UTC"), Entry("early", "2029-12-31 00:00:00 UTC")
    assert entries.enter([late, early]) == [late]
    gradebook.db.commit()
    gradebook.grant_extension(NAME, "late", days=2)
    assert entries.enter([late]) == []
