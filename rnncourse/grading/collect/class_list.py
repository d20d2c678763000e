"""Read a list of the class: a CSV file with the columns id, name, email, and any that begin with lms."""

import csv
import io
import re
from pathlib import Path

from rnncourse.authoring.errors import CourseError

COLUMNS = {
    "id": ("id", "student_id", "student", "username", "user"),
    "name": ("name", "full_name"),
    "first": ("first_name", "firstname", "given_name"),
    "last": ("last_name", "lastname", "surname", "family_name"),
    "email": ("email", "e_mail", "email_address", "mail"),
}
"""What a column may be called, by what is in it; case, spaces and hyphens do not count."""


def read_list(path):
    """Read a list of the class.

    Parameters
    ----------
    path : path
        Also Windows letters, and semicolons or tabs in the place of commas, are read.

    Returns
    -------
    rows : list of dict
        Of each student `id`, `name`, `first`, `last`, `email`, `lms` (the columns that begin so, by column); and of the
        line as it is in the file `cells`, by column, and the `mark` that divides them.

    Raises
    ------
    CourseError
        If it is no such list.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    mark = max(",;\t", key=text.partition("\n")[0].count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, restval="", restkey="_more")
    columns = {name: re.sub(r"\W+", "_", name.strip().lower()) for name in table.fieldnames or []}
    if not set(columns.values()) & set(COLUMNS["id"]):
        raise CourseError(f"{path} has the columns {', '.join(columns) or '(none)'}; one of them has to be id")
    rows = [_row(columns, {name: row[name] for name in columns}) | {"mark": mark} for row in table]
    if not rows:
        raise CourseError(f"{path} has no line below its columns; it needs one for each student")
    return rows


def line_of(cells, mark=","):
    """Write a line of a list as it has to stand in the file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark, lineterminator="").writerow(cells)
    return text.getvalue()


def _row(columns, cells):
    """Read a student from a line."""
    row = {columns[name]: text.strip() for name, text in cells.items()}
    found = {kind: next((row[name] for name in names if row.get(name)), "") for kind, names in COLUMNS.items()}
    found["name"] = found["name"] or f"{found['first']} {found['last']}".strip()
    lms = {name: text for name, text in row.items() if name.startswith("lms")}
    return found | {"lms": lms, "cells": cells}
