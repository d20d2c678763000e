"""Put what was handed in where nbgrader looks for it: whole or not at all, and never in the place of what is newer."""

import contextlib
import datetime
import os
import shutil

from nbgrader.utils import parse_utc

from rnncourse.grading.gradebook.configuration import configured
from rnncourse.grading.notebook.reading import UnreadableError, read_bytes

STAMP = "timestamp.txt"


def submitted_directory(course):
    """Find where submissions lie, as nbgrader_config.py has it."""
    _, coursedir = configured(course)
    return course / coursedir.submitted_directory


def place(submitted, student, problem_set, found, replace=False, dry_run=False):
    """Place one submission.

    Parameters
    ----------
    submitted : pathlib.Path
    student, problem_set : str
    found : HandIn
    replace : bool
        Also in the place of a submission that is newer, or may be.
    dry_run : bool
        Only say what would be done.

    Returns
    -------
    result : str
        "collected", "replaced", "there already", "left: newer there", or "not replaced: ..." where somebody has to say
        which of the two counts.
    """
    folder = submitted / student / problem_set
    older = folder.with_name(f".{problem_set}.older")
    if older.is_dir() and not folder.exists() and not dry_run:
        older.rename(folder)  # an earlier run was ended between two steps
    if folder.parent.is_symlink() or folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return "not replaced: a link or a file lies in its place"
    files = dict(found.files)
    if found.stamp:
        stamp = found.stamp.astimezone(datetime.UTC)
        files[STAMP] = f"{stamp:%Y-%m-%d %H:%M:%S} UTC".encode()
    result = "collected"
    if folder.exists():
        if _same(folder, files):
            return "there already"
        newer = _is_newer(folder, problem_set, found)
        if not replace and not newer:
            return "left: newer there" if newer is False else "not replaced: another is there, and may be newer"
        result = "replaced"
    if not dry_run:
        _write(folder, older, files, found)
    return result


def _same(folder, files):
    """Tell whether a folder holds just these files."""
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    if there != files.keys():
        return False
    with contextlib.suppress(UnreadableError):
        return all(read_bytes(folder / name) == content for name, content in files.items())
    return False


def _is_newer(folder, problem_set, found):
    """Tell whether what was found is newer than what is there; None if that cannot be told."""
    try:
        theirs = parse_utc(read_bytes(folder / STAMP, 100).decode().strip()).replace(tzinfo=datetime.UTC)
    except Exception:
        theirs = None
    if (theirs is None) != (found.stamp is None):
        return None
    if theirs:
        return None if theirs == found.stamp else found.stamp > theirs
    notebook = folder / f"{problem_set}.ipynb"
    if not found.changed or not notebook.exists():
        return None
    there = notebook.stat().st_mtime
    return None if int(there) == int(found.changed) else found.changed > there


def _write(folder, older, files, found):
    """Write the folder, whole or not at all."""
    fresh = folder.with_name(f".{folder.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, content in files.items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes(content)
    if found.changed:
        os.utime(fresh / f"{folder.name}.ipynb", (found.changed, found.changed))
    shutil.rmtree(older, ignore_errors=True)
    if folder.exists():
        folder.rename(older)
    fresh.rename(folder)
    shutil.rmtree(older, ignore_errors=True)
