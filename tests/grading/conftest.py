"""One sample class for all tests that look at it, and a small course in which tests hand in what they like."""

import os
import shutil
import subprocess

import nbformat
import pytest
from support import in_process
from support.handed_in import NAME, RIGHT
from support.kept_workers import kept_workers
from support.once import make_once
from support.releasing import ROOT, in_this_process, release_copy

from rnncourse.grading.demo.sample_class import grade_class, make_class
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.run import driver, regrade
from rnncourse.grading.run.choose_pool import choose_pool
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.sandbox import bubblewrap

SHORT = {"call_seconds": 1.0, "cell_seconds": 1.5, "notebook_seconds": 12.0, "memory": 1 << 30}


MADE = ROOT / "_build" / "class"
AFTER_REPORT = 30
"""Seconds after its reports in which the making of a class ends."""


def as_made():
    """Whether `make` has made a sample class of what is here now, and nobody has graded or handed in there since."""
    target = MADE / "gradebook.db"
    question = ["make", "--question", str(target.relative_to(ROOT))]
    if not shutil.which("make") or subprocess.run(question, cwd=ROOT, capture_output=True).returncode:
        return False
    reported = max(path.stat().st_mtime for path in (MADE / "report").glob("*.html"))
    changed = [path.lstat().st_mtime for part in ("submitted", "autograded") for path in (MADE / part).rglob("*")]
    return max(changed) <= reported and target.stat().st_mtime <= reported + AFTER_REPORT


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory):
    """A course directory whose sample class has been graded, with feedback: a copy of what `make` has made, or new."""
    target = tmp_path_factory.mktemp("demo") / "class"
    if as_made():
        return shutil.copytree(MADE, target, symlinks=True)
    with in_this_process():
        make_class(ROOT, target)
    list(grade_class(target))
    return target


@pytest.fixture(scope="session", autouse=True)
def kept():
    """Keep two workers for all runs of this process."""
    with pytest.MonkeyPatch.context() as patched, kept_workers(patched):
        yield


@pytest.fixture
def own_workers(monkeypatch):
    """Give a run workers of its own, which are as this process is now."""
    for module in (driver, regrade):
        monkeypatch.setattr(module, "choose_pool", choose_pool)


@pytest.fixture(scope="session")
def sandbox():
    """Skips where bubblewrap does not work; in continuous integration it has to."""
    problem = bubblewrap.problem()
    if problem and os.environ.get("CI"):
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)


@pytest.fixture(scope="session")
def released(request, tmp_path_factory):
    """A course directory with one problem set, released; for reading and copying."""
    settings = f"\nc.SandboxedExecute.limits = {{{NAME!r}: {SHORT!r}}}\n"
    return make_once(request, tmp_path_factory, "released", lambda target: release_copy(target, [NAME], settings))


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

    def grade(self, jobs=2, **options):
        """Grade what is not graded yet; returns who has been graded now."""
        return sorted(Driver(self.folder, NAME, **options).grade(jobs))

    def autograde(self, student="*"):
        """Grade by nbgrader in this process, as formgrader does; returns whether that worked, and the log."""
        return in_process.run(self.folder, "autograde", NAME, student)

    def scores(self):
        """Points by student."""
        return {student: row[0] for student, row in read_gradebook(self.folder).rows.items()}

    def shown(self, student):
        """What a student's autograded notebook says, all of it."""
        return (self.folder / "autograded" / student / NAME / f"{NAME}.ipynb").read_text()


@pytest.fixture(scope="session")
def course_type():
    """What a course of the tests is made of."""
    return Course


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
