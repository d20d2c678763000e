"""Keep a run's temporary files in one folder, which the next run removes where this one is killed."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "rnncourse-run-"
LOCK = ".lock"
YOUNG_SECONDS = 3600.0
"""How old a folder without a lock has to be to count as abandoned: it may be about to get one."""


class Scratch:
    """A folder for temporary files. While its lock is held by this process, or one forked from it, no other removes it.

    Attributes
    ----------
    name : str
        The folder.
    """

    def __init__(self):
        remove_abandoned()
        self.name = tempfile.mkdtemp(prefix=PREFIX)
        self._lock = os.open(Path(self.name, LOCK), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def cleanup(self):
        """Remove the folder."""
        shutil.rmtree(self.name, ignore_errors=True)
        os.close(self._lock)


def remove_abandoned():
    """Remove the folders of this user's runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another run is removing it, too
            about = folder.lstat()
            if about.st_uid == os.getuid() and not folder.is_symlink() and _is_abandoned(folder, about.st_mtime):
                shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder, changed):
    """Tell whether no process holds a folder's lock any more."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return time.time() - changed > YOUNG_SECONDS
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
