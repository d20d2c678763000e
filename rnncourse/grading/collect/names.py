"""Read from its name whose a downloaded file says it is, as learning-management systems name what they give."""

import re
from dataclasses import dataclass

from rnncourse.authoring.errors import CourseError

MOODLE = re.compile(r"(?P<student>.+)_(?P<number>\d+)_assignsubmission_(file|onlinetext)(_(?P<file>.*))?")
CANVAS = re.compile(r"(?P<student>[^_]+)(_(?P<late>LATE))?_(?P<number>\d+)_(?P<hand_in>\d+)_(?P<file>.+)")
BLACKBOARD = re.compile(r"(?P<student>.+)_attempt_(?P<when>\d{4}(-\d\d){5})((?P<about>\.txt)|_(?P<file>.+))?")
COPY = re.compile(r"(?P<stem>.+?)(?: ?\((?P<copy>\d+)\)|[-_](?P<version>\d{1,2}))")
"""How a name tells that there was a file of the same name before: "x (1)" in browsers, "x-2" in Canvas."""


@dataclass(frozen=True)
class Claim:
    """Whose a file says it is.

    Attributes
    ----------
    system : str
        Whose way of naming it is.
    names : tuple of str
        What the student may be called there, the surest first.
    named : str
        What the student is called where there is no list to compare with.
    place : tuple of str
        The path of the file in what the student handed in; empty where the file is the system's own.
    when : str
        The time of the attempt, as YYYY-MM-DD-hh-mm-ss; empty if the name does not tell it.
    attempt : int
    late : bool
        Whether the system calls it late.
    user : str
        The system's own number of the student: Canvas has one for all, Moodle one for each assignment.
    """

    system: str
    names: tuple[str, ...]
    named: str
    place: tuple[str, ...]
    when: str = ""
    attempt: int = 0
    late: bool = False
    user: str = ""


def custom(pattern):
    """Make a way of naming of the instructor's own.

    Parameters
    ----------
    pattern : str
        A regular expression for the whole path, with a group `student`, and if need be `file`, `attempt`, `timestamp`.

    Returns
    -------
    claim : callable
        From the parts of a path to a `Claim`, or None.

    Raises
    ------
    CourseError
        If it is no regular expression, or names no student.
    """
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise CourseError(f"--pattern {pattern!r} is not a regular expression: {error}") from None
    unknown = set(compiled.groupindex) - {"student", "file", "attempt", "timestamp"}
    if "student" not in compiled.groupindex or unknown:
        groups = ", ".join(sorted(compiled.groupindex)) or "none"
        raise CourseError(
            f"--pattern {pattern!r} has the named groups: {groups}; it needs (?P<student>...), and may have file, "
            "attempt and timestamp"
        )

    def claim(parts):
        found = compiled.fullmatch("/".join(parts))
        if not found:
            return None
        group = {name: text or "" for name, text in found.groupdict().items()}
        place = tuple(filter(None, group.get("file", "").split("/"))) or parts[-1:]
        when = "-".join(re.findall(r"\d+", group.get("timestamp", ""))[:6])
        attempt = int(group["attempt"]) if group.get("attempt", "").isdecimal() else 0
        return Claim("pattern", (group["student"],), group["student"], place, when, attempt)

    return claim


def of_a_system(parts):
    """Read what a path says by the rules of Moodle, Canvas or Blackboard; None if it follows none of them."""
    for position, part in enumerate(parts):
        below = parts[position + 1 :]
        name = part[:-4] if below and part.lower().endswith(".zip") else part
        if found := MOODLE.fullmatch(name):
            student = found["student"]
            place = (found["file"], *below) if found["file"] else below
            return Claim("Moodle", (student,), student, place, user=found["number"])
        if found := CANVAS.fullmatch(name):
            place = below or (found["file"],)
            about = {"late": bool(found["late"]), "user": found["number"]}
            return Claim("Canvas", (found["student"],), found["student"], place, **about)
        if found := BLACKBOARD.fullmatch(name):
            place = below or (() if found["about"] else (found["file"] or name,))
            names = _after_the_assignment(found["student"])
            return Claim("Blackboard", names, names[-1], place, found["when"])
    return None


def _after_the_assignment(text):
    """List the user names in which "assignment_user" may end, the longest first; "_gc_", if there, divides the two."""
    _, mark, after = text.rpartition("_gc_")
    if mark:
        return (after,)
    words = text.split("_")
    return tuple("_".join(words[start:]) for start in range(len(words)))


def plain(parts, problem_set):
    """Read whose a folder or a file is: "ada/x.ipynb", "ada.ipynb", "Ada Lovelace - ps3_bptt.ipynb"."""
    if len(parts) > 1:
        place = parts[2:] if parts[1] == problem_set and len(parts) > 2 else parts[1:]
        folder = parts[0][:-4] if parts[0].lower().endswith(".zip") else parts[0]
        return Claim("plain", (folder,), folder, place)
    stem, copy = parts[0].rpartition(".")[0] or parts[0], COPY.fullmatch(parts[0].rpartition(".")[0])
    if copy and copy["copy"]:
        stem = copy["stem"]
    named = _without(stem, problem_set)
    names, attempt = [stem, named], 0
    if copy:
        attempt = int(copy["copy"] or copy["version"])
        names += [copy["stem"], _without(copy["stem"], problem_set)]
    return Claim("plain", tuple(dict.fromkeys(names)), named, parts, attempt=attempt)


def _without(stem, problem_set):
    """Strip the name of the problem set, and what ties it to the rest, from a file's stem."""
    name = re.escape(problem_set)
    return re.sub(rf"(?i)^{name}[-_ ]+|[-_ ]+{name}$", "", stem).strip(" -_") or stem


def version(name):
    """Split a file name into itself without its mark of a copy, and the copy's number: "x-2.ipynb", ("x.ipynb", 2)."""
    stem, dot, suffix = name.rpartition(".")
    found = COPY.fullmatch(stem) if dot else None
    return (f"{found['stem']}.{suffix}", int(found["copy"] or found["version"])) if found else (name, 0)
