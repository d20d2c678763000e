"""Write the cell with which each released notebook begins: is what it needs here, and if not, what to do."""

import nbformat.v4

from rnncourse.addresses import project_address

GRADE_ID = "install"
PACKAGES = ("rnncourse", "matplotlib", "ipywidgets")
SOURCE = """\
# Run this cell first. It looks for what the notebook needs, and says how to get what is missing.
import importlib.util
import sys

needed = {packages}
missing = [name for name in needed if name not in sys.modules and importlib.util.find_spec(name) is None]
if not missing:
    print("Everything is here.")
else:
    print("Missing:", ", ".join(missing))
    print("Run this line in a cell of its own, then restart the kernel and run this cell again:")
    print('%pip install "{requirement}"')
    print(f"It needs Python 3.11 or later (this one is {{sys.version.split()[0]}}), git, and a network.")
    print("If it fails, write the exercises in the book, where nothing is installed: {book}")
"""


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
        packages=str((*PACKAGES, "torch") if torch else PACKAGES).replace("'", '"'),
        requirement=f"rnncourse[{extras}] @ git+{repository}" if repository else f"rnncourse[{extras}]",
        book=project_address("Book") or "see its chapters",
    )
    return nbformat.v4.new_code_cell(source.rstrip(), metadata={"nbgrader": {"grade_id": GRADE_ID, "locked": True}})
