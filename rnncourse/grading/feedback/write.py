"""Write the feedback pages of a class: nbgrader's own step for each student, on all cores, each page in one piece."""

import concurrent.futures
import logging
import multiprocessing
import signal
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from nbgrader.converters import GenerateFeedback

from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import require_problem_set
from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.files import write_atomically
from rnncourse.grading.gradebook.configuration import configured, require_gradebook
from rnncourse.grading.text import described

CHUNK = 4
"""Students that a process takes at a time."""

_feedback = None  # a worker's own


class OneStudent(GenerateFeedback):
    """nbgrader's step for one student.

    Every page is written anew, since points and comments that a person gives in formgrader change no file; and in one
    piece, so that a reader or an end in between finds the old page or the new one.
    """

    def init_notebooks(self):
        folder = Path(self._format_source(self.coursedir.assignment_id, self.coursedir.student_id))
        self.notebooks = sorted(map(str, folder.glob("*.ipynb")))

    def convert_notebooks(self):
        self.run_pre_convert_hook()
        self.init_assignment(self.coursedir.assignment_id, self.coursedir.student_id)
        for path in self._folder().rglob("*.ipynb"):  # nbgrader's own rule fails where a name looks like a pattern
            path.unlink()
        for path in self.notebooks:
            self.convert_single_notebook(path)
        self.set_permissions(self.coursedir.assignment_id, self.coursedir.student_id)
        self.run_post_convert_hook()

    def write_single_notebook(self, output, resources):
        write_atomically(self._folder() / f"{resources['unique_key']}.html", output)

    def _folder(self):
        return Path(self._format_dest(self.coursedir.assignment_id, self.coursedir.student_id))


def students_with_a_grade(course, problem_set, db=None):
    """List the students with a graded submission, in order.

    Raises
    ------
    CourseError
        If there is none, or no such problem set, or no gradebook.
    """
    course = Path(course).resolve()
    require_problem_set(course, problem_set)
    _, coursedir = configured(course, problem_set, db)
    require_gradebook(coursedir.db_url)
    folder = Path(coursedir.root) / coursedir.autograded_directory
    students = sorted(path.parent.name for path in folder.glob(f"*/{problem_set}") if any(path.glob("*.ipynb")))
    if not students:
        raise CourseError(f"nothing of {problem_set} is graded yet: first run rnncourse grade {problem_set}")
    return students


def write_feedback(course, problem_set, students, workers, db=None):
    """Write the pages into feedback/<student>/<problem set>/.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str
    students : sequence of str
        Of `students_with_a_grade`.
    workers : int
        Processes.
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.

    Yields
    ------
    student : str
    problem : str or None
        Why there is no new page.

    Raises
    ------
    CourseError
        If a process was killed from outside.
    """
    executor = concurrent.futures.ProcessPoolExecutor(
        min(workers, len(students)),
        mp_context=multiprocessing.get_context("fork"),
        initializer=_prepare,
        initargs=(Path(course).resolve(), problem_set, db),
    )
    with executor:
        try:
            yield from zip(students, executor.map(_write, students, chunksize=CHUNK), strict=True)
        except BrokenProcessPool:
            raise CourseError(
                "a process was killed from outside; no page is half written."
                " Run the command again, with --jobs 1 if memory was short"
            ) from None
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _prepare(course, problem_set, db):
    """Prepare a worker: its step of nbgrader is made once."""
    global _feedback
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's: a page that was begun is finished
    app, coursedir = configured(course, problem_set, db)
    app.log.setLevel(logging.CRITICAL)  # what goes wrong, we say
    _feedback = OneStudent(coursedir=coursedir, parent=app)


def _write(student):
    """Write one student's pages; return why there are none, if so."""
    _feedback.coursedir.student_id = student
    try:
        _feedback.start()
    except (Exception, OutOfTimeError, SystemExit) as error:
        return described(error)
    return None
