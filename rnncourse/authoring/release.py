"""Make the instructor's and the student's notebooks of a course, through nbgrader's own generate_assignment."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat

from rnncourse.authoring.chosen_sets import bring_sources, chosen_sets
from rnncourse.authoring.course_language import course_language
from rnncourse.authoring.database import VARIABLE, normal, open_gradebook, programs_path
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.released import instructors_notebook, students_notebook
from rnncourse.files import write_atomically
from rnncourse.language import VARIABLE as LANGUAGE
from rnncourse.language import language as spoken
from rnncourse.language import speaking


def problem_sets(course):
    """List the problem sets in a course directory, in order.

    Raises
    ------
    CourseError
        If the folder is not a course directory, or has no problem set in it.
    """
    course = Path(course)
    if not (course / "nbgrader_config.py").exists():
        raise CourseError(
            f"{course.resolve()} has no nbgrader_config.py; expected a course directory. "
            "Go to the folder of the course, or name it with --course."
        )
    names = {path.stem for path in course.glob("solutions/*/*.py") if path.stem == path.parent.name}
    names |= chosen_sets(course).keys()
    if not names:
        raise CourseError(f"{course / 'solutions'} holds no problem set; expected files <ps>/<ps>.py")
    return sorted(names)


def require_problem_set(course, name):
    """Raise `CourseError` if a course has no problem set of this name, or is none."""
    names = problem_sets(course)
    if name not in names:
        raise CourseError(f"there is no problem set {name!r}; this course has {', '.join(names)}")


def nbgrader(course, *arguments, db=None):
    """Run an nbgrader command in a course directory; return its log.

    Parameters
    ----------
    course : path
    *arguments : str
    db : str, optional
        The gradebook, in the place of what nbgrader_config.py says. It may hold a password, so it is no argument.

    Raises
    ------
    CourseError
        If the command fails, with the end of its log.
    """
    command = [sys.executable, "-m", "nbgrader", *arguments]
    environment = os.environ | {"PATH": programs_path(), "OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    environment |= {LANGUAGE: spoken()} | ({VARIABLE: normal(db)} if db else {})
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, env=environment)
    log = done.stdout + done.stderr
    if done.returncode:
        raise CourseError(f"nbgrader {' '.join(arguments)} failed ({done.returncode}):\n{log[-2000:]}")
    return log


def release(course=".", only=None, db=None, language=None):
    """Make `solutions/<ps>/<ps>.ipynb` and `exercises/<ps>/<ps>.ipynb` from `solutions/<ps>/<ps>.py`.

    Parameters
    ----------
    course : path
        The course directory: where nbgrader_config.py lies.
    only : str, optional
        One problem set; all of them by default.
    db : str, optional
        The gradebook that learns of the cells; as nbgrader_config.py has it by default.
    language : str, optional
        By default that of the course. In another one the notebooks are made beside those, in
        `exercises_<language>/<ps>/<ps>.ipynb`: students may hand in either.

    Returns
    -------
    released : list of pathlib.Path
        The students' notebooks.

    Raises
    ------
    CourseError
        If there is no such course or problem set, or nbgrader fails.
    """
    course = Path(course)
    names = problem_sets(course)
    if only is not None:
        require_problem_set(course, only)
        names = [only]
    own = course_language(course)
    bring_sources(course)
    if language not in (None, own):
        return [_release_beside(course, name, language) for name in names]
    if db:
        open_gradebook(db, "").close()  # says what is wrong with it, and makes it whole if it is empty
    released = []
    for name in names:
        notebook = instructors_notebook(course, name, own)
        write_atomically(course / "solutions" / name / f"{name}.ipynb", nbformat.writes(notebook) + "\n")
        with speaking(own):
            nbgrader(course, "generate_assignment", name, "--force", "--create", db=db)
        released.append(course / "exercises" / name / f"{name}.ipynb")
    return released


def _release_beside(course, name, language):
    """Make a problem set's notebook in another language than the course's; the gradebook learns nothing of it."""
    path = course / f"exercises_{language}" / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, nbformat.writes(students_notebook(course, name, language)) + "\n")
    return path
