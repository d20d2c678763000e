"""Read what a course's nbgrader_config.py says, and require that its gradebook is there."""

import logging
import os
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url

from rnncourse.authoring.errors import CourseError


class _App(NbGrader):
    name = "nbgrader-autograde"


def configured(course, problem_set="", db=None):
    """Make nbgrader's application and course directory.

    Parameters
    ----------
    course : pathlib.Path
        Absolute.
    problem_set : str
    db : str, optional
        The gradebook, in the place of what the course says.

    Returns
    -------
    app : NbGrader
    coursedir : CourseDirectory
    """
    app = _App(log_level=logging.ERROR)  # what is missing, we say
    before = os.getcwd()
    os.chdir(course)
    try:
        app.initialize([])
    finally:
        os.chdir(before)
    app.log.setLevel(logging.ERROR)
    coursedir = CourseDirectory(parent=app)
    coursedir.root, coursedir.assignment_id = str(course), problem_set
    if db:
        coursedir.db_url = db
    return app, coursedir


def require_gradebook(url):
    """Raise `CourseError` where the gradebook would be a file, and there is none: to open it would make it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database).exists():
        folder = Path(parsed.database).parent
        raise CourseError(f"there is no gradebook in {folder}; release and autograde a problem set first")
