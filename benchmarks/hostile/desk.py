"""Hand in problem set 1: right answers, others in their place, or whatever a student's folder holds."""

import inspect
import textwrap

import nbformat

from rnncourse.grading.demo.students.right import Ada

NAME = "ps1_forward"
EXERCISES = ("shapes", "rnn_step", "rnn_forward", "output_layer")
RIGHT = {name: textwrap.dedent(inspect.getsource(getattr(Ada, name))).strip() for name in EXERCISES}
LIMITS = {"call_seconds": 1.0, "cell_seconds": 1.5, "notebook_seconds": 12.0, "memory": 1 << 30}
"""Short ones, so that what never ends is ended soon."""


class Desk:
    """Takes what is handed in.

    Parameters
    ----------
    folder : pathlib.Path
        A course directory in which the problem set is released.
    """

    def __init__(self, folder):
        self.folder = folder
        self._released = (folder / "exercises" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")

    def limit(self):
        """Have submissions graded with `LIMITS`."""
        with open(self.folder / "nbgrader_config.py", "a", encoding="utf-8") as file:
            file.write(f"\nc.SandboxedExecute.limits = {{{NAME!r}: {LIMITS!r}}}\n")

    def answered(self, answers):
        """Fill answers into the released notebook."""
        notebook = nbformat.reads(self._released, as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        return notebook

    def place(self, student):
        """Make a student's folder, if it is not there."""
        folder = self.folder / "submitted" / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def hand_in(self, student, answers=RIGHT, notebook=None):
        """Hand in a notebook; return the file."""
        path = self.place(student) / f"{NAME}.ipynb"
        path.write_text(nbformat.writes(notebook or self.answered(answers)), encoding="utf-8")
        return path
