"""Release problem sets of this course in a course directory of the tests' own."""

import shutil
from pathlib import Path

from rnncourse.authoring.release import problem_sets, release

ROOT = Path(__file__).parents[2]
SETS = problem_sets(ROOT)


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
    release(target)
