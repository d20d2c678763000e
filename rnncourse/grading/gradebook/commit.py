"""Enter outcomes into the gradebook and write the autograded notebooks, as nbgrader's autograde does."""

import contextlib
import os
import shutil
import stat
from pathlib import Path

import nbformat
from nbgrader import utils
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from rnncourse.authoring.database import normal, open_gradebook, reason, shown
from rnncourse.authoring.errors import DatabaseError
from rnncourse.grading.deadlines.course_file import Deadlines
from rnncourse.grading.gradebook.entries import Entries, Entry
from rnncourse.grading.gradebook.points import read_points
from rnncourse.grading.gradebook.standing import Standing
from rnncourse.grading.notebook import reading
from rnncourse.grading.text import described


class Committer:
    """The one process that writes to the database.

    Parameters
    ----------
    app : NbGrader
        With the course's configuration.
    coursedir : CourseDirectory
    problem_set : str
    deadlines : Deadlines, optional
        Due date and extensions, which it enters.

    Attributes
    ----------
    standing : Standing
        There where the problem set is released.
    """

    def __init__(self, app, coursedir, problem_set, deadlines=None):
        self._app, self._coursedir, self._name = app, coursedir, problem_set
        deadlines = deadlines or Deadlines()
        self._gradebook = open_gradebook(coursedir.db_url, coursedir.course_id)
        self._entered = None
        with contextlib.suppress(MissingEntry):
            self.standing = Standing(self._gradebook, problem_set, deadlines)
            assignment = self._gradebook.find_assignment(problem_set)
            self._entries = Entries(self._gradebook.db, assignment, deadlines.extensions)

    def close(self):
        """Close the database."""
        self._gradebook.close()

    def notebooks(self):
        """List the problem set's notebooks in the gradebook; none if it is not released."""
        try:
            return list(self._gradebook.find_assignment(self._name).notebooks)
        except MissingEntry:
            return []

    def has(self, student):
        """Tell whether a student's notebooks are autograded, and in this gradebook."""
        if self._entered is None:
            self._entered = self._entries.students()
        return student in self._entered and Path(self._folder("autograded", student)).is_dir()

    def points(self, students):
        """Read what the gradebook has of some students; see `gradebook.points.read_points`."""
        return read_points(self._gradebook.db, self._gradebook.find_assignment(self._name).id, students)

    def enter(self, outcomes):
        """Write some outcomes: the files first, then the scores, in one transaction.

        Parameters
        ----------
        outcomes : list of (dict, path)
            Of different students: what grading gave, and the folder that was handed in.

        Returns
        -------
        refused : dict of str to str
            Students whose entry the database does not take, and why: a name that is too long, say.

        Raises
        ------
        DatabaseError
            If the database is gone.
        """
        entries, written, refused = [], [], {}
        for outcome, submitted in outcomes:
            student = outcome["student"]
            try:
                self._write_files(student, submitted, outcome["notebooks"])
                entries.append(Entry(student, timestamp(submitted), outcome["scores"], outcome["comments"]))
                written.append((outcome, submitted))
            except Exception as error:
                refused[student] = f"it cannot be written into autograded/: {described(error)}"
        try:
            late = self._commit(entries)
        except Exception as error:
            if self._is_lost(error):
                where = shown(self._coursedir.db_url)
                raise DatabaseError(
                    f"the gradebook {where} is lost ({reason(error)}); what is graded is kept: run it again"
                ) from None
            if len(written) == 1:
                return refused | {entries[0].student: f"the gradebook refuses it: {reason(error)}"}
            return refused | {name: why for outcome in written for name, why in self.enter([outcome]).items()}
        executed = {outcome["student"]: outcome["notebooks"] for outcome, _ in written}
        for entry in late:
            try:
                self._apply_late_policy(entry.student, executed[entry.student])
            except Exception as error:
                refused[entry.student] = f"its penalty for being late cannot be worked out: {described(error)}"
        return refused

    def update_lateness(self):
        """Bring extensions and penalties of what is entered to what the course says now; `Standing.update` returns."""
        blank = nbformat.writes(nbformat.v4.new_notebook())
        return self.standing.update(
            lambda student, names: self._apply_late_policy(student, dict.fromkeys(names, blank))
        )

    def _is_lost(self, error):
        """Tell whether the database is gone: it fails for other reasons than an entry, or answers nothing any more."""
        if isinstance(error, OperationalError):
            return True
        try:
            self._gradebook.db.execute(text("SELECT 1"))
        except Exception:
            return True
        finally:
            with contextlib.suppress(SQLAlchemyError):
                self._gradebook.db.rollback()
        return False

    def _commit(self, entries):
        """Write entries in one transaction; return those that are late."""
        session = self._gradebook.db
        try:
            late = self._entries.enter(entries)
            session.commit()
            return late
        finally:
            with contextlib.suppress(SQLAlchemyError):
                session.rollback()
            session.expunge_all()  # else it grows with the class

    def _apply_late_policy(self, student, notebooks):
        """Have nbgrader's own step work out the penalty of a late submission."""
        about = {"assignment": self._name, "student": student, "db_url": normal(self._coursedir.db_url)}
        for name, notebook in notebooks.items():
            notebook = nbformat.reads(notebook, as_version=4)
            AssignLatePenalties(parent=self._app).preprocess(notebook, {"nbgrader": about | {"notebook": name}})

    def _folder(self, step, student):
        """Find the folder of a student in a step's directory of the course."""
        step = {"autograded": self._coursedir.autograded_directory, "source": self._coursedir.source_directory}[step]
        return self._coursedir.format_path(step, student, self._name)

    def _write_files(self, student, submitted, notebooks):
        """Write the folder in autograded/, whole or not at all."""
        target = Path(self._folder("autograded", student))
        fresh = target.with_name(f".{target.name}.tmp")
        _remove(fresh)
        fresh.mkdir(parents=True)
        for name, content in reading.files_beside(submitted).items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        source = self._folder("source", ".")
        for path in utils.find_all_files(source, [*self._coursedir.ignore, "*.ipynb"]):
            copy = fresh / os.path.relpath(path, source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        for name, notebook in notebooks.items():
            (fresh / f"{name}.ipynb").write_text(f"{notebook}\n", encoding="utf-8")
        stamp = timestamp(submitted)
        if stamp:
            (fresh / "timestamp.txt").write_text(stamp)
        for path in fresh.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
        _remove(target)
        fresh.rename(target)


def timestamp(submitted):
    """Read the text of timestamp.txt, if it can be read as a time."""
    try:
        text = reading.read_bytes(Path(submitted, "timestamp.txt"), 100).decode().strip()
        utils.parse_utc(text)
    except Exception:
        return None
    return text


def _remove(folder):
    """Remove a folder of read-only files."""
    if folder.exists():
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(stat.S_IRWXU)
        shutil.rmtree(folder)
