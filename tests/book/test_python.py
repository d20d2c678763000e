"""What a page needs to run Python is in the site, its wheel as Pyodide's lock names it; or the site says why not."""

import gzip
import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_python"))

import wasm_wheels  # noqa: E402
from book_python import write_python  # noqa: E402
from python_archive import imported_by_notebooks, needed_files, needed_modules  # noqa: E402
from wasm_wheels import PYODIDE, find_wheel, read_lock  # noqa: E402

IMPORT = """import sys; sys.path.insert(0, sys.argv[1]); import rnncourse, rnncourse.checks.page
from rnncourse import check, labs; from rnncourse.checks.reporting.report import book_url
print(rnncourse.__file__); print(book_url("00_notation#sec-symbols"))"""


def files(folder):
    return {path.relative_to(folder).as_posix(): path for path in Path(folder).rglob("*") if path.is_file()}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def numpy():
    """What Pyodide's lock says of NumPy."""
    return read_lock()["packages"]["numpy"]


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache, and no other place to ask."""
    monkeypatch.setenv("RNNCOURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("RNNCOURSE_OFFLINE", "1")
    (folder := tmp_path / "cache").mkdir()
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The folder that a page loads Python from, and what python.json says."""
    folder = tmp_path_factory.mktemp("python")
    description = write_python(folder)
    if not description["available"]:
        pytest.skip(description["why"])
    return folder, description


def test_a_wheel_of_other_bytes_is_refused(cache, numpy):
    (cache / numpy["file_name"]).write_bytes(b"another wheel")
    with pytest.raises(LookupError) as refused:
        find_wheel()
    for said in ("the cache: refused", numpy["sha256"], hashlib.sha256(b"another wheel").hexdigest()):
        assert said in str(refused.value)


def test_the_next_place_is_asked_and_its_wheel_is_kept(cache, monkeypatch):
    lock = {"file_name": "a.whl", "sha256": hashlib.sha256(b"right").hexdigest()}
    monkeypatch.setattr(wasm_wheels, "read_lock", lambda: {"info": {"version": "1"}, "packages": {"a": lock}})
    monkeypatch.setattr(wasm_wheels, "_from_carrier", lambda file: b"wrong")
    monkeypatch.setattr(wasm_wheels, "_from_release", lambda version, file: b"right")
    monkeypatch.delenv("RNNCOURSE_OFFLINE")
    assert find_wheel("a") == cache / "a.whl"
    monkeypatch.setenv("RNNCOURSE_OFFLINE", "1")
    assert find_wheel("a").read_bytes() == b"right"
    assert list(files(cache)) == ["a.whl"]


def test_every_place_that_fails_is_named(cache, monkeypatch):
    def fail(*_):
        raise TimeoutError(110, "Connection timed out")

    monkeypatch.setattr(wasm_wheels, "_from_carrier", fail)
    monkeypatch.setattr(wasm_wheels, "_from_release", fail)
    monkeypatch.delenv("RNNCOURSE_OFFLINE")
    with pytest.raises(
        LookupError, match=r"the cache: No such file.*provisa.*timed out.*release.*timed out"
    ) as refused:
        find_wheel()
    assert str(cache) not in str(refused.value), "the reason is published"


def test_without_a_wheel_the_site_says_so_and_has_nothing_else(cache, tmp_path, numpy):
    folder = tmp_path / "site"
    (folder / "licences").mkdir(parents=True)
    for left in ("pyodide.mjs", "numpy-1.whl", "licences/numpy.txt", "of-another-extension.js"):
        (folder / left).write_text("of an earlier build")
    description = write_python(folder)
    assert not description["available"] and numpy["file_name"] in description["why"]
    assert set(files(folder)) == {"python.json", "of-another-extension.js"}
    assert json.loads((folder / "python.json").read_text()) == description


def test_everything_is_there_with_the_right_bytes(served, numpy):
    folder, description = served
    written = files(folder)
    assert sha256(written.pop(numpy["file_name"])) == numpy["sha256"]
    for name in ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"):
        assert written.pop(name).read_bytes() == (PYODIDE / name).read_bytes()
    lock = json.loads(written.pop("pyodide-lock.json").read_text())
    assert lock == {"info": read_lock()["info"], "packages": {"numpy": numpy}}
    assert json.loads(written.pop("python.json").read_text()) == description
    written.pop("rnncourse.zip")
    assert len(description["version"]) == 12
    licences = {path.stem: path.read_text("utf-8") for name, path in written.items() if name.startswith("licences/")}
    assert len(licences) == len(written)
    for name, said in (("cpython", "PSF"), ("numpy", "NumPy"), ("pyodide", "Mozilla"), ("rnncourse", "rnncourse")):
        assert said in licences[name]


def test_the_bytes_of_a_first_answer_are_counted(served):
    folder, description = served
    assert {name for name in files(folder) if "/" not in name} == {*description["files"], "python.json"}
    for name, sizes in description["files"].items():
        content = (folder / name).read_bytes()
        assert sizes == [len(content), len(gzip.compress(content, 6))]
    assert sum(wire for _, wire in description["files"].values()) < 9.5e6


def test_a_second_write_gives_the_same_bytes_and_touches_nothing(served, tmp_path):
    assert write_python(tmp_path) == served[1]
    hashes = [{name: sha256(path) for name, path in files(folder).items()} for folder in (served[0], tmp_path)]
    assert hashes[0] == hashes[1]
    times = {name: path.stat().st_mtime_ns for name, path in files(tmp_path).items()}
    write_python(tmp_path)
    assert {name: path.stat().st_mtime_ns for name, path in files(tmp_path).items()} == times


def test_the_package_s_part_stands_alone(served, tmp_path):
    with zipfile.ZipFile(served[0] / "rnncourse.zip") as packed:
        rooms = {"/".join(name.split("/")[:2]) for name in packed.namelist()}
        assert not rooms & {f"rnncourse/{room}" for room in ("torch", "grading", "authoring", "cli.py")}
        packed.extractall(tmp_path)
    done = subprocess.run([sys.executable, "-c", IMPORT, tmp_path], capture_output=True, text=True, cwd=tmp_path)
    assert not done.returncode, done.stderr
    file, url = done.stdout.split()
    assert Path(file).is_relative_to(tmp_path) and url.startswith("https://")


def test_a_root_that_is_gone_is_named():
    with pytest.raises(LookupError, match=r"no module rnncourse\.nosuch"):
        needed_modules(["rnncourse.checks", "rnncourse.nosuch"])


def test_what_the_problem_sets_import_is_packed():
    names = imported_by_notebooks()
    assert {"rnncourse.data", "rnncourse.training"} <= set(names)
    packed = {path.parent.name for path in needed_files() if path.name == "__init__.py"}
    assert {"data", "training", "checks"} <= packed and "torch" not in packed and "grading" not in packed
