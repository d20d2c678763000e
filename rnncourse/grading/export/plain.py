"""Describe a plain table: a column with an identifier, and one for each exercise, which is added if it is missing."""

import csv
import io

from rnncourse.grading.collect.class_list import COLUMNS
from rnncourse.grading.export.marks import LATE, TOTAL
from rnncourse.grading.export.shape import Shape
from rnncourse.grading.spreadsheet import safe


class Plain(Shape):
    """Any CSV file with a header."""

    name = "a plain table"
    where = "Without --template a table is made from the gradebook."
    identities = {name: (kind,) for kind in ("id", "email") for name in COLUMNS[kind]}  # noqa: RUF012

    def known(self):
        return [*super().known(), *COLUMNS["name"], TOTAL, LATE]

    def fills(self, sheet, wishes, report):
        names = [*report.labels, LATE, TOTAL]
        return {name: self.place(sheet, name) if self.places(sheet, name) else sheet.add_column(name) for name in names}

    def identifier(self, column, text):
        """Take off the apostrophe that keeps a spreadsheet from running an identifier."""
        return text[1:] if text.startswith("'") and safe(text[1:]) == text else text


def table_of(people):
    """Write a table of some students, to be filled.

    Parameters
    ----------
    people : iterable of Person

    Returns
    -------
    content : bytes
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(["id", "name"])
    names = {person.id: person.name for person in people}
    for student in sorted(names):
        table.writerow(map(safe, (student, names[student])))
    return text.getvalue().encode()
