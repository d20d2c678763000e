"""A learner's way: JupyterLab opens the exercise; the solved one runs from top to bottom, and its lab moves."""

import shutil
from pathlib import Path

import nbformat
import pytest
from browser import jupyter
from nbclient import NotebookClient

from rnncourse.authoring.release import problem_sets
from rnncourse.authoring.source import read_source
from rnncourse.checks import EXERCISES

ROOT = Path(__file__).parents[1]
SETS = problem_sets(ROOT)


@pytest.mark.parametrize("name", SETS)
def test_every_cell_of_the_solved_notebook_runs(name, tmp_path):
    notebook = read_source(ROOT / "solutions" / name / f"{name}.py")
    NotebookClient(notebook, timeout=180, resources={"metadata": {"path": tmp_path}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert not [output for output in outputs if output.output_type == "error"]


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """JupyterLab on a folder with the starter and the solved version of problem set 3."""
    folder, home = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("jupyter")
    shutil.copy(ROOT / "exercises" / "ps3_bptt" / "ps3_bptt.ipynb", folder)
    nbformat.write(read_source(ROOT / "solutions" / "ps3_bptt" / "ps3_bptt.py"), folder / "solved.ipynb")
    with jupyter(folder, home) as address:
        yield browser, address


def open_notebook(lab, name):
    browser, address = lab
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.get_by_role("heading", name="Problem set 3").wait_for(timeout=90_000)
    return page


def run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


@pytest.mark.browser
def test_jupyterlab_opens_the_starter_and_its_check_says_what_to_do(lab):
    page = open_notebook(lab, "ps3_bptt.ipynb")
    page.get_by_text("rnn_backward is yours to write").first.wait_for(timeout=30_000)
    run_all(page)
    page.get_by_text("rnn_backward is not written yet").first.wait_for(timeout=60_000)
    page.close()


@pytest.mark.browser
def test_the_solved_notebook_runs_in_jupyterlab_and_its_slider_redraws_the_curve(lab):
    page = open_notebook(lab, "solved.ipynb")
    run_all(page)
    full = EXERCISES["rnn_backward"].maximum
    page.get_by_text(f"{full:g} of {full:g} points").first.wait_for(timeout=90_000)
    slider = page.get_by_role("slider").first
    slider.wait_for(timeout=60_000)
    before = page.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg").last.evaluate(
        "node => node.outerHTML"
    )
    said = page.locator(".jp-OutputArea-output").last.inner_text()
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "old => { const all = document.querySelectorAll('.jp-OutputArea-output img, .jp-OutputArea-output svg');"
        " return all.length && all[all.length - 1].outerHTML !== old }",
        arg=before,
        timeout=30_000,
    )
    assert page.locator(".jp-OutputArea-output").last.inner_text() != said
    assert not page.get_by_text("Traceback").count()
    page.close()
