"""Translate a problem set's notebook cell by cell: cells, ids, points and code stay what they are."""

import copy

from rnncourse.authoring.install_cell import GRADE_ID, install_cell
from rnncourse.authoring.messages.code import translate_code
from rnncourse.authoring.messages.markdown import translate_markdown


def translate_notebook(notebook, translations, language):
    """Translate a notebook of `read_source`.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Stays as it is.
    translations : dict of str to str
        By message; what is not in it stays English.
    language : str

    Returns
    -------
    translated : nbformat.NotebookNode
    """
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if _is_install_cell(cell):
            cell.source = install_cell("import torch" in cell.source, language).source
        else:
            cell.source = _translated(cell, lambda message: translations.get(message, message))
    return notebook


def find_messages(notebook):
    """Find the messages of a notebook of `read_source`, in order, each with the ids of the cells that hold it.

    Returns
    -------
    messages : dict of str to list of str
    """
    found = {}
    for cell in notebook.cells:

        def note(message, cell=cell):
            ids = found.setdefault(message, [])
            if cell.id not in ids:
                ids.append(cell.id)
            return message

        if not _is_install_cell(cell):
            _translated(cell, note)
    return found


def _translated(cell, translate):
    """Translate the source of a cell."""
    return (translate_code if cell.cell_type == "code" else translate_markdown)(cell.source, translate)


def _is_install_cell(cell):
    """Tell whether a cell is the one that `install_cell` writes, in the language of its course."""
    return cell.metadata.get("nbgrader", {}).get("grade_id") == GRADE_ID
