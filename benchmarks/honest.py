"""Make a class of honest students: right, wrong, unfinished or crashing answers, drawn cell by cell; nobody cheats."""

import inspect
import random
import shutil
import textwrap
from pathlib import Path

import nbformat

from rnncourse.authoring.release import release
from rnncourse.grading.demo.students import failing, right, wrong

ROOT = Path(__file__).parents[1]
PEOPLE = (right.Ada, right.Bela, wrong.Chen, wrong.Dina, wrong.Emil, wrong.Iris, failing.Fatima)
ALSO = {
    "a warning": "import warnings\nwarnings.warn('is this right?')",
    "a debug print": "import sys\nprint('here', file=sys.stderr)",
    "a scalar of NumPy": "np.float64(0.0)",
    "a print": "print(T if 'T' in locals() else 'start')",
}
"""What an honest function may do besides; stock nbgrader takes some of it for a failed test."""


def make_course(folder, names):
    """Make a course directory with some problem sets, released."""
    folder = Path(folder)
    for name in names:
        (folder / "solutions" / name).mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / name / f"{name}.py", folder / "solutions" / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    release(folder)
    return folder


def hand_in(folder, name, students, seed=0):
    """Hand in one problem set for some students; the same class for the same seed.

    Parameters
    ----------
    folder : path
        A course directory in which the problem set is released.
    name : str
    students : sequence of str
    seed : int, optional
    """
    draw = random.Random(f"{seed} {name}")
    released = (folder / "exercises" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    for student in students:
        notebook = nbformat.reads(released, as_version=4)
        for cell in notebook.cells:
            about = cell.metadata.get("nbgrader", {})
            if about.get("solution") and not about.get("grade"):
                cell.source = _answer(draw, about["grade_id"], cell.source)
        path = folder / "submitted" / student / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(notebook), encoding="utf-8")


def _answer(draw, exercise, stub):
    """Write one cell of one student: somebody's text, now and then with something besides, now and then not begun."""
    texts = [getattr(person, exercise, None) for person in PEOPLE]
    text = draw.choice([written for written in texts if written] * 2 + [None])
    if text is None:
        return stub
    source = textwrap.dedent(inspect.getsource(text)).strip()
    if draw.random() < 0.25:
        first, _, body = source.partition("\n")
        source = f"{first}\n{textwrap.indent(ALSO[draw.choice(sorted(ALSO))], '    ')}\n{body}"
    return source
