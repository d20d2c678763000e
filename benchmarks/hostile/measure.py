"""Grade cheats and faults beside honest students, a class for each kind: what was earned, and who was harmed."""

import shutil
import tempfile
from pathlib import Path

from benchmarks.honest import make_course
from benchmarks.hostile import files
from benchmarks.hostile.desk import NAME, Desk
from benchmarks.hostile.submissions import CHEAT, FAULT
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.run.driver import Driver

HONEST = ("aaa", "zzz")
"""Who hands right answers in: the first and the last of a class."""


def graded(folder, submissions, jobs=2):
    """Hand submissions in beside those of honest students, and grade all in one run.

    Parameters
    ----------
    folder : pathlib.Path
        A course directory in which the problem set is released.
    submissions : sequence of Submission
    jobs : int
        Processes.

    Returns
    -------
    points : dict of str to float
        By student; who has no grade is not in it.
    failed, problems : dict
        Of the run: why somebody has no grade, and what a person has to look at.
    """
    desk = Desk(folder)
    desk.limit()
    for student in HONEST:
        desk.hand_in(student)
    for submission in submissions:
        submission.hand_in(desk)
    driver = Driver(folder, NAME)
    for _ in driver.grade(jobs):
        pass
    points = {student: row[0] for student, row in read_gradebook(folder).rows.items() if row[0] is not None}
    files.remove(folder / "submitted")
    return points, driver.run.failed, driver.run.problems


def row(submissions, points, failed):
    """Sum up a class: how many were tried, what cheats earned and faults were wrongly given, and who was harmed."""
    cheats = [member for member in submissions if member.side == CHEAT]
    harmed = [student for student in HONEST if points.get(student) != 100]
    harmed += [member.student for member in submissions if member.student not in points or member.student in failed]
    faults = [member for member in submissions if member.side == FAULT and member.points is not None]
    return {
        "tried": len(submissions),
        "earned": sum(points.get(member.student, 0.0) for member in cheats),
        "harmed": harmed,
        "otherwise": [member.student for member in faults if points.get(member.student) != member.points],
    }


def measure(submissions, jobs=2):
    """Grade each kind as a class of its own.

    Returns
    -------
    rows : list of dict
        `side`, `kind` and what `row` gives, in the order in which the kinds come.
    """
    kinds = {}
    for submission in submissions:
        kinds.setdefault((submission.side, submission.kind), []).append(submission)
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        course = make_course(Path(scratch) / "course", [NAME])
        for number, ((side, kind), members) in enumerate(sorted(kinds.items())):
            folder = shutil.copytree(course, Path(scratch) / str(number))
            points, failed, _ = graded(folder, members, jobs)
            rows.append({"side": side, "kind": kind} | row(members, points, failed))
    return rows
