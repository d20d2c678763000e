"""Through `rnncourse grade`: due dates, extensions and late policies of course.toml, as everybody reads of them."""

import csv
from datetime import timedelta

import pytest
from nbgrader.api import Gradebook
from support import in_process
from support.handed_in import NAME
from typer.testing import CliRunner

from rnncourse.cli import app
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.report.gather import gather

DUE = "[sets.ps1_forward]\ndue = 2030-01-01T12:00:00Z\n"
TENTH = "[late]\nper_day = 10\n"
STAMPS = {
    "early": "2029-12-31 00:00:00 UTC",
    "late": "2030-01-03 15:00:00 UTC",
    "minute": "2030-01-01 12:01:00 UTC",
    "extended": "2030-01-03 15:00:00 UTC",
}


def run(course, *arguments):
    """Run a command; it has to work."""
    command = [*arguments, "--course", str(course.folder)]
    done = CliRunner().invoke(app, command, env={"COLUMNS": "200"}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def grade(course, text):
    """Grade by what course.toml says."""
    (course.folder / "course.toml").write_text(text)
    return run(course, "grade", NAME)


def penalties(course):
    """What the gradebook takes off each."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "rnncourse") as gradebook:
        return {one.student.id: one.late_submission_penalty for one in gradebook.assignment_submissions(NAME)}


@pytest.fixture(scope="module")
def course(module_course):
    """Four right answers, handed in at different times, and graded without a course.toml."""
    for student, stamp in STAMPS.items():
        (module_course.hand_in(student).parent / "timestamp.txt").write_text(stamp)
    module_course.grade()
    assert penalties(module_course) == dict.fromkeys(STAMPS, 0)
    return module_course


def test_a_due_date_without_a_policy_says_how_late_and_takes_nothing(course):
    grade(course, DUE)
    book = read_gradebook(course.folder)
    assert book.late == (
        (NAME, "extended", "2 days 3 hours late: no points off"),
        (NAME, "late", "2 days 3 hours late: no points off"),
        (NAME, "minute", "1 minute late: no points off"),
    )
    assert set(course.scores().values()) == {100.0}


def test_a_policy_and_an_extension_are_applied_to_what_is_graded_already(course):
    out = grade(course, f"{DUE}late.cap = 15\n[sets.{NAME}.extensions]\nextended = '2 days'\n{TENTH}")
    assert "4 graded before" in out and "penalty worked out anew: late: 2 days 3 hours late: 15 points off" in out
    assert penalties(course) == {"early": 0, "late": 15, "minute": 10, "extended": 10}
    assert course.scores() == {"early": 100, "late": 85, "minute": 90, "extended": 90}
    words = "10 % of the points reached for each day that has begun, 15 % at most"
    assert (NAME, "extended", f"3 hours late, after an extension of 2 days: 10 points off ({words})") in read_gradebook(
        course.folder
    ).late
    assert "penalty worked out anew" not in run(course, "grade", NAME)


def test_it_is_said_in_the_gradebook_the_report_the_feedback_and_to_the_lms(course):
    words = "2 days 3 hours late: 15 points off (10 % of the points reached"
    assert f"{NAME}: late: {words}" in run(course, "gradebook")
    run(course, "report", NAME)
    assert words in (course.folder / "report" / f"{NAME}.html").read_text()
    with open(course.folder / "report" / f"{NAME}.csv", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["late"]["how late"].startswith(words) and rows["early"]["how late"] == ""
    run(course, "feedback", NAME)
    page = (course.folder / "feedback" / "late" / NAME / f"{NAME}.html").read_text()
    assert f"Handed in {words}" in page and "<strong>85</strong> of 100 points" in page
    assert "Handed in" not in (course.folder / "feedback" / "early" / NAME / f"{NAME}.html").read_text()
    run(course, "export", NAME, "--lms", "plain", "--to", str(course.folder / "out"), "--no-feedback")
    with open(course.folder / "out" / f"{NAME}.csv", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert (rows["late"]["late"], rows["late"]["total"]) == ("15", "85")


def test_what_is_taken_back_is_given_back(course):
    out = grade(course, f"{DUE}[sets.{NAME}.extensions]\nlate = '3 days'\n{TENTH}")
    assert "penalty worked out anew: late: in time: no points off" in out
    assert penalties(course) == {"early": 0, "late": 0, "minute": 10, "extended": 30}
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "rnncourse") as gradebook:
        assert gradebook.find_submission(NAME, "extended").extension is None
        assert gradebook.find_submission(NAME, "late").extension == timedelta(days=3)


def test_a_new_submission_gets_its_extension_and_its_penalty_at_once(course):
    (course.hand_in("new").parent / "timestamp.txt").write_text(STAMPS["late"])
    grade(course, f"{DUE}[sets.{NAME}.extensions]\nnew = '1 day'\n{TENTH}grace_hours = 2\n")
    assert penalties(course)["new"] == 20
    report = {student.id: student for student in gather(course.folder, NAME).students}
    assert report["new"].lateness.startswith("1 day 3 hours late, after an extension of 1 day: 20 points off")


def test_nbgrader_s_own_autograde_takes_off_the_same(course):
    before = penalties(course)
    worked, log = in_process.run(course.folder, "autograde", NAME, "new", force=True)
    assert worked, log
    assert penalties(course) == before


def test_a_mistake_in_the_file_stops_before_anything_is_graded(course):
    (course.folder / "course.toml").write_text("[late]\nper_day = 'ten'\n")
    done = CliRunner().invoke(app, ["grade", NAME, "--course", str(course.folder)], catch_exceptions=False)
    assert done.exit_code == 1 and "late.per_day = 'ten' cannot be; write a number from 0 to 100" in done.stderr
