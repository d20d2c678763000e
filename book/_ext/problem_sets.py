"""Read the released problem sets: each exercise's title, task, hints, starter code, and the code that comes before."""

import functools
import re
from pathlib import Path

import nbformat

from rnncourse.authoring.install_cell import GRADE_ID
from rnncourse.authoring.messages.catalogues import translations
from rnncourse.authoring.messages.notebook import translate_notebook
from rnncourse.language import language
from rnncourse.language import say as package_say

HOME = "index"
EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
PAGES = {
    "01_structure": ("shapes", "rnn_step", "output_layer"),
    "02_forward_pass": ("rnn_forward",),
    "03_loss_and_bptt": ("softmax", "cross_entropy", "delta_y_heads"),
    "03_bptt": ("rnn_step_backward", "rnn_backward"),
    "03_gradient_check": ("gradient_check",),
    "03_vanishing": ("gradient_norm_by_lag", "truncated_bptt"),
    "04_training": (
        *("clip_gradients", "adam_step", "dropout", "sgd_step"),
        *("scale_series", "make_windows", "train_forecaster"),
    ),
    "05_lstm": ("lstm_step", "lstm_forward"),
    "05_lstm_backward": ("lstm_step_backward", "lstm_backward"),
    "05_cell_path": ("forget_bias_sweep",),
    "05_gru": ("gru_step", "gru_backward"),
    "06_long_memory": ("sample", "generate"),
    "07_gpu": ("rnn_function", "bug_clinic"),
}
"""The exercises of each page, in the order in which they stand there. A page begins with its chapter's number."""


def chapters():
    """List the exercises of each chapter, each with its page.

    Returns
    -------
    chapters : dict of int to list of (str, str)
        By number: pairs of a page and a name.
    """
    found = {}
    for page, names in PAGES.items():
        found.setdefault(int(page[:2]), []).extend((page, name) for name in names)
    return found


STUB = re.compile(
    r'^(?P<indent> *)# YOUR CODE HERE\n *raise NotImplementedError\("(?P<name>\w+) is yours to write"\)', re.M
)


def read_notebook(path):
    """Read a released notebook, in the language of the edition."""
    notebook = nbformat.read(path, as_version=4)
    said = translations(EXERCISES.parent, path.stem, language())
    if not said:
        return notebook
    notebook = translate_notebook(notebook, said, language())
    for cell in notebook.cells:
        cell.source = STUB.sub(lambda found: stub(found["name"], found["indent"]), cell.source)
    return notebook


def stub(name, indent=""):
    """Write what stands in the place of a solution, as `rnncourse release` does."""
    yours = package_say("{name} is yours to write", name=name)
    return f'{indent}# {package_say("YOUR CODE HERE")}\n{indent}raise NotImplementedError("{yours}")'


@functools.cache
def read_sets(folder=EXERCISES):
    """Read all problem sets.

    Returns
    -------
    sets : dict of dict
        By set, by exercise: ``title``, ``points``, ``task`` and ``hints`` (Markdown), ``starter``, ``torch`` (whether
        it needs it), and ``before``: pieces of code (str), and exercises ({"exercise": name}), that come before it.
    """
    return {path.stem: _read(path) for path in sorted(Path(folder).glob("*/*.ipynb")) if path.stem == path.parent.name}


def _read(path):
    exercises, before, told = {}, [], ""
    for cell in read_notebook(path).cells:
        meta = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            told = cell.source if cell.source.startswith("## ") or not told else f"{told}\n\n{cell.source}"
        elif meta.get("solution"):
            task, first, hints = told.partition("<details>")
            title, _, task = task.partition("\n")
            name = meta["grade_id"]
            exercises[name] = {
                "title": title.lstrip("# 0123456789.").strip(),
                "task": task.strip(),
                "hints": (first + hints).strip(),
                "starter": cell.source,
                "before": list(before),
                "torch": "torch." in cell.source,
            }
            before.append({"exercise": name})
        elif meta.get("grade"):
            _, found = exercises.popitem()  # the cell of the class RNNFunction is checked as rnn_function
            exercises[meta["grade_id"].removeprefix("check-")] = found | {"points": meta["points"]}
        elif meta.get("locked") and meta["grade_id"] != GRADE_ID:
            before.append(cell.source)
    return exercises


def exercise_titled(name):
    """Find an exercise by name.

    Returns
    -------
    problem_set : str
    exercise : dict

    Raises
    ------
    ValueError
        If no set has it.
    """
    for problem_set, exercises in read_sets().items():
        if name in exercises:
            return problem_set, exercises[name]
    known = ", ".join(name for exercises in read_sets().values() for name in exercises)
    raise ValueError(f"there is no exercise {name!r}; there are {known}")


@functools.cache
def set_titles(folder=EXERCISES):
    """Read the title of each set: "ps1_forward" to "Problem set 1" and "the forward pass"."""
    titles = {}
    for path in sorted(Path(folder).glob("*/*.ipynb")):
        line, _, _ = read_notebook(path).cells[0].source.partition("\n")
        number, subject = re.split(": |：", line.lstrip("# "), maxsplit=1)
        titles[path.stem] = number, subject
    return titles


def sets_of_page(page):
    """List the sets whose exercises stand in a page's chapter; on the home page they are all."""
    names = list(set_titles())
    if page == HOME:
        return names
    here = [name for number, found in chapters().items() if page.startswith(f"{number:02}_") for _, name in found]
    found = {exercise_titled(name)[0] for name in here}
    return [name for name in names if name in found]
