"""Rebuild a submission: read it whatever it is, and build the notebook anew from the released one.

From the student come the sources of the solution cells and the cells that are the student's own; all else, tags, ids,
points and graded cells, comes from the release and the gradebook. What cannot be read gives the released notebook and
a named reason.
"""

import re

from nbformat.v4 import new_code_cell, new_markdown_cell

from rnncourse.grading.notebook import findings
from rnncourse.grading.notebook.reading import UnreadableError, read_cells
from rnncourse.grading.text import described
from rnncourse.language import say


def rebuild(released, cells, locked, translated=()):
    """Build the notebook to grade.

    Parameters
    ----------
    released : NotebookNode
        Changed in place.
    cells : list of Cell
        The student's.
    locked : dict of str to str
        Sources of the locked cells by `grade_id`, from the gradebook.
    translated : sequence of NotebookNode
        The released one in other languages: their cells are known as well, and their starters count as unwritten.

    Returns
    -------
    notebook : NotebookNode
    notes : list of str
        What had to be mended.
    """
    ours = {cell.metadata.nbgrader.grade_id: cell for cell in released.cells if "nbgrader" in cell.metadata}
    known = {(cell.cell_type, cell.source.strip()) for notebook in (released, *translated) for cell in notebook.cells}
    starters = {
        (cell.metadata.nbgrader.grade_id, cell.source.strip())
        for notebook in translated
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    notes, theirs, own, place = [], {}, {}, None
    for cell in cells:
        if cell.grade_id in ours:
            place = cell.grade_id
            if cell.grade_id in theirs and cell.source != theirs[cell.grade_id]:
                notes.append(say("cell {cell} was there twice; the last one counts", cell=cell.grade_id))
            unwritten = (cell.grade_id, cell.source.strip()) in starters
            theirs[cell.grade_id] = ours[cell.grade_id].source if unwritten else cell.source
        elif cell.source.strip() and (cell.kind, cell.source.strip()) not in known:
            own.setdefault(place, []).append(cell)
    _find_by_definition(ours, theirs, own, notes)
    built = [_own(cell) for cell in own.get(None, [])]
    for cell in released.cells:
        built.append(cell)
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id is None:
            continue
        if cell.metadata.nbgrader.solution:
            cell.source = theirs.get(grade_id, cell.source)
            if grade_id not in theirs:
                notes.append(say("cell {cell} was missing", cell=grade_id))
        elif grade_id in locked:
            cell.source = locked[grade_id]
        built += [_own(extra) for extra in own.get(grade_id, [])]
    for number, cell in enumerate(built):
        cell["id"] = f"cell-{number}"
    released.cells = built
    return released, notes


def _find_by_definition(ours, theirs, own, notes):
    """Find a solution whose cell lost its id, as it does when copied elsewhere, by the function that it defines."""
    for grade_id, cell in ours.items():
        if not cell.metadata.nbgrader.solution or grade_id in theirs or not grade_id.isidentifier():
            continue
        define = re.compile(rf"^def {grade_id}\(", re.MULTILINE)
        found = [
            student_cell
            for cells in own.values()
            for student_cell in cells
            if student_cell.kind == "code" and define.search(student_cell.source)
        ]
        if found:
            theirs[grade_id] = found[-1].source
            notes.append(say("cell {cell} had lost its id; it was found by what it defines", cell=grade_id))
            for cells in own.values():
                cells[:] = [student_cell for student_cell in cells if student_cell is not found[-1]]


def _own(cell):
    """Make a new cell of one of the student's own."""
    if cell.kind == "code":
        return new_code_cell(cell.source)
    return new_markdown_cell(cell.source, **({"attachments": cell.attachments} if cell.attachments else {}))


def rebuild_submission(released, submitted, locked, translated=()):
    """Build the notebook to grade from what was handed in; a first cell says what was wrong with that, if anything was.

    Parameters
    ----------
    released : NotebookNode
        Changed in place.
    submitted : bytes or UnreadableError
        Of `handed_in`.
    locked : dict of str to str
        Of `gradebook.cells.locked_cells`.
    translated : sequence of NotebookNode
        As in `rebuild`.

    Returns
    -------
    notebook : NotebookNode
    """
    notes, cells = [], []
    try:
        if isinstance(submitted, UnreadableError):
            raise submitted
        cells = read_cells(submitted)
    except UnreadableError as error:
        notes = [say("the notebook that was handed in could not be read: {why}", why=error)]
    except Exception as error:  # whatever its fields hold
        notes = [say("the notebook that was handed in could not be read: {why}", why=described(error))]
    notebook, mended = rebuild(released, cells, locked, translated)
    notes = notes or mended
    if notes:
        text = say("**From the grader.**") + "\n\n" + "\n".join(f"- {_as_text(note)}" for note in notes)
        notebook.cells.insert(0, new_markdown_cell(text, id="from-the-grader"))
        findings.note(notebook, notes=notes, read=bool(cells))
    return notebook


def _as_text(note):
    """Escape what Markdown would take for its own."""
    return re.sub(r"([<>&*_`\[\]\\])", r"\\\1", note)
