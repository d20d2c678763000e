"""Read what a graded notebook says of its exercises: its title, and points and named mistakes by graded cell."""

from rnncourse.grading import pages
from rnncourse.grading.notebook import findings
from rnncourse.grading.text import one_line

STOPPED = ("ended", "out of time", "crashed")
"""Kinds of `findings.KINDS` that a student's own code brings about, and mends."""


def title(notebook):
    """Find the notebook's title: its first heading, if the release begins with one."""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("# "):
            return source.splitlines()[0].removeprefix("# ").strip()
    return None


def exercise_name(grade_id):
    """Name what a graded cell is about: "check-rnn_step" is about "rnn_step"."""
    return grade_id.removeprefix("check-")


def exercises(notebook):
    """List the graded cells in order.

    Parameters
    ----------
    notebook : NotebookNode
        From autograded/.

    Yields
    ------
    exercise : dict
        `grade_id`, `name`, `points`, `of`, the named `mistakes`, `keeps_part`: whether points are kept for being
        nearly right, and `stopped`: how the student's code crashed, hung or ended its process, if it did.
    """
    found = findings.by_cell(notebook)
    for about in cell_metadata(notebook):
        if about.get("grade") or about.get("task"):
            grade_id = about["grade_id"]
            noted = found.get(grade_id, {})
            yield {
                "grade_id": grade_id,
                "name": exercise_name(grade_id),
                "points": about.get("score") or 0.0,
                "of": about.get("points", 0.0),
                "mistakes": [pages.linked(mistake, exercise_name(grade_id)) for mistake in noted.get("mistakes", ())],
                "keeps_part": noted.get("keeps_part", False),
                "stopped": one_line(noted["reason"]) if noted.get("kind") in STOPPED else "",
            }


def cell_metadata(notebook):
    """List what nbgrader knows of each of its cells, in order."""
    return [cell.metadata["nbgrader"] for cell in notebook.cells if "nbgrader" in cell.metadata]
