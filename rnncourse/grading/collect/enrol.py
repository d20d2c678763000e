"""Enter a list of the class into nbgrader's gradebook: so reports know who is missing, and marks can go back."""

from nbgrader.api import InvalidEntry, Student
from sqlalchemy.exc import SQLAlchemyError

from rnncourse.authoring.database import open_gradebook, reason
from rnncourse.authoring.errors import DatabaseError
from rnncourse.grading.gradebook.configuration import configured, require_gradebook

FIELDS = ("first_name", "last_name", "email", "lms_user_id")


def enter_students(course, rows, db=None, dry_run=False):
    """Add the students of a list to the gradebook, and bring up to date what it says of those that are there.

    What the list leaves empty stays as it is in the gradebook, and nobody is taken out.

    Parameters
    ----------
    course : pathlib.Path
        Absolute.
    rows : list of dict
        Of `read_list`.
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.
    dry_run : bool
        Only count.

    Returns
    -------
    added, updated : list of str

    Raises
    ------
    CourseError
        If there is no gradebook, or it does not take a student.
    """
    _, coursedir = configured(course, db=db)
    require_gradebook(coursedir.db_url)
    added, updated = [], []
    with open_gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        known = {row.id: {name: getattr(row, name) for name in FIELDS} for row in gradebook.db.query(Student)}
        for row in rows:
            about = {name: text for name, text in _about(row).items() if text}
            before = known.get(row["id"])
            if before is not None and all(before[name] == text for name, text in about.items()):
                continue
            (added if before is None else updated).append(row["id"])
            if dry_run:
                continue
            try:
                gradebook.update_or_create_student(row["id"], **about)
            except (InvalidEntry, SQLAlchemyError) as error:
                raise DatabaseError(f"the gradebook does not take the student {row['id']!r}: {reason(error)}") from None
    return added, updated


def _about(row):
    """Say of a student what nbgrader keeps."""
    first, last = row["first"], row["last"]
    if not (first or last):
        last, comma, first = (part.strip() for part in row["name"].partition(","))
        if not comma:
            first, _, last = row["name"].strip().rpartition(" ")
    numbers = [text for name, text in row["lms"].items() if text and (name == "lms_user_id" or len(row["lms"]) == 1)]
    return {"first_name": first, "last_name": last, "email": row["email"], "lms_user_id": (numbers or [""])[0]}
