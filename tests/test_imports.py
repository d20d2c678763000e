"""Imports go one way, without a cycle; each room sees those below it alone; each package in use is declared."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import rnncourse

PACKAGE = Path(rnncourse.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}
STUBS = "rnncourse.grading.sandbox.stubs"
"""What stands for the package inside the sandbox: nothing of it is imported on this side."""
INSTRUCTORS = (
    "rnncourse.authoring",
    "rnncourse.grading",
    "rnncourse.cli",
    "rnncourse.commands",
    "rnncourse.doctor",
    "rnncourse.__main__",
)
STUDENTS = sorted(name for name in MODULES if not name.startswith(INSTRUCTORS))
FORMS = ("rnncourse.reference", "rnncourse.numpy", "rnncourse.torch")

ROOMS = {
    "language": "",
    "notation": "",
    "files": "",
    "addresses": "",
    "cpu_features": "",
    "gradcheck": "",
    "initializers": "notation",
    "validation": "notation",
    "interop": "notation",
    "reference": "notation initializers",
    "numpy": "notation initializers validation cpu_features",
    "torch": "notation validation cpu_features interop",
    "data": "language",
    "experiments": "language notation reference",
    "plotting": "language notation experiments",
    "training": "language notation reference data plotting",
    "interactive": "language notation reference experiments plotting",
    "misconceptions": "language notation reference",
    "checks": "language notation addresses gradcheck reference misconceptions",
    "authoring": "language files addresses checks misconceptions interactive",
    "grading": "language notation files checks misconceptions plotting authoring",
    "doctor": "language grading",
    "commands": "language authoring grading",
    "cli": "language authoring grading doctor commands",
    "__main__": "cli",
}
"""Each room of the package, and the rooms that it may import."""
CHECKS = {
    "reporting": "",
    "execution": "reporting",
    "diagnosis": "reporting execution exercises",
    "exercises": "execution",
    "clinic": "reporting exercises execution grading",
    "grading": "reporting execution diagnosis exercises",
    "registry": "exercises clinic",
    "page": "grading registry",
}
GRADING = {
    "text": "",
    "spreadsheet": "",
    "pages": "",
    "progress": "text",
    "sandbox": "text",
    "notebook": "text pages sandbox",
    "deadlines": "",
    "gradebook": "text notebook deadlines",
    "autograde": "sandbox notebook gradebook",
    "run": "text sandbox notebook deadlines gradebook",
    "collect": "text spreadsheet notebook gradebook",
    "feedback": "text pages notebook deadlines gradebook",
    "report": "text spreadsheet pages notebook deadlines gradebook",
    "similarity": "text pages notebook gradebook",
    "export": "text spreadsheet notebook gradebook collect report",
    "wiring": "pages deadlines autograde feedback",
    "demo": "run feedback report",
}
HOUSES = {"rnncourse": ROOMS, "rnncourse.checks": CHECKS, "rnncourse.grading": GRADING}


def imports(name, top_level_only=False):
    """Return full names of the modules that a module imports, those inside its functions included."""
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


def modules_imported(name):
    """Return the modules of the package that a module imports: of `from a import b` a.b, if it is one, else a."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            full = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            found |= {full[part] if full[part] in MODULES else node.module for part in full}
    return found & MODULES.keys()


def cycle(graph):
    """Return the nodes of a cycle in the order of their imports; nothing where there is none."""
    state, path = {}, []

    def visit(node):
        state[node] = "open"
        path.append(node)
        for other in sorted(graph[node]):
            if state.get(other) == "open":
                return path[path.index(other) :]
            if other not in state and (found := visit(other)):
                return found
        state[node] = path.pop() and "done"
        return []

    return next((found for node in sorted(graph) if node not in state and (found := visit(node))), [])


GRAPH = {name: modules_imported(name) for name in MODULES if not name.startswith(STUBS)}


