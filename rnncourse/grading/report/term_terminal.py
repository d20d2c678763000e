"""Print the gist of a term in a terminal."""

from rich.markup import escape
from rich.table import Table

from rnncourse.checks.reporting.report import section_title
from rnncourse.grading.report.terminal import MOST
from rnncourse.grading.text import one_line


def show_term(term, paths, console):
    """Print the report on a term.

    Parameters
    ----------
    term : Term
    paths : tuple of pathlib.Path
        What was written.
    console : rich.console.Console
    """
    words = f"{len(term.names)} problem sets, {len(term.standings)} students, {len(term.behind)} may need help"
    console.print(words, highlight=False)
    for standing in term.behind[:MOST]:
        said = f"{one_line(standing.id)}: {'; '.join(standing.reasons)}"
        console.print(said, highlight=False, markup=False)
    if len(term.behind) > MOST:
        console.print(f"... and {len(term.behind) - MOST} more", highlight=False)
    if term.returning:
        table = Table("mistake in several sets", *(name.partition("_")[0] for name in term.names), "again", "section")
        for column in table.columns[1:-1]:
            column.justify = "right"
        for found in term.returning[:MOST]:
            counts = [str(count or "-") for count in (*found.counts, len(found.again))]
            table.add_row(escape(found.mistake["label"]), *counts, escape(section_title(found.mistake["see"])))
        console.print(table)
    if term.unnamed:
        table = Table("check that found no name", "problem set", "without a name", "of wrong answers")
        for column in table.columns[2:]:
            column.justify = "right"
        for found in term.unnamed[:MOST]:
            table.add_row(escape(found.exercise), found.problem_set, str(len(found.who)), str(found.wrong))
        console.print(table)
    for path in paths:
        console.print(path, highlight=False, markup=False, soft_wrap=True)
