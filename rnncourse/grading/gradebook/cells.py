"""Read the graded and the locked cells of a released notebook from the gradebook: never from a submission."""


def graded_cells(notebook):
    """Get source and points of a notebook's automatically graded cells, by id.

    Parameters
    ----------
    notebook : nbgrader.api.Notebook

    Returns
    -------
    cells : dict of str to (str, float)
    """
    by_hand = {cell.name for cell in notebook.solution_cells}
    points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells if cell.cell_type == "code"}
    return {
        cell.name: (cell.source, points[cell.name])
        for cell in notebook.source_cells
        if cell.name in points and cell.name not in by_hand
    }


def locked_cells(notebook):
    """Get the sources of a notebook's locked cells, by id.

    Parameters
    ----------
    notebook : nbgrader.api.Notebook

    Returns
    -------
    sources : dict of str to str
    """
    return {cell.name: cell.source for cell in notebook.source_cells if cell.locked}
