"""Read a problem set's percent script as the instructor's notebook, the same bytes each time."""

import re

import jupytext

from rnncourse.authoring.install_cell import install_cell
from rnncourse.checks.registry import EXERCISES

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
DEFAULTS = {"grade": False, "solution": False, "locked": False, "task": False}


def read_source(path, points=None):
    """Turn `solutions/<ps>/<ps>.py` into a notebook with complete nbgrader metadata.

    A cell says what it is in short, ``# %% nbgrader={"grade_id": "check-rnn_step", "grade": true}``; a graded cell's
    points are those of its check. One that is a solution, too, is graded by a person, and says its own points. Cell ids
    derive from the grade ids, so that reading twice gives the same notebook. After the first cell comes the one that
    looks for what the notebook needs.

    Parameters
    ----------
    path : pathlib.Path
    points : dict of str to float, optional
        What the course says that exercises are worth, in the place of what their checks say.

    Returns
    -------
    notebook : nbformat.NotebookNode

    Raises
    ------
    ValueError
        If a graded cell's `grade_id` is not "check-" and the name of an exercise, or a `grade_id` occurs twice.
    """
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    torch = any(re.search(r"^import torch", cell.source, re.MULTILINE) for cell in notebook.cells)
    notebook.cells.insert(1, install_cell(torch))
    seen, points = set(), dict(points or {})
    last_id, offset = "start", 0
    for cell in notebook.cells:
        cell.metadata.pop("lines_to_next_cell", None)  # jupytext notes how the script was laid out
        short = cell.metadata.get("nbgrader")
        if short:
            grade_id = short["grade_id"]
            if grade_id in seen:
                raise ValueError(f"{path}: grade_id {grade_id!r} occurs twice; each has to be unique")
            seen.add(grade_id)
            cell.metadata["nbgrader"] = _complete(short, cell.cell_type, path, points)
            last_id, offset = grade_id, 0
        else:
            offset += 1
        cell["id"] = re.sub(r"[^\w-]", "-", f"{last_id}-{offset}" if offset else last_id)
    if points:
        raise ValueError(f"{path} has no exercise {', '.join(points)}, which the course gives points")
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _complete(short, cell_type, path, points):
    """Complete nbgrader's cell metadata (schema 3) from the short form; take what was used out of `points`."""
    full = {"schema_version": 3, "cell_type": cell_type, **DEFAULTS, **short}
    if full["grade"] and full["solution"]:
        full["points"] = points.pop(full["grade_id"], full.get("points"))
        if not isinstance(full["points"], int | float) or full["points"] < 0:
            said = 'add "points" to it, such as {"grade_id": "explain", "grade": true, "solution": true, "points": 5}'
            raise ValueError(f"{path}: {full['grade_id']!r} is graded by hand and has no number of points; {said}")
    elif full["grade"]:
        exercise = EXERCISES.get(full["grade_id"].removeprefix("check-"))
        if exercise is None or not full["grade_id"].startswith("check-"):
            known = ", ".join(f"check-{name}" for name in EXERCISES)
            raise ValueError(f"{path}: grade_id {full['grade_id']!r} names no check; expected one of {known}")
        full |= {"points": points.pop(exercise.name, exercise.maximum), "locked": True}
    return full
