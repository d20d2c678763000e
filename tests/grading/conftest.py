"""One sample class for all tests that look at it, and a small course in which tests hand in what they like."""

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from grading_helpers import NAME, RIGHT

from rnncourse.authoring.release import problem_sets, release
from rnncourse.grading.demo import grade_class, make_class
from rnncourse.grading.drive import Driver
from rnncourse.grading.gradebook import read_gradebook
from rnncourse.grading.sandbox import bubblewrap_trouble

ROOT = Path(__file__).parents[2]
SHORT = {"call_seconds": 1.0, "cell_seconds": 1.5, "notebook_seconds": 12.0, "memory": 1 << 30}


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory):
    """A course directory whose sample class has been graded, with feedback."""
    target = tmp_path_factory.mktemp("demo") / "class"
    make_class(ROOT, target, problem_sets(ROOT))
    list(grade_class(target))
    return target


@pytest.fixture(scope="session")
def sandbox():
    """Skips where bubblewrap does not work; in continuous integration it has to."""
    trouble = bubblewrap_trouble()
    if trouble and os.environ.get("CI"):
        pytest.fail(trouble)
    if trouble:
        pytest.skip(trouble)


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """A course directory with one problem set, released."""
    target = tmp_path_factory.mktemp("released") / "course"
    (target / "solutions" / NAME).mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", target)
    with open(target / "nbgrader_config.py", "a") as file:
        file.write(f"\nc.SandboxedExecute.limits = {{{NAME!r}: {SHORT!r}}}\n")
    shutil.copy(ROOT / "solutions" / NAME / f"{NAME}.py", target / "solutions" / NAME)
    release(target)
    return target


class Course:
    """A copy of the released course, to hand in to and to grade."""

    def __init__(self, folder):
        self.folder = folder

    def starter(self):
        """The released notebook."""
        return nbformat.read(self.folder / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)

    def answered(self, answers):
        """The released notebook with some solutions filled in."""
        notebook = self.starter()
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(grade_id, cell.source)
        return notebook

    def place(self, student):
        """A student's folder, made if it is not there."""
        folder = self.folder / "submitted" / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def hand_in(self, student, answers=RIGHT, notebook=None):
        """Hand in a notebook; returns the file."""
        path = self.place(student) / f"{NAME}.ipynb"
        path.write_text(nbformat.writes(notebook or self.answered(answers)))
        return path

    def allow(self, **limits):
        """Give submissions other limits than the short ones, which may end a cell on a busy machine."""
        with open(self.folder / "nbgrader_config.py", "a") as file:
            file.write(f"\nc.SandboxedExecute.limits = {{{NAME!r}: {limits!r}}}\n")

    def grade(self, **options):
        """Grade what is not graded yet; returns who has been graded now."""
        return sorted(Driver(self.folder, NAME, **options).grade(2))

    def scores(self):
        """Points by student."""
        return {student: row[0] for student, row in read_gradebook(self.folder).rows.items()}

    def shown(self, student):
        """What a student's autograded notebook says, all of it."""
        return (self.folder / "autograded" / student / NAME / f"{NAME}.ipynb").read_text()


@pytest.fixture(scope="module")
def module_course(released, tmp_path_factory, sandbox):
    """A course for all tests of a file."""
    return Course(shutil.copytree(released, tmp_path_factory.mktemp("course") / "course"))


@pytest.fixture
def course(released, tmp_path, sandbox):
    """A course for one test."""
    return Course(shutil.copytree(released, tmp_path / "course"))


@pytest.fixture
def released_course(released, tmp_path):
    """A course for one test that grades nothing, and so needs no sandbox."""
    return Course(shutil.copytree(released, tmp_path / "course"))
