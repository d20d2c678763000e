"""Describe Moodle's offline grading worksheet: one assignment's, with a grade, a maximum and a comment in each row."""

import re

from rnncourse.grading.export.shape import Shape

PARTICIPANT = re.compile(r"\D*(\d+)")


class Moodle(Shape):
    """The CSV file of Submissions > Download grading worksheet.

    The Identifier of a row is a number that Moodle gives for this assignment alone, so it says nothing of a student
    unless --match says that the list of the class has it.
    """

    name = "Moodle"
    where = (
        "Download it in Moodle: the assignment > Submissions > Download grading worksheet (the assignment has to have "
        "the feedback type Offline grading worksheet)."
    )
    identities = {  # noqa: RUF012
        "ID number": ("id", "lms"),
        "Username": ("id", "lms"),
        "Email address": ("email",),
    }
    comments = "Feedback comments"
    maximum_column, changeable_column = "Maximum Grade", "Grade can be changed"

    def known(self):
        return [*super().known(), "Identifier", "Full name", "Grade"]

    def mark_column(self, sheet, wishes):
        return self.place(sheet, wishes.column or "Grade")

    def identifier(self, column, text):
        """Take the number out of "Participant 123": the word before it is in the site's language."""
        found = PARTICIPANT.fullmatch(text.strip()) if column.casefold() == "identifier" else None
        return found[1] if found else text

    def maximum(self, sheet, row, column):
        places = self.places(sheet, self.maximum_column)
        return sheet.value(row, places[0]) if places else ""

    def locked(self, sheet, row, column):
        places = self.places(sheet, self.changeable_column)
        if places and sheet.value(row, places[0]).strip().casefold() == "no":
            return "is locked: Moodle says that the grade cannot be changed"
        return None
