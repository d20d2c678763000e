"""Run nbgrader in this process: a process of its own takes seconds until it has imported everything."""

import contextlib
import os
from unittest import mock

from nbgrader.apps import NbGraderAPI
from nbgrader.apps.nbgraderapp import NbGraderApp

from rnncourse.authoring.database import programs_path


def run(course, action, *arguments, **options):
    """Do what one of nbgrader's commands does, as formgrader does it.

    Parameters
    ----------
    course : path
        The course directory.
    action : str
        A method of `nbgrader.apps.NbGraderAPI`: "autograde", "generate_assignment" or "generate_feedback".
    *arguments, **options
        Go to the method.

    Returns
    -------
    worked : bool
    log : str
    """
    with contextlib.chdir(course), mock.patch.dict(os.environ, PATH=programs_path()):
        settings = NbGraderApp()
        settings.load_config_file()
        done = getattr(NbGraderAPI(config=settings.config), action)(*arguments, **options)
    return done["success"], done.get("log", "") + done.get("error", "")
