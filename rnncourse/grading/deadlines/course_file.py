"""Read course.toml: due dates, late policies, extensions and attempts, with errors that say what to write."""

import datetime
import tomllib
import zoneinfo
from dataclasses import dataclass, field, fields
from pathlib import Path

from rnncourse.authoring.chosen_sets import COURSE
from rnncourse.authoring.errors import CourseError
from rnncourse.grading.deadlines.durations import duration
from rnncourse.grading.deadlines.policy import LatePolicy

CHOICES = {"of": ("points", "maximum"), "days": ("begun", "exact"), "attempts": ("last", "best")}
NUMBERS = {"per_day": 100.0, "grace_hours": 10_000.0, "cap": 100.0, "floor": 100.0}
"""Of a late policy, each with the largest that makes sense."""
TABLES = ("course", "timezone", "late", "sets")
OF_A_SET = ("due", "late", "extensions", "attempts", "points")
"""What the file may say; `course` and `points` are read where a problem set is released."""


@dataclass(frozen=True)
class Deadlines:
    """What holds for a problem set; where the file says nothing of something, the gradebook's stays.

    Attributes
    ----------
    due : datetime.datetime or None
        In UTC, without a zone, as nbgrader keeps it.
    policy : LatePolicy or None
    extensions : dict of str to datetime.timedelta, or None
        By student.
    attempts : str
        Which of several counts: "last" or "best".
    """

    due: datetime.datetime | None = None
    policy: LatePolicy | None = None
    extensions: dict[str, datetime.timedelta] | None = None
    attempts: str = "last"


@dataclass
class _Reader:
    """Takes values out of a file, and says where a wrong one stands."""

    path: Path
    zone: datetime.tzinfo = field(default=datetime.UTC)

    def wrong(self, where, value, wanted):
        """Make the error about a value."""
        return CourseError(f"{self.path}: {where} = {value!r} cannot be; write {wanted}")

    def only(self, where, table, known):
        """Refuse what is no table, and names that mean nothing."""
        if not isinstance(table, dict):
            raise self.wrong(where, table, f"a table [{where}]")
        for name in table:
            if name not in known:
                raise CourseError(
                    f"{self.path}: {where + '.' if where else ''}{name} means nothing; there may be {', '.join(known)}"
                )
        return table

    def choice(self, where, name, value):
        """Read one of some words."""
        if value not in CHOICES[name]:
            raise self.wrong(f"{where}.{name}", value, " or ".join(f'"{word}"' for word in CHOICES[name]))
        return value

    def number(self, where, name, value):
        """Read a number in its range."""
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= NUMBERS[name]
        if not good:
            raise self.wrong(f"{where}.{name}", value, f"a number from 0 to {NUMBERS[name]:g}")
        return float(value)

    def time(self, where, value, wanted="a time such as 2026-11-16T23:59:00, or a day such as 2026-11-16"):
        """Read a point in time; a day means its end, and what has no zone is in the course's."""
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            value = datetime.datetime.combine(value, datetime.time(23, 59, 59))
        if not isinstance(value, datetime.datetime):
            raise self.wrong(where, value, wanted)
        value = value if value.tzinfo else value.replace(tzinfo=self.zone)
        return value.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)

    def policy(self, where, table):
        """Read a late policy."""
        self.only(where, table, [each.name for each in fields(LatePolicy)])
        read = {name: self.number(where, name, value) for name, value in table.items() if name in NUMBERS}
        return read | {name: self.choice(where, name, value) for name, value in table.items() if name in CHOICES}

    def extensions(self, where, table, due):
        """Read by how much longer each student may take."""
        if not isinstance(table, dict):
            raise self.wrong(where, table, f"a table [{where}] with a line for each student")
        found = {}
        wanted = '"3 days", "36 hours", or a time after the due date such as 2026-11-20T23:59:00'
        for student, value in table.items():
            longer = duration(value) if isinstance(value, str) else None
            if longer is None:
                if due is None and not isinstance(value, str):
                    raise self.wrong(f"{where}.{student}", value, '"3 days" or "36 hours", since there is no due date')
                longer = self.time(f"{where}.{student}", value, wanted) - (due or datetime.datetime.min)
            if longer <= datetime.timedelta():
                raise self.wrong(f"{where}.{student}", value, wanted)
            found[student] = longer
        return found


def read_deadlines(course, problem_set):
    """Read what holds for a problem set.

    Parameters
    ----------
    course : path
        The course directory; there need not be a course.toml in it.
    problem_set : str

    Returns
    -------
    Deadlines

    Raises
    ------
    CourseError
        If the file cannot be read, or says something that means nothing.
    """
    path = Path(course) / COURSE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Deadlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is no TOML: {error}") from None
    return _of_the_set(_Reader(path), found, problem_set)


def _of_the_set(reader, found, problem_set):
    """Read all of a file, so that an error in another problem set is seen, too; return what holds for one."""
    reader.only("", found, TABLES)
    try:
        reader.zone = zoneinfo.ZoneInfo(found.get("timezone", "UTC"))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise reader.wrong("timezone", found["timezone"], '"Europe/Berlin" or "America/New_York"') from None
    late = reader.policy("late", found["late"]) if "late" in found else None
    sets = found.get("sets", {})
    if not isinstance(sets, dict):
        raise reader.wrong("sets", sets, "a table [sets.NAME] for each")
    read = {name: _one_set(reader, f"sets.{name}", table, late) for name, table in sets.items()}
    return read.get(problem_set, Deadlines(policy=LatePolicy(**late) if late is not None else None))


def _one_set(reader, where, table, late):
    """Read the table of one problem set; what it says of being late goes before what holds for all."""
    reader.only(where, table, OF_A_SET)
    due = reader.time(f"{where}.due", table["due"]) if "due" in table else None
    own = reader.policy(f"{where}.late", table["late"]) if "late" in table else None
    policy = LatePolicy(**((late or {}) | (own or {}))) if late is not None or own is not None else None
    extensions = None
    if "extensions" in table:
        extensions = reader.extensions(f"{where}.extensions", table["extensions"], due)
    return Deadlines(due, policy, extensions, reader.choice(where, "attempts", table.get("attempts", "last")))
