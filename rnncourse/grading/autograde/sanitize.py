"""Sanitise a submission's folder before nbgrader's autograde copies it."""

import os
import stat
from pathlib import Path

from nbgrader.utils import parse_utc

from rnncourse.grading.notebook.reading import MAX_FILES, find_notebook


def sanitize_submission(*, notebooks, **about):
    """Remove or rename what would harm nbgrader when it copies a submission's files: its pre-convert hook.

    Links may point to anything; pipes and devices never end; an unreadable timestamp stops the class. A notebook that
    was renamed, where no other can be meant, gets its name back: nbgrader knows none but those that it released.

    Parameters
    ----------
    notebooks : list of str
        Paths; changed in place where one is renamed.
    **about
        What else nbgrader tells every hook: the notebooks say which folder it is.
    """
    for folder in {Path(path).parent for path in notebooks}:
        _restore_name(folder, notebooks)
        for top, folders, names in os.walk(folder):
            for name in folders + names:
                path = Path(top, name)
                mode = path.lstat().st_mode
                large = stat.S_ISREG(mode) and path.suffix != ".ipynb" and path.stat().st_size > MAX_FILES
                if large or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                    path.unlink()
        stamp = folder / "timestamp.txt"
        try:
            if stamp.is_file():
                parse_utc(stamp.read_text().strip())
        except Exception:
            stamp.rename(stamp.with_suffix(".unreadable"))


def _restore_name(folder, notebooks):
    """Rename a notebook in its folder and in nbgrader's list; only where the problem set has one notebook."""
    names = [path.stem for path in (folder.parents[2] / "exercises" / folder.name).glob("*.ipynb")]
    if len(names) != 1:
        return
    found, wanted = find_notebook(folder, names[0], names), folder / f"{names[0]}.ipynb"
    if found is not None and found != wanted and found.is_file() and not found.is_symlink():
        found.rename(wanted)
        notebooks[:] = [str(wanted) if Path(path) == found else path for path in notebooks]
