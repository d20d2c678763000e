"""The problem sets run in JupyterLite, from the site alone; or there is no lab at all."""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from rnncourse.authoring.source import read_source

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "book" / "_ext"), str(ROOT / "book" / "_python")]

from book_lab import find_lab_wheels, write_lab  # noqa: E402
from lab_notebooks import lab_address  # noqa: E402
from lab_python import needed_wheels  # noqa: E402
from wasm_wheels import read_lock  # noqa: E402

SETS = sorted(path.parent.name for path in (ROOT / "exercises").glob("*/*.ipynb"))
LONG = 180_000
"""Milliseconds that a start may take on a busy machine: it is no limit on speed."""
CELLS = """window.jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === "code")"""
RIGHT = "np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)"


@pytest.fixture(scope="module")
def lab(site):
    """The lab's folder in the built site."""
    folder = site / "lab"
    if not folder.is_dir():
        pytest.skip("a wheel of Pyodide's is missing here: there is no lab")
    return folder


def test_the_sets_lie_in_it_as_they_are_released(lab):
    for name in SETS:
        released = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
        assert nbformat.read(lab / "files" / name / f"{name}.ipynb", as_version=4) == released
        page = lab_address(name).split("?")[0]
        assert (lab.parent / page).is_file()


def test_a_chinese_set_lies_beside_it_with_the_same_cells_and_answers_in_chinese(lab):
    for name in SETS:
        released = nbformat.read(ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
        page, _, path = lab_address(name, "zh_CN").partition("?path=")
        assert path == f"zh_CN/{name}/{name}.ipynb" and (lab.parent / page).is_file()
        chinese = nbformat.read(lab / "files" / path, as_version=4)
        assert [(cell.id, cell.metadata) for cell in chinese.cells] == [(c.id, c.metadata) for c in released.cells]
        assert re.match("# 习题集 .：", chinese.cells[0].source)
        assert 'os.environ["RNNCOURSE_LANGUAGE"] = "zh_CN"' in chinese.cells[1].source


def test_each_edition_links_its_own_notebooks(site, lab):
    for folder, path in (("", "ps4_training/"), ("zh/", "zh_CN/ps4_training/")):
        page = (site / folder / "book" / "04_training.html").read_text(encoding="utf-8")
        assert f"lab/notebooks/index.html?path={path}ps4_training.ipynb" in page


def test_a_set_that_is_none_is_refused():
    with pytest.raises(ValueError, match="there is no problem set 'ps9'; there are ps1_forward, "):
        lab_address("ps9")


def test_every_part_of_its_python_is_served_with_the_bytes_that_the_lock_names(lab):
    lock = json.loads((lab / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    official = read_lock()["packages"]
    python = lab.parent / "_static" / "python"  # Pyodide looks from here
    assert {"rnncourse", "numpy", "matplotlib", "ipywidgets", "ipython"} <= lock["packages"].keys()
    for name, package in lock["packages"].items():
        content = (python / package["file_name"]).resolve().read_bytes()
        assert hashlib.sha256(content).hexdigest() == package["sha256"], name
        if name in needed_wheels():
            assert package["sha256"] == official[name]["sha256"]
        assert {need.replace("_", "-") for need in package["depends"]} <= lock["packages"].keys()


def test_its_configuration_names_no_other_host(lab):
    for path in [*lab.glob("*.json"), *lab.glob("*/jupyter-lite.json"), lab / "pyodide" / "pyodide-lock.json"]:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path.name


def test_licences_are_served(lab):
    found = {path.stem for path in (lab / "licences").glob("*.txt")}
    assert {"matplotlib", "ipython", "ipywidgets", "jupyterlite-core", "jupyterlab"} <= found


def test_without_a_wheel_there_is_no_lab_and_none_is_left(tmp_path, monkeypatch):
    monkeypatch.setenv("RNNCOURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("RNNCOURSE_OFFLINE", "1")
    assert find_lab_wheels() is None
    (tmp_path / "lab" / "old").mkdir(parents=True)
    assert write_lab(tmp_path / "lab", find_lab_wheels()) == ""
    assert not (tmp_path / "lab").exists()


@pytest.fixture
def opened(browser, address, lab):
    """Open a set in the lab, in a browser that was never there; returns its page and what went wrong."""
    playwright = pytest.importorskip("playwright.sync_api")
    assert playwright
    context, wrong = browser.new_context(viewport={"width": 1280, "height": 900}), []
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else wrong.append(r.url))

    def open_set(name, language="en"):
        page.goto(f"{address}{lab_address(name, language)}")
        page.locator(".jp-CodeCell").first.wait_for(timeout=LONG)
        page.locator(".jp-Toolbar-kernelName", has_text="Python").wait_for(timeout=LONG)  # before, a cell asks which
        return page, wrong

    yield open_set
    context.close()


ACTIVE = ".jp-Cell.jp-mod-active .cm-content"
"""Where a keyboard writes."""


def run_first_cell_and(page, said, code):
    """Run the cell that looks whether everything is here, then a new cell."""
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    page.get_by_text(said, exact=True).wait_for(timeout=LONG)
    page.keyboard.press("Escape")
    page.locator(".jp-Notebook.jp-mod-commandMode").wait_for(timeout=LONG)  # before, a letter would be typed
    page.keyboard.press("b")
    page.wait_for_function(
        "() => document.querySelector('.jp-Cell.jp-mod-active .cm-content')?.innerText.trim() === ''"
    )
    page.keyboard.press("Enter")
    page.locator(".jp-Notebook.jp-mod-editMode").wait_for(timeout=LONG)
    page.keyboard.insert_text(f"import numpy as np\nfrom rnncourse import check\n{code}")
    page.locator(ACTIVE, has_text=code).wait_for(timeout=LONG)
    page.keyboard.press("Shift+Enter")


@pytest.mark.slow  # test_exercise.py asks the same Python in a page at each change, and the tests above what lies here
@pytest.mark.browser
def test_a_notebook_runs_and_its_check_answers(opened):
    page, wrong = opened("ps1_forward")
    run_first_cell_and(page, "Everything is here.", f"check.rnn_step(lambda x_t, h_prev, W_xh, W_hh, b_h: {RIGHT})")
    page.get_by_text("35 of 35 points").first.wait_for(timeout=LONG)
    assert wrong == []


@pytest.mark.browser
@pytest.mark.slow
def test_a_chinese_notebook_runs_and_its_check_answers_in_chinese(opened):
    page, wrong = opened("ps1_forward", "zh_CN")
    run_first_cell_and(page, "都齐了。", "check.rnn_step(lambda *all: 0)")
    page.get_by_text("得 0 分").first.wait_for(timeout=LONG)
    assert wrong == []


@pytest.fixture
def solved(site, lab, tmp_path):
    """Build a lab that holds one solved set, and lets a test ask for its cells; returns the site's folder."""

    def build_lab(name):
        (tmp_path / "sets" / name).mkdir(parents=True)
        notebook = read_source(ROOT / "solutions" / name / f"{name}.py")
        nbformat.write(notebook, tmp_path / "sets" / name / f"{name}.ipynb")
        shutil.copytree(site / "_static" / "python", tmp_path / "site" / "_static" / "python")
        write_lab(tmp_path / "site" / "lab", find_lab_wheels(), tmp_path / "sets")
        configuration = tmp_path / "site" / "lab" / "jupyter-lite.json"
        content = json.loads(configuration.read_text(encoding="utf-8"))
        content["jupyter-config-data"]["exposeAppInBrowser"] = True
        configuration.write_text(json.dumps(content), encoding="utf-8")
        return tmp_path / "site"

    return build_lab


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SETS if name != "ps6_beyond"])
def test_a_solved_set_earns_all_points(browser, solved, serve, name):
    with serve(solved(name)) as address:
        page = browser.new_page()
        page.goto(f"{address}{lab_address(name)}")
        page.locator(".jp-CodeCell").first.wait_for(timeout=LONG)
        page.locator(".jp-Toolbar-kernelName", has_text="Python").wait_for(timeout=LONG)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.wait_for_function(f"{CELLS}.every((cell) => cell.model.executionCount)", timeout=2 * LONG)
        shown = page.evaluate(f"{CELLS}.map((cell) => JSON.stringify(cell.model.outputs.toJSON())).join()")
        page.close()
    points = re.findall(r"<strong>[^<]*: (\d+) of (\d+) points</strong>", shown)  # the head of each report
    assert points and all(got == most for got, most in points)
    assert sum(int(most) for _, most in points) == 100
    assert "ename" not in shown
