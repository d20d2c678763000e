"""Report on one problem set or on the term."""

from pathlib import Path
from typing import Annotated

import typer

from rnncourse.commands.options import Course, Db, Json, answer, fail, terminal


def report(
    problem_set: Annotated[str | None, typer.Argument(help="The problem set to report on.")] = None,
    term: Annotated[
        bool, typer.Option("--all", help="Report on the term: who may need help, which mistakes come back.")
    ] = False,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="With made-up names, the same for a student in every report.")
    ] = False,
    course: Course = Path("."),
    db: Db = None,
    as_json: Json = False,
):
    """Write what the class has understood and what it has not, as a page and as a table; print the gist."""
    from rnncourse.authoring.errors import CourseError
    from rnncourse.grading.report.found import report_found, term_found
    from rnncourse.grading.report.page import write_report
    from rnncourse.grading.report.term_page import write_term
    from rnncourse.grading.report.term_terminal import show_term
    from rnncourse.grading.report.terminal import show

    if term == bool(problem_set):
        fail("report on one problem set, rnncourse report ps1_forward, or on all: rnncourse report --all", as_json)
    try:
        if term:
            found, paths = write_term(course, db, anonymous)
        else:
            found, paths = write_report(course, problem_set, db, anonymous)
    except CourseError as error:
        fail(error, as_json)
    (show_term if term else show)(found, paths, terminal(as_json))
    answer(as_json, **(term_found if term else report_found)(found), files=paths)
