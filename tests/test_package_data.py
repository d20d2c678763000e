"""What is no Python file and is needed at run time goes into the wheel."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from rnncourse.language import LANGUAGES

ROOT = Path(__file__).parents[1]


def test_every_file_beside_the_code_is_declared_as_package_data():
    with open(ROOT / "pyproject.toml", "rb") as file:
        patterns = tomllib.load(file)["tool"]["setuptools"]["package-data"]["rnncourse"]
    package = ROOT / "rnncourse"
    beside = {path for path in package.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    declared = {path for pattern in patterns for path in package.glob(pattern)}
    assert package / "data" / "sunspots.csv" in beside
    assert not beside - declared


def test_every_problem_set_is_declared_as_a_data_file():
    with open(ROOT / "pyproject.toml", "rb") as file:
        declared = tomllib.load(file)["tool"]["setuptools"]["data-files"]
    sources = {path for path in ROOT.glob("solutions/*/*.py") if path.stem == path.parent.name}
    solutions = {f"share/rnncourse/solutions/{path.stem}": [path.relative_to(ROOT).as_posix()] for path in sources}
    catalogues = {
        f"share/rnncourse/{path.relative_to(ROOT).as_posix()}": [f"{path.relative_to(ROOT).as_posix()}/*.po"]
        for path in ROOT.glob("locale/*/LC_MESSAGES/exercises")
    }
    assert len(sources) == 6 and len(catalogues) == len(LANGUAGES) - 1
    assert declared == solutions | catalogues


@pytest.mark.slow
def test_an_installed_wheel_brings_the_problem_sets(tmp_path):
    """A course that has the package as a dependency finds its sources where pip has put them."""
    copy = tmp_path / "copy"
    for name in ("rnncourse", "solutions", "locale"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.ipynb"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    pip = [sys.executable, "-m", "pip", "-q", "--no-input", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", tmp_path, "."]
    subprocess.run([*pip, *build], cwd=copy, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    # Into an environment of its own: with --prefix pip would take the package out of this one.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "own"], check=True)
    python = tmp_path / "own" / "bin" / "python"
    subprocess.run([*pip, "--python", python, "install", "--no-deps", "--no-index", wheel], check=True)
    code = """
from rnncourse.authoring.chosen_sets import shipped_sources
from rnncourse.authoring.messages.catalogues import shipped_catalogue
print(*(path.resolve() for path in shipped_sources().values()))
print(*(shipped_catalogue(name, "zh_CN").resolve() for name in shipped_sources()))
"""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([python, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    found = [Path(path) for path in done.stdout.split()]
    assert len(found) == 2 * len(list(ROOT.glob("solutions/*/ps*.py"))) == 12, done.stderr
    assert all(path.is_relative_to(tmp_path / "own" / "share") and path.is_file() for path in found)
