"""Describe the table that Blackboard gives to work offline: "Title [Total Pts: 100 Score] |123" is a column's name."""

import re

from rnncourse.grading.export.shape import Shape

TITLE = re.compile(r"(?P<title>.*?) ?\[Total Pts: (?:up to )?(?P<maximum>[\d.,]+)[^\]]*\] ?\|(?P<number>\d+)")


class Blackboard(Shape):
    """The file of Grade Center > Work Offline > Download, or of Gradebook > Download."""

    name = "Blackboard"
    where = "Download it in Blackboard: Grade Center > Work Offline > Download (Ultra: Gradebook > Download)."
    identities = {"Username": ("id", "email", "lms"), "Student ID": ("id", "lms")}  # noqa: RUF012
    comments = "Feedback to Learner"

    def known(self):
        return [*super().known(), "Last Name", "First Name", "Availability"]

    def titles(self, sheet):
        found = {place: TITLE.fullmatch(name.strip()) for place, name in enumerate(sheet.header)}
        return {place: match["title"].strip() for place, match in found.items() if match}

    def maximum(self, sheet, row, column):
        found = TITLE.fullmatch(sheet.header[column].strip())
        return found["maximum"] if found and found["maximum"].strip("0.,") else ""  # a column of text counts nothing
