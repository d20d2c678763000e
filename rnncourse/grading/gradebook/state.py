"""Keep what lies beside the gradebook: each problem set's secret seed, and what has been graded already."""

import contextlib
import json
import os
import secrets
from pathlib import Path

FOLDER = ".rnncourse"
"""In the course directory; only the instructor may read it, git ignores it, and no sandbox sees it."""


def folder(course, name):
    """Get the folder of one problem set; make it if it is not there."""
    top = Path(course) / FOLDER
    path = top / name
    path.mkdir(parents=True, exist_ok=True)
    top.chmod(0o700)
    ignore = top / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
    return path


def seed(course, name):
    """Get the secret seed of a problem set's probes: drawn once, the same for every student and for a regrade.

    Parameters
    ----------
    course : path
        The course directory.
    name : str
        The problem set.

    Returns
    -------
    seed : int
    """
    path = folder(course, name) / "seed.json"
    if not path.exists():
        fresh = path.with_name(f".seed.{os.getpid()}.tmp")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"seed": str(secrets.randbits(128))}, file)
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # unlike a rename it never replaces the seed that another process has just drawn
        fresh.unlink()
    return int(json.loads(path.read_text())["seed"])
