"""Make a notebook's outputs of what a student's process says that its cells have shown, within one budget."""

from nbformat.v4 import new_output

from rnncourse.language import say

MIMES = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a student's output: nothing that a browser runs."""
LEAST = 100
"""What the smallest output counts, in characters: so much is written around it."""
NOTE = 51
"""What an output may exceed its budget by, in characters: as long as the note that it was cut off."""


class OutputBudget:
    """What a notebook may still show; the process that shows it is not trusted to count.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits):
        self._cell, self._left, self._full = limits.output_bytes, limits.notebook_output_bytes, False

    def outputs(self, shown, count):
        """Make the outputs of one cell; where the budget ends, a note says so, once.

        Parameters
        ----------
        shown : list of dict
            As `shell.Outputs` keeps it, or anything else that crosses.
        count : int
            The cell's number.

        Returns
        -------
        outputs : list of NotebookNode
        """
        made, left = [], self._cell + NOTE
        for said in shown:
            output = _output(said, count)
            size = max(_size(output), LEAST)
            if size > min(left, self._left):
                return made + self._note(size > left)
            left, self._left = left - size, self._left - size
            made.append(output)
        return made

    def _note(self, of_cell):
        """Say where the output was cut off; nothing where that was said of the notebook before."""
        if of_cell:
            return [new_output("stream", name="stdout", text=cell_full())]
        full, self._full, self._left = self._full, True, 0
        return [] if full else [new_output("stream", name="stdout", text=notebook_full())]


def cell_full():
    """Say that a cell's output was cut off."""
    return "\n" + say("... there was more output, and it was cut off ...") + "\n"


def notebook_full():
    """Say that a notebook's output was cut off."""
    text = say("... this notebook has shown as much as it may; what this cell and later ones show is cut off ...")
    return f"\n{text}\n"


def _size(output):
    """Count an output's characters."""
    parts = [*output.get("data", {}).values(), output.get("text", ""), output.get("evalue", "")]
    return sum(map(len, parts)) + sum(len(line) + 1 for line in output.get("traceback", ()))


def _output(shown, count):
    """Make a notebook's output of what the student's process says that a cell has shown."""
    kind = shown.get("kind")
    if kind in ("result", "display"):
        data = shown.get("data") if isinstance(shown.get("data"), dict) else {}
        data = {mime: str(data[mime]) for mime in MIMES if mime in data}
        if kind == "result":
            return new_output("execute_result", data=data, execution_count=count)
        return new_output("display_data", data=data)
    if kind == "error":
        trace = str(shown.get("traceback")).split("\n")
        return new_output("error", ename=str(shown.get("name")), evalue=str(shown.get("value")), traceback=trace)
    text = cell_full() if kind == "cut" else str(shown.get("text"))
    return new_output("stream", name="stderr" if kind == "stderr" else "stdout", text=text)
