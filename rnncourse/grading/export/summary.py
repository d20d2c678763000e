"""Print what came of an export: counts, and a line for whatever did not simply get its marks."""

from rich.table import Table
from rich.text import Text

from rnncourse.grading.text import one_line

QUIET = ("filled", "as before")


def show(exported, console):
    """Print it.

    Parameters
    ----------
    exported : Exported
    console : rich.console.Console
    """
    table = Table("row", "student", "what is in it", "result")
    for line in exported.lines:
        if line.result not in QUIET or line.notes:
            style = "bold red" if line.result.startswith("not matched") else ""
            cells = [str(line.row + 1), line.student or "?", line.who, "; ".join([line.result, *line.notes])]
            table.add_row(*(Text(one_line(cell)) for cell in cells), style=style)
    if table.row_count:
        console.print(table)
    counts = {
        "filled": sum(line.result == "filled" for line in exported.lines),
        "changed": sum(line.result.startswith("changed") for line in exported.lines),
        "as before": sum(line.result == "as before" for line in exported.lines),
        "left": sum(line.result.startswith("left") for line in exported.lines),
        "not matched": sum(line.result.startswith("not matched") for line in exported.lines),
    }
    console.print(", ".join(f"{count} {what}" for what, count in counts.items() if count), highlight=False)
    if exported.missing:
        names = ", ".join(map(one_line, exported.missing[:12])) + (" ..." if len(exported.missing) > 12 else "")
        console.print(
            f"graded, and in no row: {names}. Their rows lack what the gradebook knows of them, or are not there: "
            "rnncourse collect --students, or --students here, says what identifies them",
            highlight=False,
            markup=False,
        )
