"""Write a class report: a page that needs nothing but itself, and a table for a spreadsheet."""

from pathlib import Path

from markupsafe import Markup

from rnncourse.authoring.course_language import course_language
from rnncourse.checks.diagnosis.partial_credit import RULE
from rnncourse.files import write_atomically
from rnncourse.grading import pages
from rnncourse.grading.report.anonymous import anonymise
from rnncourse.grading.report.gather import gather
from rnncourse.grading.report.plots import plot_exercises, plot_totals, shares
from rnncourse.grading.report.spreadsheet import as_csv
from rnncourse.language import say, speaking

MAX_ROWS = 2000
"""Of the table of students in the page: the file for a spreadsheet has them all."""
MAX_NAMED = 200
"""Of the students who are named for one mistake."""


def kinds():
    """Name the kinds of `problems` of a report.

    Returns
    -------
    names : dict of str to str
    """
    return {
        "check failed": say("check failed"),
        "unreadable": say("unreadable"),
        "to grade by hand": say("to grade by hand"),
        "ended": say("ended"),
        "out of time": say("out of time"),
        "crashed": say("crashed"),
        "mended": say("mended"),
    }


def what_to_do():
    """Say of each kind of problem what to do about it.

    Returns
    -------
    words : dict of str to str
    """
    return {
        "check failed": say(
            "The check itself failed: the points are provisional. Grade it by hand, and mend the check."
        ),
        "unreadable": say("Nothing could be graded. Ask for the file again."),
        "to grade by hand": say("Its points are for you to give, in formgrader."),
        "ended": say("The code ended its process, or used more memory or time than it may."),
        "out of time": say("A call did not come back: look for a loop that never ends."),
        "crashed": say("The code raised an error."),
        "mended": say("The notebook was not as it was released; it was mended, and graded."),
    }


def write_report(course, problem_set, db=None, anonymous=False):
    """Gather and write the report of a problem set.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str
    db : str, optional
        The gradebook; as nbgrader_config.py has it by default.
    anonymous : bool
        With pseudonyms in the place of ids and names.

    Returns
    -------
    report : Report
    paths : tuple of pathlib.Path
        The page, and the table.

    Raises
    ------
    CourseError
        If there is no such problem set, or it is not released.
    """
    with speaking(course_language(course)):
        report = gather(course, problem_set, db)
    folder = Path(course) / "report"
    stem = problem_set
    if anonymous:
        (report,), stem = anonymise([report], Path(course).resolve()), f"{problem_set}-anonymous"
    page, table = folder / f"{stem}.html", folder / f"{stem}.csv"
    write_atomically(table, as_csv(report))
    with speaking(course_language(course)):
        write_atomically(page, as_page(report))
    return report, (page, table)


def as_page(report):
    """Write a report as HTML.

    Parameters
    ----------
    report : Report

    Returns
    -------
    page : str
        In which nothing that a student chose can run: values are escaped, and the page forbids all scripts.
    """
    pictures = []
    if report.students and report.exercises:
        pictures = [
            (plot_totals(report), say("How many submissions have how many points. The dashed line is the median.")),
            (
                plot_exercises(report),
                say(
                    "Submissions with all points (solid), some (hatched) and none (empty). "
                    "A short solid bar asks for a lesson."
                ),
            ),
        ]
    return pages.render(
        "report.html.j2",
        report=report,
        pictures=[(Markup(picture.svg), caption) for picture, caption in pictures],
        exercises=[_exercise(report, exercise) for exercise in report.exercises],
        mistakes=[(exercise, pages.linked(mistake, exercise), who) for exercise, mistake, who in report.mistakes],
        rule=RULE,
        kept=report.kept,
        kinds=kinds(),
        what_to_do=what_to_do(),
        several=len({exercise.notebook for exercise in report.exercises}) > 1,
        most=MAX_ROWS,
        most_named=MAX_NAMED,
    )


def _exercise(report, exercise):
    points = report.points(exercise)
    full, some, none = shares(points, exercise.maximum)
    mean = sum(points) / len(points) if points else None
    return {"about": exercise, "mean": mean, "full": full, "some": some, "none": none}
