"""Write the cell with which each released notebook begins: is what it needs here, and if not, what to do."""

import nbformat.v4

from rnncourse.addresses import project_address

GRADE_ID = "install"
SOURCE = """\
# Run this cell first. It looks for what the notebook needs, and says how to get what is missing.
import sys

try:
    import matplotlib.pyplot as plt
{torch}
    from rnncourse import check, labs
except ImportError as error:
    print(f"Something is missing: {{error}}")
    print("On your machine, run this line in a cell of its own, restart the kernel, and run this cell again:")
    print('%pip install "{requirement}"')
    print(f"It needs Python 3.11 or later (this one is {{sys.version.split()[0]}}), git, and a network.")
    print("If it fails, write the exercises in the book, where nothing is installed: {book}")
else:
    print("Everything is here.")
"""
"""The imports stand as such: Python in a browser loads what it finds named like this."""


def install_cell(torch=False):
    """Write the cell.

    Parameters
    ----------
    torch : bool
        Whether the notebook needs torch as well.

    Returns
    -------
    cell : nbformat.NotebookNode
        Locked, with nbgrader's metadata in its short form: nobody edits it, and grading puts it back.
    """
    extras = "learn,torch" if torch else "learn"
    repository = project_address("Repository")
    source = SOURCE.format(
        torch="    import torch\n" if torch else "",
        requirement=f"rnncourse[{extras}] @ git+{repository}" if repository else f"rnncourse[{extras}]",
        book=project_address("Book") or "see its chapters",
    )
    return nbformat.v4.new_code_cell(source.rstrip(), metadata={"nbgrader": {"grade_id": GRADE_ID, "locked": True}})
