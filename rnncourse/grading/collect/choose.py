"""Choose what counts of all that one student has handed in: the last attempt, its notebook, the files beside it."""

import datetime
from dataclasses import dataclass, field

from rnncourse.grading.collect.names import Claim, version
from rnncourse.grading.notebook.reading import MAX_FILES, UnreadableError

JUNK = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints", "Thumbs.db", "desktop.ini", "__pycache__"}


class UnusableError(Exception):
    """Nothing that can be graded; the message says why."""


@dataclass(frozen=True)
class Claimed:
    """A file, and whose it says it is."""

    claim: Claim
    entry: object
    number: int

    @property
    def name(self):
        """Get its own name in the hand-in."""
        return self.claim.place[-1]

    @property
    def path(self):
        """Join its path in the download."""
        return "/".join(self.entry.parts)


@dataclass
class HandIn:
    """What is to be placed: bytes by path, the time of handing in, when the notebook was changed, and what to say."""

    files: dict[str, bytes]
    source: str
    stamp: datetime.datetime | None
    changed: float | None
    notes: list[str] = field(default_factory=list)


def is_junk(parts):
    """Tell whether a file is an operating system's or an editor's own."""
    return any(part in JUNK or part.startswith("._") for part in parts)


def choose(claimed, problem_set, zone, file_times=False):
    """Choose the last attempt of a student.

    Parameters
    ----------
    claimed : list of Claimed
        All of the student's.
    problem_set : str
    zone : datetime.tzinfo
        Of the times in names.
    file_times : bool
        Whether the time at which a notebook was last changed is the time of handing in where no other is known.

    Returns
    -------
    HandIn

    Raises
    ------
    UnusableError
        If there is no notebook, or several and it cannot be told which is meant.
    """
    attempts = {}
    for file in claimed:
        if file.claim.place and not is_junk(file.claim.place):
            attempts.setdefault((file.claim.when, file.claim.attempt, file.claim.system), []).append(file)
    with_notebook = {key: files for key, files in attempts.items() if any(map(_is_notebook, files))}
    if not with_notebook:
        names = ", ".join(sorted({file.name for file in claimed})[:3])
        raise UnusableError(f"there is no notebook among {names}")
    last = max(with_notebook, key=lambda key: (key[:2], max(file.entry.time or 0 for file in with_notebook[key])))
    notebook, others = _notebook(with_notebook[last], problem_set)
    try:
        found = HandIn({f"{problem_set}.ipynb": notebook.entry.read()}, notebook.path, None, notebook.entry.time)
    except UnreadableError as error:
        raise UnusableError(f"{notebook.path}: {error}") from None
    _beside(found, notebook, with_notebook[last])
    _say_what_was_passed_over(found, attempts, last, others)
    _set_time(found, notebook, zone, file_times)
    return found


def _is_notebook(file):
    """Tell whether a file is a notebook by its name."""
    return file.name.lower().endswith(".ipynb")


def _notebook(files, problem_set):
    """Choose the notebook of an attempt; return it and those that it stands before."""
    notebooks = [file for file in files if _is_notebook(file)]
    wanted = f"{problem_set}.ipynb".lower()
    names = {file.number: (file.name, 0) if file.name.lower() == wanted else version(file.name) for file in notebooks}
    named = [file for file in notebooks if names[file.number][0].lower() == wanted] or notebooks
    if len({names[file.number][0].lower() for file in named}) > 1:
        some = ", ".join(sorted(file.name for file in named)[:4])
        raise UnusableError(f"there are several notebooks, and none is called {wanted}: {some}")
    named.sort(key=lambda file: (-len(file.claim.place), names[file.number][1], file.entry.time or 0, file.number))
    return named[-1], [file for file in notebooks if file is not named[-1]]


def _beside(found, notebook, files):
    """Add the files beside the notebook, by their path from it."""
    home, left = notebook.claim.place[:-1], MAX_FILES
    for file in files:
        place = file.claim.place
        if _is_notebook(file):
            continue
        place = place[len(home) :] if place[: len(home)] == home else place
        if place == ("timestamp.txt",):  # the student's: it would set the time of handing in
            found.notes.append("left out timestamp.txt, which is for the grader to write")
            continue
        if any(part.lower().endswith(".ipynb") for part in place):
            found.notes.append(f"left out {'/'.join(place)}: a folder is called like a notebook")
            continue
        try:
            content = file.entry.read()
            if len(content) > left:
                raise UnreadableError(f"more than {MAX_FILES >> 20} MB lie beside the notebook")
        except UnreadableError as error:
            found.notes.append(f"left out {'/'.join(place)}: {error}")
            continue
        if any(_in_the_way(place, other) for other in map(tuple, (name.split("/") for name in found.files))):
            found.notes.append(f"left out {'/'.join(place)}: it is a file here and a folder there")
            continue
        left -= len(content)
        found.files["/".join(place)] = content


def _in_the_way(place, other):
    """Tell whether one path would have to be a file and a folder."""
    shorter = min(len(place), len(other))
    return len(place) != len(other) and place[:shorter] == other[:shorter]


def _say_what_was_passed_over(found, attempts, last, others):
    """Note other notebooks, and earlier and later attempts."""
    if others:
        found.notes.append(f"taken before {', '.join(sorted(file.path for file in others))}")
    earlier = sum(key < last for key in attempts)
    later = sum(key > last for key in attempts)
    if earlier:
        found.notes.append(f"the last of {earlier + 1} attempts" if not later else f"{earlier} earlier attempts")
    if later:
        found.notes.append(f"{later} later without a notebook")


def _set_time(found, notebook, zone, file_times):
    """Set when it was handed in, as far as that is known."""
    claim = notebook.claim
    if claim.when:
        try:
            found.stamp = datetime.datetime(*map(int, claim.when.split("-")), tzinfo=zone)
        except (ValueError, TypeError):
            found.notes.append(f"the time {claim.when} cannot be read")
    elif file_times and found.changed:
        found.stamp = datetime.datetime.fromtimestamp(int(found.changed), tz=datetime.UTC)
    if claim.late:
        found.notes.append("late, says Canvas, which does not give the time")
