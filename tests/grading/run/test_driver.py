"""Whatever is raised while one submission is graded or entered becomes its reason; all others get their grade."""

import pytest
from support.handed_in import NAME

from rnncourse.authoring.errors import CourseError
from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.grading.gradebook.commit import Committer
from rnncourse.grading.gradebook.entries import Entries
from rnncourse.grading.notebook import reading
from rnncourse.grading.notebook.scorer import Scorer
from rnncourse.grading.run import jobs
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.run.journal import Journal

MARK = "# fails while "


class UnsendableError(Exception):
    """Cannot be made again from what pickle keeps of it."""

    def __init__(self, one, other):
        super().__init__(f"{one} and {other}")


def fails_at(monkeypatch, owner, name, is_bad, error):
    """Have a step of grading raise for the submission that is marked."""
    step = getattr(owner, name)

    def failing(*arguments, **options):
        if is_bad(*arguments):
            raise error
        return step(*arguments, **options)

    monkeypatch.setattr(owner, name, failing)


def marked(stage):
    return lambda notebook, *_: f"{MARK}{stage}" in str(notebook)


STAGES = {
    "reading": (reading, "files_beside", lambda folder: "reading" in str(folder)),
    "rebuilding": (
        jobs,
        "rebuild_submission",
        lambda released, handed_in, *_: f"{MARK}rebuilding".encode() in handed_in,
    ),
    "executing": (jobs, "execute_with_retry", marked("executing")),
    "limiting": (jobs.LimitOutput, "preprocess", lambda step, notebook, about: marked("limiting")(notebook)),
    "collecting": (jobs, "results", marked("collecting")),
    "keeping": (Journal, "write", lambda journal, outcome: outcome["student"] == "keeping"),
    "writing": (Committer, "_write_files", lambda committer, student, *_: student == "writing"),
    "entering": (Entries, "_enter", lambda entries, entry, _: entry.student == "entering"),
}
ERRORS = [OverflowError("too large"), UnsendableError(1, 2), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "no")]


def hand_in_marked(course, student):
    """Hand in a right answer with a mark that names the student."""
    path = course.hand_in(student)
    path.write_text(path.read_text().replace("def rnn_step(", f"{MARK}{student}\\ndef rnn_step("))


@pytest.mark.usefixtures("own_workers")
def test_what_a_stage_raises_is_the_reason_of_one_submission(course, monkeypatch):
    errors = {stage: ERRORS[number % len(ERRORS)] for number, stage in enumerate(STAGES)}
    course.hand_in("ada")
    for stage in STAGES:
        hand_in_marked(course, stage)
    with monkeypatch.context() as patched:
        for stage, where in STAGES.items():
            fails_at(patched, *where, errors[stage])
        driver = Driver(course.folder, NAME)
        assert list(driver.grade(2)) == ["ada"]
    assert driver.run.failed.keys() == STAGES.keys() and course.scores()["ada"] == 100
    assert all(str(error) in driver.run.failed[stage] for stage, error in errors.items())
    assert course.grade() == sorted(STAGES) and set(course.scores().values()) == {100}


@pytest.mark.usefixtures("own_workers")
def test_what_is_raised_while_scoring_harms_nobody(course, monkeypatch):
    errors = {"late": OutOfTimeError(), "large": MemoryError("no room"), "deep": RecursionError("deep")}
    run = Scorer._run
    course.hand_in("ada")
    for student in errors:
        hand_in_marked(course, student)

    def failing(scorer, source):
        ran = "".join(scorer._names._remote._ran or ())
        for student, error in errors.items():
            if f"{MARK}{student}" in ran:
                raise error
        return run(scorer, source)

    monkeypatch.setattr(Scorer, "_run", failing)
    driver = Driver(course.folder, NAME)
    assert sorted(driver.grade(2)) == sorted(["ada", *errors]) and driver.run.failed == {}
    points = course.scores()
    assert points.pop("ada") == 100 and max(points.values()) < 100
    for student in ("large", "deep"):
        assert any(str(errors[student]) in why for why in driver.run.problems[student])


def test_a_surrogate_and_an_escape_in_an_output_are_entered(course):
    path = course.hand_in("bad")
    code = "print('\\\\ud800\\\\x1b[31m'); raise ValueError('\\\\udfff')"
    path.write_text(path.read_text().replace("def rnn_step(", f"{code}\\ndef rnn_step("))
    assert course.grade() == ["bad"] and "\ufffd" in course.shown("bad") and "\\u001b" not in course.shown("bad")


def test_an_outcome_that_was_torn_is_graded_again(course):
    course.hand_in("ada")
    driver = Driver(course.folder, NAME)
    (key,) = [job.key for job in driver.run.jobs]
    torn = course.folder / ".rnncourse" / NAME / "journal" / f"{key}.json"
    torn.write_text('{"key": ')
    driver = Driver(course.folder, NAME)
    assert list(driver.grade(1)) == [] and "cannot be read again" in driver.run.failed["ada"]
    assert course.grade() == ["ada"]


def test_a_folder_that_is_a_link_is_said(course):
    course.hand_in("ada")
    (course.folder / "submitted" / "linked").mkdir()
    (course.folder / "submitted" / "linked" / NAME).symlink_to(course.place("ada"))
    (course.folder / "submitted" / "file").mkdir()
    (course.folder / "submitted" / "file" / NAME).write_text("x")
    driver = Driver(course.folder, NAME)
    assert list(driver.grade(1)) == ["ada"]
    assert "is a link" in driver.run.failed["linked"] and "it is a file" in driver.run.failed["file"]


def test_some_are_graded_and_some_left_out(course):
    for student in ("ada", "bob", "cy"):
        course.hand_in(student)
    assert course.grade(only=["bob"]) == ["bob"]
    assert course.grade(skip=["cy"]) == ["ada"]
    with pytest.raises(CourseError, match="was handed in by dan; is the name spelt right"):
        Driver(course.folder, NAME, only=["dan"])
