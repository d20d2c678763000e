"""Run a regrade and show it: how many may change, what has changed, and only then that it is entered."""

from dataclasses import asdict

from rich.markup import escape
from rich.table import Table

from rnncourse.grading.notebook.graded_cells import exercise_name
from rnncourse.grading.progress import TIERS, with_bar
from rnncourse.grading.text import one_line


def regrade(grader, workers, console, dry_run):
    """Grade again, list every change, and enter it.

    Parameters
    ----------
    grader : rnncourse.grading.run.regrade.Regrade
    workers : int
    console : rich.console.Console
    dry_run : bool
        Enter nothing.

    Returns
    -------
    changes : list of dict
        What has changed, or would: `student`, `exercise`, `before`, `after`, `by_hand`.
    """
    run, name = grader.run, grader.run.problem_set
    try:
        console.print(f"sandbox: {TIERS[run.tier]}", highlight=False)
        console.print(f"{name}: {grader.count} may change, {run.already} cannot", highlight=False)
        if grader.cells:
            cells = ", ".join(sorted(exercise_name(cell.partition("/")[2]) for cell in grader.cells))
            console.print(f"other checks than at the last time: {cells}", highlight=False, markup=False)
        if grader.ungraded:
            words = f"{grader.ungraded} without a grade for what is handed in: rnncourse grade {name}"
            console.print(words, highlight=False)
        if run.jobs:
            for _ in with_bar(grader.grade(workers), len(run.jobs), "graded", console):
                pass
        changes = grader.changes()
        show_changes(changes, console)
        if dry_run:
            console.print("nothing is entered (--dry-run)", highlight=False)
        elif grader.count:
            for _ in with_bar(grader.enter(), grader.waiting, "entered", console):
                pass
            words = f"feedback and report are as they were: rnncourse feedback {name}; rnncourse report {name}"
            console.print(words, highlight=False)
    finally:
        grader.close()
    for title, found in (("could not be graded", run.failed), ("need a person", run.problems)):
        for student, why in found.items():
            reasons = "; ".join(map(one_line, [why] if isinstance(why, str) else why))
            console.print(f"{title}: {one_line(student)}: {reasons}", highlight=False, markup=False)
    return [asdict(change) for change in changes]


def show_changes(changes, console):
    """Print a table of changed points; say so where there is none."""
    if not changes:
        console.print("no points change", highlight=False)
        return
    table = Table("student", "exercise", "before", "after", "by hand")
    for column in table.columns[2:]:
        column.justify = "right"
    for change in changes:
        points = ["-" if value is None else f"{value:g}" for value in (change.before, change.after, change.by_hand)]
        table.add_row(escape(one_line(change.student)), escape(change.exercise), *points)
    console.print(table)
    students = len({change.student for change in changes})
    console.print(f"{len(changes)} changes of {students} students", highlight=False)
    if any(change.by_hand is not None for change in changes):
        console.print("points by hand stay in force, and are marked for another look in formgrader", highlight=False)
