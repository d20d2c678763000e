"""Make a sample class: a course of its own, with submissions that are right, wrong, unfinished, or never end."""

import inspect
import shutil
import sys
import textwrap
from pathlib import Path

import nbformat

from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import problem_sets, release
from rnncourse.files import write_atomically
from rnncourse.grading.demo.students import HANDED_IN, STUDENTS
from rnncourse.grading.feedback.write import students_with_a_grade, write_feedback
from rnncourse.grading.report.page import write_report
from rnncourse.grading.run.driver import CORES, Driver

MARK = "A sample class made by `rnncourse demo`: made anew each time.\n"


def make_class(course, target, names=HANDED_IN):
    """Copy a course to a folder of its own and fill it with the submissions of the sample class.

    Parameters
    ----------
    course : path
        The course directory.
    target : path
        The sample class: overwritten if it is one already.
    names : sequence of str, optional
        The problem sets to copy and release. The students hand in `HANDED_IN`.

    Returns
    -------
    submissions : list of pathlib.Path

    Raises
    ------
    CourseError
        If the target exists and is not a sample class, or the course is not as it should be.
    """
    course, target = Path(course), Path(target)
    problem_sets(course)  # says so if this is no course
    mark = target / "README"
    if target.exists() and any(target.iterdir()):
        if not mark.exists() or mark.read_text(encoding="utf-8") != MARK:
            raise CourseError(f"{target} is not empty and is not a sample class; name another folder with --to")
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    mark.write_text(MARK, encoding="utf-8")
    shutil.copy(course / "nbgrader_config.py", target)
    for name in names:
        (target / "solutions" / name).mkdir(parents=True)
        shutil.copy(course / "solutions" / name / f"{name}.py", target / "solutions" / name)
    release(target)
    return [_hand_in(target, student, code, name) for student, code in STUDENTS.items() for name in HANDED_IN]


def _hand_in(target, student, code, name):
    """Write one student's notebook of one problem set, from the released one."""
    notebook = nbformat.read(target / "exercises" / name / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        function = getattr(code, cell.metadata.get("nbgrader", {}).get("grade_id", "-"), None)
        if function and cell.metadata.nbgrader["solution"]:
            cell.source = textwrap.dedent(inspect.getsource(function)).strip()
    path = target / "submitted" / student / name / f"{name}.ipynb"
    write_atomically(path, nbformat.writes(notebook) + "\n")
    return path


def grade_class(course):
    """Grade every problem set of a sample class, and write feedback and report.

    Where there is no sandbox plain processes do: the students of a sample class are ours. Other systems than Linux have
    neither, and are told so.

    Yields
    ------
    step : str
        What has just been done.
    """
    if not sys.platform.startswith("linux"):
        yield "not graded: grading runs on Linux (elsewhere: in WSL, a container or a virtual machine)"
        return
    for name in HANDED_IN:
        driver = Driver(course, name, allow_unsafe=True, again=True)
        graded = len(list(driver.grade(CORES)))
        yield f"{name}: {graded} graded ({driver.run.tier})"
        for student, problem in write_feedback(course, name, students_with_a_grade(course, name), CORES):
            if problem:
                yield f"{name}: no feedback for {student}: {problem}"
        yield f"{name}: feedback written"
        _, (page, _) = write_report(course, name)
        yield f"{name}: class report in {page}"
