"""The cell with which a notebook begins says whether all is here, and if not, what to type."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement

from rnncourse.addresses import project_address
from rnncourse.authoring.install_cell import install_cell
from rnncourse.authoring.release import problem_sets

ROOT = Path(__file__).parents[2]
SETS = problem_sets(ROOT)


def run(source, *hidden):
    """Run a cell in a Python of its own that does not have some packages."""
    hide = f"import sys\nsys.modules |= dict.fromkeys({hidden})\n"
    done = subprocess.run([sys.executable, "-c", hide + source], capture_output=True, text=True, timeout=120)
    assert not done.stderr
    return done.stdout


def first_cell(name):
    cells = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4).cells
    return next(cell for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("name", SETS)
def test_it_is_the_first_code_cell(name):
    cell = first_cell(name)
    assert cell.metadata.nbgrader.grade_id == "install" and cell.metadata.nbgrader.locked
    assert ("import torch" in cell.source) == (name == "ps6_beyond")


def test_all_is_here():
    """In one Python, for it takes seconds to start: what one set has imported is there for the next anyway."""
    assert run("\n".join(first_cell(name).source for name in SETS)) == "Everything is here.\n" * len(SETS)


@pytest.mark.parametrize(
    "missing, torch, extras",
    [
        ("rnncourse", False, {"learn"}),
        ("matplotlib", False, {"learn"}),
        ("torch", True, {"learn", "torch"}),
    ],
)
def test_what_it_tells_to_install_is_this_project(missing, torch, extras):
    said = run(install_cell(torch).source, missing)
    assert said.startswith("Something is missing: ") and missing in said.splitlines()[0]
    (line,) = [line for line in said.splitlines() if line.startswith("%pip install ")]
    requirement = Requirement(line.removeprefix("%pip install ").strip('"'))
    assert requirement.name == "rnncourse" and requirement.extras == extras
    assert requirement.url == f"git+{project_address('Repository')}"
    assert project_address("Book") in said
