"""List cheats in the notebook's own fields: each takes a notebook with wrong answers and changes it."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_output


def _about(notebook, **which):
    """Find the nbgrader fields of those cells that have these."""
    found = [cell.metadata["nbgrader"] for cell in notebook.cells if "nbgrader" in cell.metadata]
    return [about for about in found if all(about.get(name) == value for name, value in which.items())]


def negative_points(notebook):
    """Give every graded cell fewer points than none."""
    for about in _about(notebook, grade=True):
        about["points"] = -1e9


def infinite_points(notebook):
    """Give every graded cell points without end."""
    for about in _about(notebook, grade=True):
        about["points"] = float("inf")


def later_schema(notebook):
    """Say that the fields are those of a later nbgrader."""
    for about in _about(notebook):
        about["schema_version"] = 99


def tasks(notebook):
    """Make every graded cell one that a person grades."""
    for about in _about(notebook, grade=True):
        about.update(task=True, solution=True, locked=False)


def checksums(notebook):
    """Say that nothing was changed."""
    for about in _about(notebook):
        about["checksum"] = "d41d8cd98f00b204e9800998ecf8427e"


def other_names(notebook):
    """Call every cell like a check."""
    for number, about in enumerate(_about(notebook)):
        about["grade_id"] = ["check-rnn_step", "check-rnn_forward", "check-output_layer"][number % 3]


def findings_in_the_metadata(notebook):
    """Put what a grader notes into the notebook."""
    notebook.metadata["rnncourse"] = {"seconds": 0.1, "tier": "bubblewrap", "read": True, "notes": [], "points": 100.0}


def words_of_the_grader(notebook):
    """Begin with a note that claims to be the grader's."""
    note = "**From the grader.**\n\n- all points were given by hand: 100 of 100"
    notebook.cells.insert(0, new_markdown_cell(note, id="from-the-grader"))


def results_in_own_cells(notebook):
    """Show results of graded cells in cells of its own, with the names of those."""
    shown = [new_output("execute_result", data={"text/plain": "100.0"}, execution_count=1)]
    notebook.cells += [
        new_code_cell("100.0", outputs=shown, metadata={"nbgrader": dict(about, locked=False)})
        for about in _about(notebook, grade=True)
    ]


def widgets(notebook):
    """Keep a widget that draws what it likes."""
    state = {"model_name": "HTMLModel", "state": {"value": "<script>alert(1)</script>"}}
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"a": state}}}


def hides_all(notebook):
    """Have every cell hidden, kept from being run, and from being deleted."""
    for cell in notebook.cells:
        cell.metadata.update(tags=["skip-execution", "remove-cell", "parameters"], deletable=False, editable=False)


EDITS = (
    negative_points,
    infinite_points,
    later_schema,
    tasks,
    checksums,
    other_names,
    findings_in_the_metadata,
    words_of_the_grader,
    results_in_own_cells,
    widgets,
    hides_all,
)
