"""Release problem sets of this course in a course directory of the tests' own."""

import shutil
from pathlib import Path
from unittest import mock

from support import in_process

from rnncourse.authoring import release as releasing
from rnncourse.authoring.errors import CourseError

ROOT = Path(__file__).parents[2]
SETS = releasing.problem_sets(ROOT)


def generate_assignment(course, command, name, *options, db=None):
    """Take the place of nbgrader's command, in this process."""
    assert (command, options, db) == ("generate_assignment", ("--force", "--create"), None)
    worked, log = in_process.run(course, command, name, force=True, create=True)
    if not worked:
        raise CourseError(log)


def in_this_process():
    """Let `rnncourse.authoring.release.release` start no other process."""
    return mock.patch.object(releasing, "nbgrader", generate_assignment)


def release_copy(target, names=SETS, settings=""):
    """Copy the sources of problem sets into a new course directory, and release them.

    Parameters
    ----------
    target : pathlib.Path
    names : sequence of str
    settings : str
        Lines to add to nbgrader_config.py.
    """
    for name in names:
        (target / "solutions" / name).mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / name / f"{name}.py", target / "solutions" / name)
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (target / "nbgrader_config.py").write_text(config + settings, encoding="utf-8")
    with in_this_process():
        releasing.release(target)
