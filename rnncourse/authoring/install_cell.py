"""Write the cell with which each released notebook begins: is what it needs here, and if not, what to do."""

import nbformat.v4

from rnncourse.addresses import project_address
from rnncourse.language import ENGLISH, VARIABLE, say, speaking

GRADE_ID = "install"
VERSION = "{sys.version.split()[0]}"
SOURCE = """\
# {first}
{imports}

try:
    import matplotlib.pyplot as plt
{torch}
    from rnncourse import check, labs
except ImportError as error:
    print(f"{missing}")
    print("{install}")
    print('%pip install "{requirement}"')
    print(f"{needs}")
    print("{book}")
else:
    print("{here}")
"""
"""The imports stand as such: Python in a browser loads what it finds named like this."""


def install_cell(torch=False, language=ENGLISH):
    """Write the cell.

    Parameters
    ----------
    torch : bool
        Whether the notebook needs torch as well.
    language : str
        What the cell says it in; the answers of a notebook in another language than English are in that one too.

    Returns
    -------
    cell : nbformat.NotebookNode
        Locked, with nbgrader's metadata in its short form: nobody edits it, and grading puts it back.
    """
    extras = "learn,torch" if torch else "learn"
    repository = project_address("Repository")
    imports = (
        "import sys" if language == ENGLISH else f'import os\nimport sys\n\nos.environ["{VARIABLE}"] = "{language}"'
    )
    with speaking(language):
        source = SOURCE.format(
            first=say(
                "Run this cell first. It looks for what the notebook needs, and says how to get what is missing."
            ),
            imports=imports,
            torch="    import torch\n" if torch else "",
            missing=say("Something is missing: {error}"),
            install=say(
                "On your machine, run this line in a cell of its own, restart the kernel, and run this cell again:"
            ),
            requirement=f"rnncourse[{extras}] @ git+{repository}" if repository else f"rnncourse[{extras}]",
            needs=say("It needs Python 3.11 or later (this one is {version}), git, and a network.", version=VERSION),
            book=say(
                "If it fails, write the exercises in the book, where nothing is installed: {book}",
                book=project_address("Book") or say("see its chapters"),
            ),
            here=say("Everything is here."),
        )
    return nbformat.v4.new_code_cell(source.rstrip(), metadata={"nbgrader": {"grade_id": GRADE_ID, "locked": True}})
