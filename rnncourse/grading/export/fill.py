"""Fill marks into a table: a row gets them if it means one student, and no other row means the same one."""

import re
from collections import Counter
from dataclasses import dataclass, field

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.export.marks import COMMENT, OPENING, TOTAL
from rnncourse.grading.export.shape import number_in

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class FillOptions:
    """How to fill: whether points are converted to what a column counts, and whether those that are not final go in."""

    scale: bool = False
    provisional: bool = False


@dataclass
class Filled:
    """What came of a row: "filled", "changed from 80", "as before", "left: ..." or "not matched: ..."."""

    row: int
    who: str
    student: str = ""
    result: str = ""
    notes: list[str] = field(default_factory=list)


def fill(sheet, shape, people, marks, report, wishes, chosen=None):
    """Fill a table.

    Parameters
    ----------
    sheet : Sheet
        Cells are put into it.
    shape : Shape
    people : People
    marks : dict of str to Mark
    report : rnncourse.grading.report.model.Report
    wishes : Wishes
    chosen : FillOptions, optional

    Returns
    -------
    filled : list of Filled
        A line for each student's row.

    Raises
    ------
    CourseError
        If it cannot be told which columns identify a row and which take marks, or what the marks are out of.
    """
    chosen = chosen or FillOptions()
    identifying = shape.identifying(sheet, wishes)
    filled = []
    for row in sheet.rows:
        if shape.is_student(sheet, row):
            cells = [
                (name, kinds, shape.identifier(name, sheet.value(row, place))) for place, name, kinds in identifying
            ]
            student, why = people.match(cells)
            who = ", ".join(dict.fromkeys(text.strip() for _, _, text in cells if text.strip()))
            filled.append(Filled(row, who, student or "", f"not matched: {why}" if why else ""))
    counts = Counter(line.student for line in filled)
    fills = shape.fills(sheet, wishes, report)
    for line in filled:
        if line.student and counts[line.student] > 1:
            line.result = f"not matched: ambiguous: {counts[line.student]} rows are {line.student}"
        elif line.student:
            _fill_row(sheet, shape, line, marks.get(line.student), fills, report, chosen)
    return filled


def _fill_row(sheet, shape, line, mark, fills, report, chosen):
    """Fill the row of one student."""
    if mark is None:
        graded = "handed in and not graded" if line.student in report.ungraded else "nothing handed in"
        line.result = f"left: {graded}"
        return
    if mark.provisional and not chosen.provisional:
        line.result = f"left: the points are not final ({mark.provisional})"
        return
    column = fills[TOTAL]
    if not sheet.holds(line.row, max(fills.values())):
        line.result = "left: the row has fewer cells than the header"
        return
    if why := shape.locked(sheet, line.row, column):
        line.result = f"left: {why}"
        return
    top = shape.maximum(sheet, line.row, column)
    line.result = _put(sheet, line.row, column, _scaled(mark.total, top, report, chosen), top)
    for what, place in fills.items():
        if what == COMMENT:
            _comment(sheet, line, place, mark)
        elif what != TOTAL and mark.value(what) is not None:
            _put(sheet, line.row, place, mark.value(what), "")


def _scaled(points, top, report, chosen):
    """Convert points to what the column counts; refuse where nobody has said that it should be done."""
    most = number_in(top)
    if most is None or most == report.maximum:
        return points
    if not chosen.scale:
        raise CourseError(
            f"the column counts up to {top.strip()} points, and {report.problem_set} has {report.maximum:g}: "
            "give --scale to convert the points, or set the column's points in the learning-management system"
        )
    return points * most / report.maximum


def _put(sheet, row, column, value, top):
    """Put a number into a cell, unless the same is there; say what was done."""
    before = sheet.value(row, column).strip()
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if number_in(before) == number_in(text):
        return "as before"
    sheet.put(row, column, text.replace(".", ",") if re.fullmatch(r"\d+,\d+", top.strip()) else text)
    return f"changed from {before}" if before not in ("", "-") else "filled"


def _comment(sheet, line, column, mark):
    """Put the comment, unless a person has written one."""
    before = _TAG.sub("", sheet.value(line.row, column)).strip()
    if before and not before.startswith(OPENING):
        line.notes.append("its comment is a person's, and stays")
    elif before != mark.comment:
        sheet.put(line.row, column, mark.comment)
