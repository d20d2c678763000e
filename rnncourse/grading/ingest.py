"""Take a submission in: read it whatever it is, and build the notebook anew from the released one.

From the student come the sources of the solution cells and the cells that are the student's own; all else, tags, ids,
points and graded cells, comes from the release and the gradebook. What cannot be read gives the released notebook and
a named reason.
"""

import os
import re
import stat
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.utils import parse_utc

from rnncourse.grading import findings, submissions
from rnncourse.grading.reading import MAX_FILES, UnreadableError, handed_in, read_cells


def rebuild(released, cells, locked):
    """The notebook to grade.

    Parameters
    ----------
    released : NotebookNode
        Changed in place.
    cells : list of Cell
        The student's.
    locked : dict of str to str
        Sources of the locked cells by `grade_id`, from the gradebook.

    Returns
    -------
    notebook : NotebookNode
    notes : list of str
        What had to be mended.
    """
    ours = {cell.metadata.nbgrader.grade_id: cell for cell in released.cells if "nbgrader" in cell.metadata}
    known = {(cell.cell_type, cell.source.strip()) for cell in released.cells}
    notes, theirs, own, place = [], {}, {}, None
    for cell in cells:
        if cell.grade_id in ours:
            place = cell.grade_id
            if cell.grade_id in theirs and cell.source != theirs[cell.grade_id]:
                notes.append(f"cell {cell.grade_id} was there twice; the last one counts")
            theirs[cell.grade_id] = cell.source
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
                notes.append(f"cell {grade_id} was missing")
        elif grade_id in locked:
            cell.source = locked[grade_id]
        built += [_own(one) for one in own.get(grade_id, [])]
    for number, cell in enumerate(built):
        cell["id"] = f"cell-{number}"
    released.cells = built
    return released, notes


def _find_by_definition(ours, theirs, own, notes):
    """A solution whose cell lost its id, as it does when copied elsewhere, is known by the function that it defines."""
    for grade_id, cell in ours.items():
        if not cell.metadata.nbgrader.solution or grade_id in theirs or not grade_id.isidentifier():
            continue
        define = re.compile(rf"^def {grade_id}\(", re.MULTILINE)
        found = [one for cells in own.values() for one in cells if one.kind == "code" and define.search(one.source)]
        if found:
            theirs[grade_id] = found[-1].source
            notes.append(f"cell {grade_id} had lost its id; it was found by what it defines")
            for cells in own.values():
                cells[:] = [one for one in cells if one is not found[-1]]


def _own(cell):
    if cell.kind == "code":
        return new_code_cell(cell.source)
    return new_markdown_cell(cell.source, **({"attachments": cell.attachments} if cell.attachments else {}))


class Rebuilder(NotebookExporter):
    """In the place of nbgrader's exporter: a submitted file is rebuilt; any other is read as it is."""

    def __init__(self, **options):
        super().__init__(**options)
        from rnncourse.grading.execute import refuse_without_sandbox

        refuse_without_sandbox(self)

    def from_filename(self, filename, resources=None, **options):
        """Read, rebuild and preprocess one notebook."""
        submitted = self.parent.coursedir.format_path(self.parent.coursedir.submitted_directory, ".", ".")
        if not Path(filename).is_relative_to(os.path.normpath(submitted)):
            return super().from_filename(filename, resources=resources, **options)
        about = resources["nbgrader"]
        prepared = ResourcesDict()
        prepared.update(resources)
        prepared["metadata"] = {"name": about["notebook"], "path": str(Path(filename).parent)}
        coursedir = self.parent.coursedir
        release = Path(coursedir.format_path(coursedir.release_directory, ".", about["assignment"]))
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            locked = locked_cells(gradebook.find_notebook(about["notebook"], about["assignment"]))
        released = nbformat.read(release / f"{about['notebook']}.ipynb", as_version=4)
        notebook = take_in(released, handed_in(filename), locked)
        return self.from_notebook_node(notebook, resources=prepared, **options)


def locked_cells(found):
    """Sources of a notebook's locked cells, by id, from the gradebook."""
    return {cell.name: cell.source for cell in found.source_cells if cell.locked}


def take_in(released, submitted, locked):
    """The notebook to grade; a first cell says what was wrong with the submission, if anything was.

    Parameters
    ----------
    released : NotebookNode
        Changed in place.
    submitted : bytes or UnreadableError
        Of `handed_in`.
    locked : dict of str to str
        Of `locked_cells`.

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
        notes = [f"the notebook that was handed in could not be read: {error}"]
    notebook, mended = rebuild(released, cells, locked)
    notes = notes or mended
    if notes:
        text = "**From the grader.**\n\n" + "\n".join(f"- {_as_text(note)}" for note in notes)
        notebook.cells.insert(0, new_markdown_cell(text, id="from-the-grader"))
        findings.note(notebook, notes=notes, read=bool(cells))
    return notebook


def _as_text(note):
    return re.sub(r"([<>&*_`\[\]\\])", r"\\\1", note)


def clear_the_way(assignment=None, student=None, notebooks=()):
    """nbgrader's pre-convert hook: put out of the way what would harm it when it copies a submission's files.

    Links may point to anything; pipes and devices never end; an unreadable timestamp stops the class. A notebook that
    was renamed, where no other can be meant, gets its name back: nbgrader knows none but those that it released.
    """
    for folder in {Path(path).parent for path in notebooks}:
        _name_back(folder, notebooks)
        for top, folders, names in os.walk(folder):
            for name in folders + names:
                path = Path(top, name)
                mode = path.lstat().st_mode
                large = stat.S_ISREG(mode) and path.suffix != ".ipynb" and path.stat().st_size > MAX_FILES
                if large or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                    path.unlink()
        stamp = folder / "timestamp.txt"
        try:
            if stamp.is_file():
                parse_utc(stamp.read_text().strip())
        except Exception:
            stamp.rename(stamp.with_suffix(".unreadable"))


def _name_back(folder, notebooks):
    """Rename a notebook in its folder and in nbgrader's list; only where the problem set has one notebook."""
    names = [path.stem for path in (folder.parents[2] / "exercises" / folder.name).glob("*.ipynb")]
    if len(names) != 1:
        return
    found, wanted = submissions.notebook(folder, names[0], names), folder / f"{names[0]}.ipynb"
    if found is not None and found != wanted and found.is_file() and not found.is_symlink():
        found.rename(wanted)
        notebooks[:] = [str(wanted) if Path(path) == found else path for path in notebooks]