def test_the_walk_sees_the_package():
    assert {"rnncourse.notation", "rnncourse.reference.rnn", "rnncourse.grading.demo.sample_class"} <= MODULES.keys()
    assert "rnncourse.reference.rnn.rnn_forward" in imports("rnncourse.checks.exercises.bptt")
    assert "rnncourse.grading.run.dask_pool" in GRAPH["rnncourse.grading.run.choose_pool"]  # inside a function


def test_no_import_goes_in_a_circle():
    assert cycle(GRAPH) == []


def test_a_circle_would_be_seen():
    assert cycle({"a": {"b"}, "b": {"c", "d"}, "c": set(), "d": {"b"}}) == ["b", "d"]


@pytest.mark.parametrize("house", HOUSES)
def test_each_room_imports_only_those_below_it(house):
    rooms = HOUSES[house]
    there = {path.stem for path in PACKAGE.joinpath(*house.split(".")[1:]).iterdir() if path.suffix == ".py"}
    there |= {name.split(".")[house.count(".") + 1] for name in MODULES if name.startswith(f"{house}.")}
    assert there - {"__init__"} == rooms.keys()
    wrong = []
    for name, imported in GRAPH.items():
        room = name.removeprefix(f"{house}.").split(".")[0]
        if name.startswith(f"{house}."):
            others = {
                other.removeprefix(f"{house}.").split(".")[0] for other in imported if other.startswith(f"{house}.")
            }
            wrong += [f"{name} imports {other}" for other in others - {room} - set(rooms[room].split())]
    assert wrong == []


@pytest.mark.parametrize("house", HOUSES)
def test_the_rooms_have_an_order(house):
    assert cycle({room: set(below.split()) for room, below in HOUSES[house].items()}) == []


def test_students_never_import_the_instructors():
    forbidden = (*INSTRUCTORS, "nbgrader", "jupytext", "dask", "distributed", "typer")
    assert STUDENTS
    assert not [(name, other) for name in STUDENTS for other in imports(name) if other.startswith(forbidden)]


@pytest.mark.parametrize("form", FORMS)
def test_the_three_forms_never_import_one_another(form):
    others = tuple(other for other in FORMS if other != form)
    for name in MODULES:
        if name.startswith(form):
            assert not {imported for imported in imports(name) if imported.startswith(others)}, name


TORCH_FREE = sorted(name for name in MODULES if not name.startswith(("rnncourse.torch", "rnncourse.interop")))


def test_torch_stays_where_it_belongs():
    top = {name: imports(name, top_level_only=True) for name in TORCH_FREE}
    assert top
    assert not [
        (name, other)
        for name, imported in top.items()
        for other in imported
        if other.split(".")[0] == "torch" or "rnncourse.torch" in other
    ]


def test_no_module_is_shadowed_by_another_object():
    """`rnncourse.checks.grading` has to be the module of that name, whatever else has been imported."""
    code = """
import importlib, pkgutil, types, rnncourse
for module in pkgutil.walk_packages(rnncourse.__path__, "rnncourse."):
    kernels = module.name.startswith("rnncourse.torch.cuda.") and module.name.split(".")[3] not in ("rule", "trial")
    if module.name != "rnncourse.__main__" and not kernels:
        importlib.import_module(module.name)
        parent, _, name = module.name.rpartition(".")
        found = getattr(importlib.import_module(parent), name)
        if not isinstance(found, types.ModuleType):
            print(module.name, "is shadowed by", found)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_every_package_that_is_imported_is_declared():
    """A package that comes along with another may leave with it."""
    with open(PACKAGE.parent / "pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]
    wanted = [
        *project["dependencies"],
        *(need for extra in project["optional-dependencies"].values() for need in extra),
    ]
    declared = {re.match(r"[\w.-]+", need)[0].lower().replace("_", "-") for need in wanted}
    distributions = metadata.packages_distributions()
    used = {imported.split(".")[0] for name in GRAPH for imported in imports(name)} - sys.stdlib_module_names
    used -= {"rnncourse"}
    undeclared = {
        package
        for package in used
        if not {found.lower().replace("_", "-") for found in distributions.get(package, [package])} & declared
    }
    assert undeclared == set()


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
