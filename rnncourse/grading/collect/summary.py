"""Report on collecting: a line for each student and for what is nobody's, as a table and as CSV."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table
from rich.text import Text

from rnncourse.files import write_atomically
from rnncourse.grading.spreadsheet import safe

COLOURS = {"not": "bold red", "left": "yellow", "collected": "green", "replaced": "green"}


@dataclass
class Row:
    """A line of the report: what was found, whose it is and how that is known, what was done with it.

    `settle` says what a person can do where something is left to do.
    """

    source: str
    student: str = ""
    how: str = ""
    result: str = ""
    handed_in: str = ""
    notes: list[str] = field(default_factory=list)
    settle: str = ""

    @property
    def settled(self):
        """Tell whether nobody has to look at it."""
        return not self.result.startswith("not ")


@dataclass
class Report:
    """What was collected, from whom on the list there is nothing, and who is new or changed in the gradebook."""

    rows: list[Row]
    nothing_from: list[str]
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)

    @property
    def complete(self):
        """Tell whether everything that was found is somebody's."""
        return all(row.settled for row in self.rows)

    def write(self, path):
        """Write the report as CSV."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(["result", "student", "matched by", "found", "handed in", "notes", "to settle it"])
        for row in self.rows:
            notes = "; ".join(row.notes)
            cells = [row.result, row.student, row.how, row.source, row.handed_in, notes, row.settle]
            table.writerow(map(safe, cells))
        write_atomically(Path(path), text.getvalue())


def show(report, console, dry_run=False):
    """Print a report.

    Parameters
    ----------
    report : Report
    console : rich.console.Console
    dry_run : bool
        Say that nothing was written.
    """
    table = Table("student", "matched by", "result", "found", "notes")
    for row in report.rows:
        style = COLOURS.get(row.result.split()[0].rstrip(":"), "")
        notes = "; ".join([f"handed in {row.handed_in}"] * bool(row.handed_in) + row.notes)
        cells = [row.student or "?", row.how, row.result, row.source, notes]
        table.add_row(*map(_text, cells), style=style)
    console.print(table)
    guessed = sum(row.how.startswith("alike") for row in report.rows)
    left = sum(not row.settled for row in report.rows)
    said = [f"{len(report.rows)} found"]
    if guessed:
        said.append(f"{guessed} matched by a guess: look at them")
    if left:
        said.append(f"{left} left for you to settle")
    console.print("; ".join(said), highlight=False)
    for row in report.rows:
        if row.settle and not row.settled:
            console.print(_text(f"to settle {row.source}: {row.settle}"), soft_wrap=True)
    if report.added or report.updated:
        would = " would be" if dry_run else ""
        counts = f"{len(report.added)} students{would} added, {len(report.updated)}{would} brought up to date"
        console.print(f"gradebook: {counts}", highlight=False)
    if report.nothing_from:
        names = ", ".join(report.nothing_from[:12]) + (" ..." if len(report.nothing_from) > 12 else "")
        console.print(f"nothing from {len(report.nothing_from)} of the list: {names}", highlight=False, markup=False)
    if dry_run:
        console.print("nothing was written: this was a dry run", highlight=False)


def _text(cell):
    """Make text of a cell with no markup, and nothing that a terminal acts on: names come from students."""
    return Text("".join(letter if letter.isprintable() else "?" for letter in cell))
