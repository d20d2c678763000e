"""Enter outcomes into the gradebook and write the autograded notebooks, as nbgrader's autograde does."""

import os
import shutil
import stat
from pathlib import Path

import nbformat
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties

from rnncourse.grading import reading


class Committer:
    """The one process that writes to the database.

    Parameters
    ----------
    app : NbGrader
        With the course's configuration.
    coursedir : CourseDirectory
    problem_set : str
    """

    def __init__(self, app, coursedir, problem_set):
        self._app, self._coursedir, self._name = app, coursedir, problem_set
        self._gradebook = Gradebook(coursedir.db_url, coursedir.course_id)

    def close(self):
        """Close the database."""
        self._gradebook.close()

    def notebooks(self):
        """The problem set's notebooks in the gradebook; none if it is not released."""
        try:
            return list(self._gradebook.find_assignment(self._name).notebooks)
        except MissingEntry:
            return []

    def has(self, student):
        """Whether a student's notebooks are autograded."""
        return Path(self._folder("autograded", student)).is_dir()

    def enter(self, outcome, submitted):
        """Write one outcome: the files first, then the scores, in one transaction."""
        student = outcome["student"]
        notebooks = {name: nbformat.reads(text, as_version=4) for name, text in outcome["notebooks"].items()}
        self._write_files(student, submitted, notebooks)
        gradebook = self._gradebook
        gradebook.update_or_create_student(student)
        stamp = _timestamp(submitted)
        when = {"timestamp": stamp} if stamp else {}
        with gradebook.db.no_autoflush:
            submission = gradebook.update_or_create_submission(self._name, student, **when)
        for name, notebook in notebooks.items():
            _score(next(one for one in submission.notebooks if one.name == name), notebook)
        gradebook.db.commit()
        if submission.total_seconds_late > 0 or any(one.late_submission_penalty for one in submission.notebooks):
            self._apply_late_policy(student, notebooks)
        gradebook.db.expunge_all()  # else it grows with the class

    def _apply_late_policy(self, student, notebooks):
        about = {"assignment": self._name, "student": student, "db_url": self._coursedir.db_url}
        for name, notebook in notebooks.items():
            AssignLatePenalties(parent=self._app).preprocess(notebook, {"nbgrader": about | {"notebook": name}})

    def _folder(self, step, student):
        step = {"autograded": self._coursedir.autograded_directory, "source": self._coursedir.source_directory}[step]
        return self._coursedir.format_path(step, student, self._name)

    def _write_files(self, student, submitted, notebooks):
        """The folder in autograded/, whole or not at all."""
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
            (fresh / f"{name}.ipynb").write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        stamp = _timestamp(submitted)
        if stamp:
            (fresh / "timestamp.txt").write_text(stamp)
        for path in fresh.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
        _remove(target)
        fresh.rename(target)


def _score(entry, notebook):
    """Scores and comments of one notebook, by nbgrader's rules (its SaveAutoGrades), without a commit for each cell."""
    grades = {grade.name: grade for grade in entry.grades}
    comments = {comment.name: comment for comment in entry.comments}
    for cell in notebook.cells:
        if utils.is_grade(cell):
            grade = grades[cell.metadata.nbgrader.grade_id]
            grade.auto_score, _ = utils.determine_grade(cell)
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        if utils.is_solution(cell) or utils.is_task(cell):
            same = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell) and not utils.is_task(cell)
            comments[cell.metadata.nbgrader.grade_id].auto_comment = "No response." if same else None


def _timestamp(submitted):
    """The text of timestamp.txt, if it can be read as a time."""
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
