"""Gather the solution cells that were handed in, and what everybody may have from elsewhere: starter and textbook."""

import copy
import inspect
from dataclasses import dataclass
from pathlib import Path

import nbformat

from rnncourse.authoring.course_language import course_language
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import require_problem_set
from rnncourse.authoring.released import translated_notebooks
from rnncourse.grading.gradebook.configuration import configured
from rnncourse.grading.notebook.reading import find_notebook, handed_in
from rnncourse.grading.notebook.rebuild import rebuild_submission
from rnncourse.misconceptions import TEXTBOOK


@dataclass(frozen=True)
class Handed:
    """What was handed in for a problem set: by student and exercise the cell; by exercise the texts that are known."""

    problem_set: str
    cells: dict
    known: dict


def gather(course, problem_set):
    """Gather the solution cells of a problem set.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str

    Returns
    -------
    Handed

    Raises
    ------
    CourseError
        If there is no such problem set, or it is not released, or nothing was handed in.
    """
    course = Path(course).resolve()
    require_problem_set(course, problem_set)
    _, coursedir = configured(course, problem_set)
    folder = Path(coursedir.format_path(coursedir.release_directory, ".", problem_set))
    released = {path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))}
    if not released:
        raise CourseError(f"{problem_set} is not released; run: rnncourse release {problem_set}")
    top = Path(coursedir.format_path(coursedir.submitted_directory, ".", ".")).resolve()
    folders = [path for path in sorted(top.glob(f"*/{problem_set}")) if _is_folder(path)]
    if not folders:
        raise CourseError(f"nothing of {problem_set} was handed in; expected folders submitted/STUDENT/{problem_set}")
    translated = translated_notebooks(course, problem_set, course_language(course))
    cells = {path.parent.name: _cells(path, released, translated) for path in folders}
    return Handed(problem_set, cells, _known(released, course / coursedir.source_directory / problem_set))


def _is_folder(path):
    """Tell whether a path is a folder, and no link on the way."""
    return path.is_dir() and not path.is_symlink() and not path.parent.is_symlink()


def _cells(folder, released, translated):
    """Read a student's solution cells that are not as they were released, by exercise."""
    cells = {}
    for name, notebook in released.items():
        starter = {grade_id: source for grade_id, source in _solutions(notebook)}
        content = handed_in(find_notebook(folder, name, released))
        rebuilt = rebuild_submission(copy.deepcopy(notebook), content, {}, translated=translated)
        for grade_id, source in _solutions(rebuilt):
            if source.strip() != starter[grade_id].strip():
                cells[grade_id] = source
    return cells


def _solutions(notebook):
    """List the solution cells of a notebook that hold code: (grade_id, source)."""
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and about.get("solution"):
            yield about["grade_id"], cell.source


def _known(released, solutions):
    """Collect by exercise what a student may have from the course: starter, textbook, instructor's answer."""
    given = [cell.source for notebook in released.values() for cell in notebook.cells if cell.cell_type == "code"]
    own = {}
    for path in sorted(solutions.glob("*.ipynb")):
        own |= dict(_solutions(nbformat.read(path, as_version=4)))
    names = [grade_id for notebook in released.values() for grade_id, _ in _solutions(notebook)]
    return {name: [*given, *_textbook(name), *([own[name]] if name in own else [])] for name in names}


def _textbook(name):
    """List the textbook's function of an exercise, if it has one."""
    return [inspect.getsource(TEXTBOOK[name])] if name in TEXTBOOK else []
