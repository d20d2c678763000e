"""What a course's nbgrader_config.py says."""

import logging
import os

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory


class _App(NbGrader):
    name = "nbgrader-autograde"


def configured(course, problem_set="", db=None):
    """nbgrader's application and course directory.

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
