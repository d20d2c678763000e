"""Gather a class report from the gradebook, the autograded notebooks and the folder of what was handed in."""

import json
import os
from pathlib import Path
from urllib.parse import quote

from nbgrader.api import BaseCell, Grade, MissingEntry, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.api import Student as Row

from rnncourse.authoring.database import open_gradebook
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import require_problem_set
from rnncourse.grading.deadlines.course_file import read_deadlines
from rnncourse.grading.deadlines.lateness import said, seconds_late
from rnncourse.grading.gradebook.configuration import configured, require_gradebook
from rnncourse.grading.notebook import findings, reading
from rnncourse.grading.notebook.graded_cells import exercise_name, title
from rnncourse.grading.report.model import Exercise, Report, Student
from rnncourse.language import say

MAX_GRADED = 200 << 20
"""Bytes of an autograded notebook: ours, but pictures may be many."""


def gather(course, problem_set, db=None):
    """Gather what is known about a problem set.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.

    Returns
    -------
    Report

    Raises
    ------
    CourseError
        If there is no such problem set, or it is not released.
    """
    course = Path(course).resolve()
    require_problem_set(course, problem_set)
    _, coursedir = configured(course, problem_set, db)
    require_gradebook(coursedir.db_url)
    policy = read_deadlines(course, problem_set).policy
    with open_gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        maxima, students = _gradebook(gradebook, problem_set, policy)
        roster = {student for (student,) in gradebook.db.query(Row.id)}
    released = {name: _released(coursedir, problem_set, name) for name in sorted({where for where, _ in maxima})}
    for student in students.values():
        _look_into(student, released, coursedir, problem_set)
    handed_in = {path.parent.name for path in _folders(coursedir.submitted_directory, coursedir, problem_set)}
    return Report(
        problem_set,
        next(filter(None, (title(notebook) for notebook in released.values() if notebook)), problem_set),
        tuple(_exercises(maxima, released)),
        tuple(students[student] for student in sorted(students)),
        ungraded=tuple(sorted(handed_in - students.keys())),
        absent=tuple(sorted(roster - students.keys() - handed_in)),
    )


def _gradebook(gradebook, problem_set, policy):
    """Query the maxima by (notebook, grade_id), and the students by id: few queries, since a class may be large."""
    try:
        assignment = gradebook.find_assignment(problem_set)
    except MissingEntry:
        raise CourseError(f"{problem_set} is not released; run: rnncourse release {problem_set}") from None
    maxima = {
        (notebook.name, cell.name): float(cell.max_score)
        for notebook in assignment.notebooks
        for cell in [*notebook.grade_cells, *notebook.task_cells]
    }
    columns = (Row.id, Row.first_name, Row.last_name, Notebook.name, BaseCell.name, Grade.score)
    query = (
        gradebook.db.query(*columns, Grade.needs_manual_grade, Grade.manual_score)
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Row, SubmittedAssignment.student_id == Row.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
    )
    students = {}
    for student_id, first, last, notebook, cell, score, by_hand, by_a_person in query:
        student = students.setdefault(student_id, Student(student_id, " ".join(filter(None, (first, last)))))
        student.points[notebook, cell] = float(score or 0)
        if by_hand and by_a_person is None:
            student.problems.append((exercise_name(cell), "to grade by hand", say("its points are a person's to give")))
    _add_lateness(gradebook, assignment, maxima, students, policy)
    return maxima, students


def _add_lateness(gradebook, assignment, maxima, students, policy):
    """Add to the students what being late has cost, and how late they were."""
    columns = (SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension)
    query = (
        gradebook.db.query(*columns, Notebook.name, SubmittedNotebook.late_submission_penalty)
        .select_from(SubmittedAssignment)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
    )
    found = {}
    for student_id, handed_in, extension, notebook, penalty in query:
        seconds = seconds_late(handed_in, assignment.duedate, extension)
        if student_id in students and (seconds or penalty):
            found.setdefault((student_id, seconds, extension), []).append((notebook, penalty or 0.0))
    for (student_id, seconds, extension), penalties in found.items():
        student, expected = students[student_id], None
        student.late = sum(penalty for _, penalty in penalties)
        if policy:
            expected = sum(
                policy.penalty(_sum(student.points, name), _sum(maxima, name), seconds) for name, _ in penalties
            )
        student.lateness = said(seconds, student.late, extension, policy, expected)


def _sum(points, notebook):
    """Add up the points of a notebook."""
    return sum(value for (name, _), value in points.items() if name == notebook)


def _exercises(maxima, released):
    """List the exercises in the order of the released notebooks."""
    for name, notebook in released.items():
        grade_ids = [grade_id for where, grade_id in maxima if where == name]
        order = list(findings.by_cell(notebook)) if notebook else []
        place = {grade_id: number for number, grade_id in enumerate(order)}
        for grade_id in sorted(grade_ids, key=lambda key: (place.get(key, len(place)), key)):
            yield Exercise(name, grade_id, maxima[name, grade_id])


def _released(coursedir, problem_set, name):
    """Read a released notebook."""
    return _notebook(Path(coursedir.format_path(coursedir.release_directory, ".", problem_set), f"{name}.ipynb"))


def _notebook(path):
    """Read a notebook of ours as JSON; None where there is none that can be read."""
    try:
        return json.loads(reading.read_bytes(path, MAX_GRADED))
    except (reading.UnreadableError, ValueError):
        return None


def _folders(directory, coursedir, problem_set):
    """Find the folders <student>/<problem set> in a directory of the course."""
    return Path(coursedir.format_path(directory, ".", ".")).glob(f"*/{problem_set}")


def _look_into(student, released, coursedir, problem_set):
    """Add what the grader has noted in the student's autograded notebooks, and where the feedback lies."""
    if student.id in ("", ".", "..") or "/" in student.id:  # no folder of that name can have been handed in
        return
    graded = Path(coursedir.format_path(coursedir.autograded_directory, student.id, problem_set))
    feedback = Path(coursedir.format_path(coursedir.feedback_directory, student.id, problem_set))
    for name in released:
        notebook = _notebook(graded / f"{name}.ipynb")
        if notebook is None:
            student.problems.append(
                (name, "unreadable", say("there is no graded notebook of that name in autograded/"))
            )
            continue
        about = findings.of_notebook(notebook)
        student.seconds = (student.seconds or 0.0) + about.get("seconds", 0.0)
        kind = "mended" if about.get("read") else "unreadable"
        student.problems += [(name, kind, note) for note in about.get("notes", ())]
        for grade_id, found in findings.by_cell(notebook).items():
            exercise = exercise_name(grade_id)
            student.mistakes += [(exercise, mistake) for mistake in found.get("mistakes", ())]
            student.kept += bool(found.get("keeps_part"))
            if found.get("kind") == "unwritten":
                student.unwritten.append(exercise)
            elif found.get("kind"):
                student.problems.append((exercise, found["kind"], found["reason"]))
        page = feedback / f"{name}.html"
        if page.is_file():
            student.feedback[name] = quote(Path(os.path.relpath(page, coursedir.root)).as_posix())
