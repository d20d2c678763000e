"""List the cheats and faults as submissions: who hands in what, of which kind, and what it is to be worth."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import nbformat

from benchmarks.hostile import cheats, common_cheats, common_edits, common_faults, edits, faults, files
from benchmarks.hostile.desk import NAME, RIGHT

CHEAT, FAULT = "cheat", "fault"
WRONG = {"rnn_step": f"ANSWER = 0{cheats.WRONG}"}


@dataclass(frozen=True)
class Submission:
    """What one student hands in.

    Attributes
    ----------
    student : str
    side : "cheat" or "fault"
    kind : str
    points : float or None
        That are to come of it; None where nothing is said of them.
    hand_in : callable
        Called with a `Desk`.
    """

    student: str
    side: str
    kind: str
    points: float | None
    hand_in: Callable


def _answered(name, answers):
    """Make what hands answers in."""
    return lambda desk: desk.hand_in(name, answers)


def _edited(name, edit):
    """Make what hands a notebook in that was changed."""

    def hand_in(desk):
        notebook = desk.answered(WRONG)
        edit(notebook)
        desk.hand_in(name, notebook=notebook)

    return hand_in


def _beside(name, answers, lay):
    """Make what hands answers in and lays something beside them."""
    return lambda desk: lay(desk.hand_in(name, answers).parent)


def _as_bytes(name, make):
    """Make what hands the bytes of a file in."""

    def hand_in(desk):
        path = desk.place(name) / f"{NAME}.ipynb"
        if make is None:  # of which only the size matters
            with open(path, "wb") as file:
                file.truncate(200 << 20)
        else:
            path.write_bytes(make(json.loads(nbformat.writes(desk.answered(RIGHT)))))

    return hand_in


def _laid(file, content):
    """Make what lays a module beside a notebook."""

    def lay(folder):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content, encoding="utf-8")

    return lay


def _line(line):
    """Replace the last line of a right `rnn_step`."""
    body = RIGHT["rnn_step"].rpartition("\n")[0]
    return RIGHT | {"rnn_step": f"{body}\n    {line}"}


def _before(code):
    """Put code before a right `rnn_step`."""
    return RIGHT | {"rnn_step": f"{code}\n{RIGHT['rnn_step']}"}


def new():
    """List the submissions beyond the common ones.

    Returns
    -------
    submissions : list of Submission
    """
    found = [
        Submission(name, CHEAT, kind, 0, _answered(name, {"rnn_step": cheats.source(code)}))
        for kind, codes in cheats.CODE.items()
        for name, code in codes.items()
    ]
    found += [
        Submission(edit.__name__, CHEAT, "fields of the notebook", 0, _edited(edit.__name__, edit))
        for edit in edits.EDITS
    ]
    found += [
        Submission(name, FAULT, kind, points, _answered(name, _before(code)))
        for kind, cells in faults.CELLS.items()
        for name, (code, points) in cells.items()
    ]
    found += _lines(faults.CALLS) + _of_bytes(files.FILES)
    return found + [
        Submission(name, FAULT, "what lies beside", points, _beside(name, RIGHT, lay))
        for name, (lay, points) in files.FOLDERS.items()
    ]


def common():
    """List the common ones.

    Returns
    -------
    submissions : list of Submission
    """
    kinds = {name: kind for kind, names in common_cheats.KINDS.items() for name in names}
    found = [
        Submission(name, CHEAT, kinds[name], 0, _answered(name, {"rnn_step": cheats.source(code)}))
        for name, code in common_cheats.CODE.items()
    ]
    found += [
        Submission(edit.__name__, CHEAT, "fields of the notebook", 0, _edited(edit.__name__, edit))
        for edit in common_edits.EDITS
    ]
    found += [
        Submission(name, CHEAT, "what lies beside", 0, _beside(name, WRONG, _laid(*about)))
        for name, about in common_cheats.FILES.items()
    ]
    kinds = {name: kind for kind, names in common_faults.KINDS.items() for name in names}
    found += [
        Submission(name, FAULT, kinds[name], points, _answered(name, _before(code)))
        for name, (code, points) in common_faults.CELLS.items()
    ]
    lines = {name: (line, common_faults.LEFT) for name, line in common_faults.CALLS.items()}
    return found + _lines(lines) + _of_bytes(common_faults.FILES)


def _lines(lines):
    return [
        Submission(name, FAULT, "what a call returns or does", points, _answered(name, _line(line)))
        for name, (line, points) in lines.items()
    ]


def _of_bytes(contents):
    return [
        Submission(name, FAULT, "the file", points, _as_bytes(name, make)) for name, (make, points) in contents.items()
    ]
