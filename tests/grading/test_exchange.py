"""Students fetch and submit through nbgrader's own exchange; what they submit is graded by ours and goes back."""

import contextlib
import logging
import os
from pathlib import Path
from unittest import mock

import nbformat
import pytest
from nbgrader import apps
from nbgrader.api import Gradebook
from support.handed_in import NAME, RIGHT
from support.releasing import in_this_process
from traitlets.config import Config

from rnncourse.authoring.database import programs_path
from rnncourse.authoring.new_course import make_course
from rnncourse.authoring.release import release
from rnncourse.grading.feedback.write import students_with_a_grade, write_feedback
from rnncourse.grading.run.driver import Driver

COURSE = "rnns-2027"


class Hub:
    """A machine on which students and an instructor have accounts, and one folder for what is handed out and in.

    Parameters
    ----------
    folder : path
        Of its own.
    settings : path
        The nbgrader_config.py that goes into /etc/jupyter.
    """

    def __init__(self, folder, settings):
        self._folder, self._settings = Path(folder), Path(settings)
        self.exchange = self._folder / "exchange"
        self.exchange.mkdir(parents=True)
        self.exchange.chmod(0o777)
        etc = self._folder / "etc"
        etc.mkdir()
        text = self._settings.read_text(encoding="utf-8").replace("/srv/nbgrader/exchange", str(self.exchange))
        (etc / "nbgrader_config.py").write_text(text, encoding="utf-8")

    def home(self, person):
        """Make a home folder, if it is not there."""
        home = self._folder / "home" / person
        home.mkdir(parents=True, exist_ok=True)
        return home

    def run(self, person, application, *arguments, folder=None):
        """Run one of nbgrader's commands.

        Parameters
        ----------
        person : str
        application : type
            Of `nbgrader.apps`.
        *arguments : str
            Of its command line.
        folder : path, optional
            Where it is run; the person's home by default.
        """
        home = self.home(person)
        places = {"JUPYTER_CONFIG_DIR": str(home / ".jupyter"), "JUPYTER_DATA_DIR": str(home / ".data")}
        places |= {"JUPYTER_CONFIG_PATH": str(self._folder / "etc"), "HOME": str(home), "PATH": programs_path()}
        with contextlib.chdir(folder or home), mock.patch.dict(os.environ, places):
            application.clear_instance()
            app = application.instance(config=Config(), log_level=logging.ERROR)
            app.initialize(list(arguments))
            app.start()
            application.clear_instance()


@pytest.fixture(scope="module")
def hub(tmp_path_factory, sandbox):
    """A hub with a new course, of which one problem set is handed out."""
    course = tmp_path_factory.mktemp("srv") / COURSE
    make_course(course, [NAME], server=True)
    (course / "students.csv").write_text("id,first_name,last_name,email\nada,Ada,L,\nbob,Bob,M,\n")
    with in_this_process():
        release(course)
    hub = Hub(tmp_path_factory.mktemp("hub"), course / "server" / "nbgrader_config.py")
    hub.course = course
    hub.run("teacher", apps.ReleaseAssignmentApp, NAME, folder=course)
    return hub


def fetch(hub, student):
    """Fetch the problem set; returns the notebook's file in the student's home."""
    hub.run(student, apps.FetchAssignmentApp, NAME)
    return hub.home(student) / NAME / f"{NAME}.ipynb"


def submit(hub, student, path, answers):
    """Fill answers in and submit."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(notebook, path)
    hub.run(student, apps.SubmitApp, NAME, f"--student={student}")


@pytest.fixture(scope="module")
def graded(hub):
    """The hub when two students have submitted, one of them twice, and all is collected, graded and handed back."""
    for student, tries in {"ada": [{}, RIGHT], "bob": [RIGHT | {"rnn_step": ""}]}.items():
        path = fetch(hub, student)
        for answers in tries:
            submit(hub, student, path, answers)
    hub.run("teacher", apps.CollectApp, NAME, "--CollectApp.check_owner=False", folder=hub.course)
    driver = Driver(hub.course, NAME)
    assert sorted(driver.grade(2)) == ["ada", "bob"] and driver.run.failed == {}
    written = dict(write_feedback(hub.course, NAME, students_with_a_grade(hub.course, NAME), 1))
    assert written == {"ada": None, "bob": None}
    hub.run("teacher", apps.ReleaseFeedbackApp, NAME, folder=hub.course)
    for student in ("ada", "bob"):
        hub.run(student, apps.FetchFeedbackApp, NAME, f"--student={student}")
    return hub


def test_what_is_fetched_is_what_was_released(hub):
    released = hub.course / "exercises" / NAME / f"{NAME}.ipynb"
    assert fetch(hub, "cy").read_bytes() == released.read_bytes()
    assert [path.name for path in (hub.exchange / COURSE / "outbound" / NAME).iterdir()] == [f"{NAME}.ipynb"]


def test_the_last_that_was_submitted_is_graded(graded):
    with Gradebook(f"sqlite:///{graded.course / 'gradebook.db'}", COURSE) as book:
        submissions = {each.student.id: each for each in book.find_assignment(NAME).submissions}
        assert submissions["ada"].score == 100 and submissions["bob"].score == 65
        assert submissions["ada"].timestamp is not None


def test_each_gets_the_feedback_page_of_their_own(graded):
    pages = {student: list((graded.home(student) / NAME / "feedback").rglob("*.html")) for student in ("ada", "bob")}
    assert [len(found) for found in pages.values()] == [1, 1]
    assert "35 of 35 points" in pages["ada"][0].read_text() and "35 of 35 points" not in pages["bob"][0].read_text()
