"""Write the report on a term: a page that needs nothing but itself, and a table for a spreadsheet."""

import csv
import io
from pathlib import Path

from markupsafe import Markup
from nbgrader.api import MissingEntry

from rnncourse.authoring.course_language import course_language
from rnncourse.authoring.database import open_gradebook
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import problem_sets
from rnncourse.files import write_atomically
from rnncourse.grading import pages
from rnncourse.grading.gradebook.configuration import configured, require_gradebook
from rnncourse.grading.report.anonymous import anonymise
from rnncourse.grading.report.gather import gather
from rnncourse.grading.report.page import MAX_NAMED, MAX_ROWS
from rnncourse.grading.report.spreadsheet import safe
from rnncourse.grading.report.term import Term
from rnncourse.grading.report.term_plot import plot_term
from rnncourse.language import say, speaking


def write_term(course, db=None, anonymous=False):
    """Gather and write the report on all problem sets that are released.

    Parameters
    ----------
    course : path
        The course directory.
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.
    anonymous : bool
        With pseudonyms in the place of ids and names.

    Returns
    -------
    term : Term
    paths : tuple of pathlib.Path
        The page, and the table.

    Raises
    ------
    CourseError
        If nothing of any problem set is graded.
    """
    with speaking(course_language(course)):
        reports = [gather(course, name, db) for name in released_sets(course, db)]
    term = Term(anonymise(reports, Path(course).resolve()) if anonymous else reports)
    if not term.reports:
        raise CourseError("no problem set has a grade yet; first run rnncourse grade and the name of one")
    stem = Path(course) / "report" / f"term{'-anonymous' if anonymous else ''}"
    page, table = stem.with_suffix(".html"), stem.with_suffix(".csv")
    write_atomically(table, as_csv(term))
    with speaking(course_language(course)):
        write_atomically(page, as_page(term, anonymous))
    return term, (page, table)


def released_sets(course, db=None):
    """List the problem sets that the gradebook knows, in order."""
    course = Path(course).resolve()
    names = problem_sets(course)
    _, coursedir = configured(course, "", db)
    require_gradebook(coursedir.db_url)
    with open_gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        return [name for name in names if _is_known(gradebook, name)]


def _is_known(gradebook, name):
    """Tell whether the gradebook has a problem set."""
    try:
        gradebook.find_assignment(name)
    except MissingEntry:
        return False
    return True


def as_page(term, anonymous=False):
    """Write a term as HTML.

    Parameters
    ----------
    term : Term
    anonymous : bool
        Say that the names are pseudonyms.

    Returns
    -------
    page : str
    """
    picture = Markup(plot_term(term).svg) if term.reports else ""
    return pages.render(
        "term.html.j2",
        term=term,
        anonymous=anonymous,
        picture=picture,
        caption=say(
            "Where the class lies in each problem set: the median, and the half of the submissions around it. "
            "A step down that stays down asks which set lost the class."
        ),
        returning=[(pages.linked(each.mistake, each.exercise), each) for each in term.returning],
        most=MAX_ROWS,
        most_named=MAX_NAMED,
    )


def as_csv(term):
    """Write a term as CSV: a row for each student, with the share of the points by problem set, and what to look at."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(map(safe, ["student", "name", *(f"{name} (share)" for name in term.names), "mean", "may need help"]))
    for standing in term.standings:
        shares = ["" if share is None else round(share, 4) for share in standing.shares]
        row = [standing.id, standing.name, *shares, round(standing.mean, 4), "; ".join(standing.reasons)]
        table.writerow(map(safe, row))
    return file.getvalue()
