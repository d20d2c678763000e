"""Trace a function: which numbers each of its lines makes."""

import sys

import numpy as np

from rnncourse.checks.execution.compare import fits_an_array

LARGEST = 4096
"""Most entries of an array that is looked at."""

MOST_LINES = 20_000
"""How many lines are traced; a longer run goes on untraced."""


def traced(function, arguments, file):
    """Call a function and note which numbers its lines make.

    Parameters
    ----------
    function : callable
    arguments : iterable
    file : str
        The lines of this file are noted: `function.__code__.co_filename`.

    Returns
    -------
    made : list of (int, array)
        In the order of the run: the number of a line, and the entries that it has made or changed. What a helper makes
        that is called in several places is on the line that calls it.
    """
    notes, before = _Notes(file), sys.gettrace()
    sys.settrace(notes.enter)
    try:
        function(*arguments)
    except Exception:
        pass  # what was made until then is noted
    finally:
        sys.settrace(before)
    return [(notes.place(path), entries) for path, entries in notes.made]


class _Notes:
    """Follow the frames of one file, and compare each local variable with what it was a line before."""

    def __init__(self, file):
        self.file, self.made = file, []
        self._seen, self._lines, self._paths, self._callers = {}, {}, {}, {}

    def enter(self, frame, event, argument):
        """Follow a call if it is to a function of the file."""
        if frame.f_code.co_filename != self.file or len(self.made) > MOST_LINES:
            return None
        self._seen[frame] = {name: _copy(value) for name, value in _variables(frame)}
        self._lines[frame] = frame.f_lineno
        caller = frame.f_back
        inner = caller in self._paths
        self._paths[frame] = [*self._path(caller), frame.f_code] if inner else [frame.f_code]
        if inner:  # what a helper is given has been made on the line that calls it
            given = (value for value in self._seen[frame].values() if value is not None and value.any())
            self.made += [(self._path(caller), value.ravel()) for value in given]
        self._callers.setdefault(frame.f_code, set()).add((caller.f_code, caller.f_lasti))
        return self.follow

    def _path(self, frame):
        """Give the functions and lines that lead to where a frame is."""
        return [*self._paths[frame], self._lines[frame]]

    def follow(self, frame, event, argument):
        """Note what the last line has made, when another one is about to run or the function returns."""
        if event in ("line", "return"):
            seen = self._seen[frame]
            for name, value in _variables(frame):
                now = _copy(value)
                if now is not None and (changed := _changed(now, seen.get(name))) is not None:
                    self.made.append((self._path(frame), changed))
                    seen[name] = now
            self._lines[frame] = frame.f_lineno
            if event == "return":
                self.made += [(self._path(frame), _copy(value).ravel()) for value in arrays(argument)]
                del self._seen[frame]
        return self.follow if len(self.made) <= MOST_LINES else None

    def place(self, path):
        """Choose a line of a path of calls: the innermost, but none in a function that is called in several places."""
        _, line, *inner = path
        for code, below in zip(inner[::2], inner[1::2], strict=True):
            if len(self._callers[code]) > 1:
                break
            line = below
        return line


def _variables(frame):
    """List the local variables of a frame, and the attributes of the object whose method it is."""
    local = frame.f_locals
    attributes = vars(local["self"]) if hasattr(local.get("self"), "__dict__") else {}
    return [*local.items(), *((f"self.{name}", value) for name, value in attributes.items())]


def _copy(value):
    """Copy numbers, a tensor's too; None for all that is none, or too large."""
    if type(value).__module__ == "torch" and hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    if isinstance(value, float | np.floating):
        return np.array([value])
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and 0 < value.size <= LARGEST:
        return np.array(value, np.float64)
    if isinstance(value, list | tuple | dict) and 0 < len(value) <= 64:
        parts = list(arrays(value))
        return np.concatenate([_copy(part).ravel() for part in parts]) if parts else None
    return None


def arrays(value):
    """Yield the arrays and numbers in a value, and in the lists and tuples in it."""
    if not fits_an_array(value):
        return
    if isinstance(value, list | tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from arrays(part)
    elif _copy(value) is not None:
        yield value


def _changed(now, before):
    """Give the entries that are not as they were; None if all are."""
    if before is None or before.shape != now.shape:
        return now.ravel()
    changed = now[(now != before) & ~(np.isnan(now) & np.isnan(before))]
    return changed if changed.size else None
