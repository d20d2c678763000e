"""Keep the history of a problem set's grades: a line of JSON for each grade that was entered, and none is ever removed.

A line says whose grade it is, when and why it was entered, what was handed in (the key of the journal), which version
of the checks made it, and the points. So a grade of some weeks ago can be told from today's, and made once more.
"""

import datetime
import json
import os

import numpy as np

import rnncourse

KEPT = ("student", "key", "checks", "scores", "was", "unwritten", "seconds")
"""What a line keeps of an outcome."""


class History:
    """The history of one problem set.

    Parameters
    ----------
    path : pathlib.Path
        A file of JSON lines, made at the first line.
    """

    def __init__(self, path):
        self._path = path
        self._known = None

    def add(self, outcomes, version, why, **more):
        """Add grades that have just been entered.

        Parameters
        ----------
        outcomes : list of dict
            Of `jobs.grade`, with the `checks` that made each one.
        version : Version
            Those of this run; written in full once.
        why : str
            "first", "again" or "changed".
        **more
            Of the run, such as its sandbox.
        """
        if not outcomes:
            return
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        lines, self._known = [], self.versions().keys() if self._known is None else self._known
        if version.id not in self._known:
            made = {"package": rnncourse.__version__, "numpy": np.__version__}
            lines.append({"version": version.id, "at": now, "cells": version.cells} | made)
        for outcome in outcomes:
            lines.append({name: outcome[name] for name in KEPT if name in outcome} | {"at": now, "why": why} | more)
        self._append(lines)
        self._known = {*self._known, version.id}

    def _append(self, lines):
        """Write lines in one piece; a line that an earlier end has torn is ended first."""
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1, 0))
            torn = file.read(1) not in (b"", b"\n")
            file.write(("\n" * torn + text).encode())
            file.flush()
            os.fsync(file.fileno())

    def lines(self):
        """Read the lines, the oldest first; what an end has torn is left out.

        Yields
        ------
        line : dict
        """
        if not self._path.exists():
            return
        with open(self._path, encoding="utf-8") as file:
            for text in file:
                try:
                    line = json.loads(text)
                except ValueError:
                    continue
                if isinstance(line, dict):
                    yield line

    def versions(self):
        """Read the hashes of each version of the checks, by its id."""
        return {line["version"]: line["cells"] for line in self.lines() if "version" in line}

    def grades(self, student):
        """List the grades of one student, the oldest first."""
        return [line for line in self.lines() if line.get("student") == student]

    def latest(self):
        """Read the last line of each student."""
        return {line["student"]: line for line in self.lines() if "student" in line}
