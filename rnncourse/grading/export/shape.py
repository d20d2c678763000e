"""Say what the table of a learning-management system looks like: each system's module says how its own differs."""

import re
from dataclasses import dataclass

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.export.marks import COMMENT, TOTAL
from rnncourse.grading.export.people import KINDS


@dataclass(frozen=True)
class Wishes:
    """What a person says about the columns: which takes the marks, which the comments, which identify and by what."""

    titles: tuple[str, ...]
    column: str = ""
    comments: str = ""
    match: tuple[tuple[str, str], ...] = ()


class Shape:
    """A system's table.

    Attributes
    ----------
    name : str
        Of the system.
    where : str
        How to get the table there.
    identities : dict of str to tuple of str
        Columns that identify a student, and the kinds of identifier that they may hold.
    comments : str
        The column for comments; empty if there is none.
    """

    name = where = comments = ""
    identities: dict[str, tuple[str, ...]] = {}  # noqa: RUF012  (nobody changes it)

    def known(self):
        """List names of columns that tell a table of this system."""
        return [*self.identities, self.comments]

    def identifying(self, sheet, wishes):
        """List the columns that identify a row: (place, name, kinds).

        Raises
        ------
        CourseError
            If there is none.
        """
        kinds = {name.casefold(): kinds for name, kinds in self.identities.items()}
        for name, kind in wishes.match:
            self.place(sheet, name)
            kinds[name.casefold()] = (kind,)
        header = [name.strip() for name in sheet.header]
        found = [(place, name, kinds[name.casefold()]) for place, name in enumerate(header) if name.casefold() in kinds]
        if not found:
            raise CourseError(
                f"no column says who a row is: {self.name} has {', '.join(self.identities)}, and here are "
                f"{', '.join(header)}. {self.where} Where the names are in another language, say which: "
                f"--match 'COLUMN={KINDS[0]}', or {' or '.join(KINDS[1:])}"
            )
        return found

    def fills(self, sheet, wishes, report):
        """Map what goes back to the places of columns: TOTAL, COMMENT, LATE, or the name of an exercise.

        Raises
        ------
        CourseError
            If it cannot be told which column takes the marks.
        """
        fills = {TOTAL: self.mark_column(sheet, wishes)}
        comments = wishes.comments or self.comments
        if wishes.comments or (comments and self.places(sheet, comments)):
            fills[COMMENT] = self.place(sheet, comments)
        return fills

    def mark_column(self, sheet, wishes):
        """Find the column for marks: the one that is asked for, or the only one with the problem set's name."""
        if wishes.column:
            return self.place(sheet, wishes.column)
        titles = self.titles(sheet)
        wanted = {title.casefold() for title in wishes.titles}
        found = [place for place, title in titles.items() if title.casefold() in wanted]
        if len(found) != 1:
            there = "; ".join(repr(sheet.header[place]) for place in titles) or "none"
            which = "several columns are" if found else "no column is"
            raise CourseError(
                f"{which} called {' or '.join(wishes.titles)}; say which takes the marks, with --column: {there}"
            )
        return found[0]

    def place(self, sheet, name):
        """Find the one column of a name, or of an assignment's title."""
        found = self.places(sheet, name) or [
            place for place, title in self.titles(sheet).items() if title.casefold() == name.strip().casefold()
        ]
        if len(found) != 1:
            raise CourseError(
                f"{len(found) or 'no'} column{'s are' if found else ' is'} called {name!r}; there are "
                f"{', '.join(map(repr, sheet.header))}"
            )
        return found[0]

    def places(self, sheet, name):
        """List the places of columns of a name."""
        return [
            place for place, there in enumerate(sheet.header) if there.strip().casefold() == name.strip().casefold()
        ]

    def titles(self, sheet):
        """Map the places of columns that may take marks to the titles of their assignments."""
        return {}

    def is_student(self, sheet, row):
        """Tell whether a row is a student's."""
        return any(text.strip() for text in sheet.values(row))

    def identifier(self, column, text):
        """Take out of a cell what identifies."""
        return text

    def maximum(self, sheet, row, column):
        """Get the text that says how many points a column counts; empty if none does."""
        return ""

    def locked(self, sheet, row, column):
        """Say why a cell has to stay, if it has to."""
        return None


def number_in(text):
    """Read a number, with a point or a comma; None if it is none."""
    text = text.strip().replace(",", ".")
    return float(text) if re.fullmatch(r"\d+(\.\d*)?", text) else None
