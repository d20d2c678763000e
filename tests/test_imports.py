"""The student half of the package never imports the instructor half, and the core never imports more than NumPy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rnncourse

PACKAGE = Path(rnncourse.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}
INSTRUCTORS = ("rnncourse.authoring", "rnncourse.grading", "rnncourse.cli", "rnncourse.doctor", "rnncourse.__main__")
STUDENTS = sorted(name for name in MODULES if not name.startswith(INSTRUCTORS))
FORMS = ("rnncourse.reference", "rnncourse.numpy", "rnncourse.torch")


def imports(name, top_level_only=False):
    """Full names of the modules that a module imports."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def test_the_walk_sees_the_package():
    assert {"rnncourse.notation", "rnncourse.reference.rnn", "rnncourse.grading.demo"} <= MODULES.keys()
    assert "rnncourse.reference.rnn.rnn_forward" in imports("rnncourse.checks.exercises.bptt")


@pytest.mark.parametrize("name", STUDENTS)
def test_students_never_import_the_instructors(name):
    forbidden = (*INSTRUCTORS, "nbgrader", "jupytext", "dask", "distributed", "typer")
    assert not {one for one in imports(name) if one.startswith(forbidden)}


@pytest.mark.parametrize("form", FORMS)
def test_the_three_forms_never_import_one_another(form):
    others = tuple(other for other in FORMS if other != form)
    for name in MODULES:
        if name.startswith(form):
            assert not {one for one in imports(name) if one.startswith(others)}, name


@pytest.mark.parametrize("name", sorted(MODULES))
def test_torch_stays_where_it_belongs(name):
    if name.startswith("rnncourse.torch") or name == "rnncourse.interop":
        return
    top = imports(name, top_level_only=True)
    assert not {one for one in top if one.split(".")[0] == "torch" or one.startswith("rnncourse.torch")}


@pytest.mark.parametrize(
    "layer, may_import",
    [
        ("rnncourse.notation", ()),
        ("rnncourse.init", ("rnncourse.notation",)),
        ("rnncourse.reference", ("rnncourse.notation", "rnncourse.init", "rnncourse.reference")),
        ("rnncourse.misconceptions", ("rnncourse.notation", "rnncourse.reference", "rnncourse.misconceptions")),
    ],
)
def test_a_layer_imports_only_what_lies_below_it(layer, may_import):
    for name in MODULES:
        if name.startswith(layer):
            ours = {one for one in imports(name) if one.startswith("rnncourse")}
            assert not {one for one in ours if not one.startswith(may_import or ("nothing",))}, name


def test_checks_work_with_numpy_alone():
    code = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in "torch nbgrader jupytext matplotlib ipywidgets rich typer IPython".split():
            raise ImportError(name)
sys.meta_path.insert(0, Nothing())
from rnncourse import check
print(check.rnn_step(lambda *a: None))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "0 of 35 points" in done.stdout
