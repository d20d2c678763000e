"""Say which student a row of a table means: by what identifies exactly, never by a name."""

from collections import defaultdict
from dataclasses import dataclass

from nbgrader.api import Student

from rnncourse.authoring.database import open_gradebook
from rnncourse.grading.collect.class_list import read_list
from rnncourse.grading.gradebook.configuration import configured, require_gradebook

KINDS = ("id", "email", "lms")
"""What identifies a student: the identifier in the gradebook, the address, what a system calls them."""


@dataclass(frozen=True)
class Person:
    """What identifies one student, and the name, which only a reader needs."""

    id: str
    email: str = ""
    lms: tuple[str, ...] = ()
    name: str = ""


def people_of(course, students=None, db=None):
    """List who is in the gradebook, and what a list of the class adds to that.

    Parameters
    ----------
    course : pathlib.Path
        Absolute.
    students : path, optional
        The list: a CSV file as `rnncourse collect` takes it.
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.

    Returns
    -------
    people : list of Person
    """
    _, coursedir = configured(course, db=db)
    require_gradebook(coursedir.db_url)
    with open_gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        rows = gradebook.db.query(Student).all()
        people = [
            Person(
                row.id,
                row.email or "",
                (row.lms_user_id,) if row.lms_user_id else (),
                " ".join(filter(None, (row.first_name, row.last_name))),
            )
            for row in rows
        ]
    listed = read_list(students) if students else []
    return people + [Person(row["id"], row["email"], tuple(row["lms"].values()), row["name"]) for row in listed]


class People:
    """Whom a text means, by what kind of identifier it is.

    Parameters
    ----------
    people : iterable of Person
        A student may be there several times.
    """

    def __init__(self, people):
        self._keys = {kind: defaultdict(set) for kind in KINDS}
        for person in people:
            for kind, texts in (("id", [person.id]), ("email", [person.email]), ("lms", person.lms)):
                for text in filter(None, map(_key, texts)):
                    self._keys[kind][text].add(person.id)

    def match(self, cells):
        """Find the student of a row.

        Parameters
        ----------
        cells : list of (str, tuple of str, str)
            Of each column that identifies: its name, the kinds that it may be, the text in it.

        Returns
        -------
        student : str or None
        why : str
            Why there is none: it is nobody, or may be more than one.
        """
        found = {}
        for column, kinds, text in cells:
            meant = set().union(*(self._keys[kind].get(_key(text), ()) for kind in kinds))
            if meant:
                found[f"{column} {text.strip()}"] = meant
        everybody = set().union(*found.values())
        if len(everybody) == 1:
            return everybody.pop(), ""
        if everybody:
            said = "; ".join(f"{what} is {' or '.join(sorted(meant))}" for what, meant in found.items())
            return None, f"ambiguous: {said}"
        shown = ", ".join(f"{column} {text.strip()}" for column, _, text in cells if text.strip())
        return None, f"nobody in the gradebook has {shown or 'an empty identifier'}"


def _key(text):
    """Bring an identifier into the form in which it is compared."""
    return text.strip().casefold()
