"""Export the marks of a problem set into the table that a learning-management system gave."""

from dataclasses import dataclass, field
from pathlib import Path

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.export.blackboard import Blackboard
from rnncourse.grading.export.canvas import Canvas
from rnncourse.grading.export.fill import FillOptions, fill
from rnncourse.grading.export.marks import marks_of
from rnncourse.grading.export.moodle import Moodle
from rnncourse.grading.export.people import KINDS, People, people_of
from rnncourse.grading.export.plain import Plain, table_of
from rnncourse.grading.export.shape import Wishes
from rnncourse.grading.export.sheet import Sheet, read_sheet
from rnncourse.grading.report.gather import gather

SHAPES = {"canvas": Canvas(), "moodle": Moodle(), "blackboard": Blackboard(), "plain": Plain()}


@dataclass(frozen=True)
class ExportOptions:
    """What a person says: the list of the class, the columns, and how to fill them."""

    students: Path | None = None
    column: str = ""
    comments: str = ""
    match: tuple[str, ...] = ()
    filling: FillOptions = field(default_factory=FillOptions)


@dataclass(frozen=True)
class Exported:
    """What came of it: a line for each row, who has a grade and no row, the table, and the name of its file."""

    lines: list
    missing: list[str]
    sheet: Sheet
    name: str

    @property
    def complete(self):
        """Tell whether nobody's marks are left behind."""
        held_back = any("ambiguous" in line.result or "not final" in line.result for line in self.lines)
        return not held_back and not self.missing


def export_marks(course, problem_set, system, template=None, chosen=None, db=None):
    """Fill the marks of a problem set into a table; nothing is written.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str
    system : str
        One of `SHAPES`.
    template : path, optional
        What the system exported; a plain table is made from the gradebook without one.
    chosen : ExportOptions, optional
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.

    Returns
    -------
    Exported

    Raises
    ------
    CourseError
        If there is no such problem set or template, or it cannot be told what goes where.
    """
    course, chosen = Path(course).resolve(), chosen or ExportOptions()
    if system not in SHAPES:
        raise CourseError(f"--lms {system!r} is none of {', '.join(SHAPES)}")
    shape = SHAPES[system]
    if template is None and system != "plain":
        raise CourseError(f"--template is missing: the marks go into the table that {shape.name} gives. {shape.where}")
    report = gather(course, problem_set, db)
    people = people_of(course, chosen.students, db)
    sheet = read_sheet(template, shape.known()) if template else Sheet(table_of(people))
    wishes = Wishes((problem_set, report.title), chosen.column, chosen.comments, tuple(map(_pair, chosen.match)))
    marks = marks_of(report)
    lines = fill(sheet, shape, People(people), marks, report, wishes, chosen.filling)
    there = {line.student for line in lines}
    name = Path(template).name if template else f"{problem_set}.csv"
    return Exported(lines, sorted(marks.keys() - there), sheet, name)


def _pair(text):
    """Split what --match says into a column and a kind of identifier."""
    column, mark, kind = text.rpartition("=")
    if not mark or not column.strip() or kind.strip() not in KINDS:
        raise CourseError(f"--match {text!r} cannot be read; expected COLUMN=KIND, and KIND one of {', '.join(KINDS)}")
    return column.strip(), kind.strip()
