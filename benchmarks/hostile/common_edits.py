"""List common cheats in the notebook's own fields: each takes a notebook with wrong answers and changes it."""

from nbformat.v4 import new_code_cell, new_output

from benchmarks.hostile.common_cheats import FULL


def graded(notebook):
    """Find the graded cells."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def skip_tag(notebook):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]


def forged_outputs(notebook):
    for cell in graded(notebook):
        cell.metadata["tags"] = ["skip-execution"]
        cell.outputs = [new_output("execute_result", data={"text/plain": "100.0"}, execution_count=1)]


def answer_for_a_check(notebook):
    for cell in graded(notebook):
        cell.source = "100.0"


def no_checks(notebook):
    notebook.cells = [cell for cell in notebook.cells if cell not in graded(notebook)]


def more_points(notebook):
    for cell in graded(notebook):
        cell.metadata.nbgrader.points, cell.metadata.nbgrader.locked, cell.source = 10_000, False, "10000.0"


def no_grade(notebook):
    for cell in graded(notebook):
        cell.metadata.nbgrader.update(grade=False, solution=True)


def exchanged_ids(notebook):
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution"):
            about.update(grade_id=f"check-{about.grade_id}", points=35)
            cell.source = "100.0"


def twice(notebook):
    notebook.cells += [new_code_cell("100.0", metadata=cell.metadata) for cell in graded(notebook)]


def as_text(notebook):
    for cell in graded(notebook):
        cell.cell_type = "markdown"
        cell.pop("outputs"), cell.pop("execution_count")


def other_set_up(notebook):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "setup":
            cell.source = f"import numpy as np\n{FULL}\ncheck = Full()"


def other_kernel(notebook):
    notebook.metadata.kernelspec = {"name": "bash", "display_name": "Bash", "language": "bash"}


EDITS = (
    skip_tag,
    forged_outputs,
    answer_for_a_check,
    no_checks,
    more_points,
    no_grade,
    exchanged_ids,
    twice,
    as_text,
    other_set_up,
    other_kernel,
)
