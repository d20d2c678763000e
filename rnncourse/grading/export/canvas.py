"""Describe the gradebook that Canvas exports: "Title (number)" for each assignment, and rows of no student."""

import re

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.export.shape import Shape

TITLE = re.compile(r"(?P<title>.*) \((?P<number>\d+)\)")
KEPT = {"ex": "is excused", "n/a": "is not given this assignment"}
"""What stands in the place of points, in small letters."""


class Canvas(Shape):
    """The CSV file of Gradebook > Export."""

    name = "Canvas"
    where = "Download it in Canvas: Grades > Export > Export Entire Gradebook."
    identities = {  # noqa: RUF012
        "ID": ("lms",),
        "SIS User ID": ("id", "lms"),
        "SIS Login ID": ("id", "email", "lms"),
        "Integration ID": ("lms",),
    }

    def known(self):
        return [*super().known(), "Student", "LastName", "FirstName", "Section"]

    def titles(self, sheet):
        found = {place: TITLE.fullmatch(name.strip()) for place, name in enumerate(sheet.header)}
        return {place: match["title"].strip() for place, match in found.items() if match}

    def is_student(self, sheet, row):
        first = sheet.value(row, 0).strip()
        if "Points Possible" in first or first == "Student, Test":  # the test student of Canvas's student view
            return False
        values = [text.strip() for text in sheet.values(row)]
        return any(text and not text.startswith(("Manual Posting", "Muted")) for text in values)

    def maximum(self, sheet, row, column):
        for each in sheet.rows:
            if "Points Possible" in sheet.value(each, 0):
                text = sheet.value(each, column)
                if "read only" in text:
                    raise CourseError(
                        f"Canvas computes the column {sheet.header[column]!r} itself, and reads none back"
                    )
                return text
        return ""

    def locked(self, sheet, row, column):
        return KEPT.get(sheet.value(row, column).strip().casefold())
