"""A learner's way: JupyterLab opens the exercise; the solved one runs from top to bottom, and its lab moves."""

import json
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from support.browser import jupyter

from rnncourse.authoring.release import problem_sets
from rnncourse.authoring.source import read_source
from rnncourse.checks import EXERCISES

ROOT = Path(__file__).parents[1]
SETS = problem_sets(ROOT)
ACTIVE = "[...document.querySelectorAll('.jp-Cell')].findIndex(cell => cell.classList.contains('jp-mod-active'))"
EXPLORER = "from rnncourse.interactive.explorers import StateTrajectory\n\nStateTrajectory()"


LIMIT = 180
"""Seconds for a whole solved notebook."""

LOOKS_AT_PICTURES = """
from rnncourse.plotting import figure

def show(figure, alt, show=figure.show):
    for ax in figure.axes:
        told_by = [(line.get_linestyle(), line.get_marker()) for line in ax.lines]
        assert len(set(told_by)) == len(told_by), f"only their colour tells lines apart: {told_by}"
    show(figure, alt)

figure.show = show
"""


@pytest.mark.parametrize("name", [SETS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in SETS[1:])])
def test_every_cell_of_the_solved_notebook_runs_within_its_time_and_draws_for_everybody(name, tmp_path):
    notebook = read_source(ROOT / "solutions" / name / f"{name}.py")
    notebook.cells.insert(0, nbformat.v4.new_code_cell(LOOKS_AT_PICTURES))
    end = time.monotonic() + LIMIT
    left = {"timeout_func": lambda cell: max(1, end - time.monotonic())}
    NotebookClient(notebook, resources={"metadata": {"path": tmp_path}}, **left).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if "image/png" in output.get("data", {})], "a picture without words"
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert sum(float(cell.outputs[-1].data["text/plain"]) for cell in graded) == 100


def test_the_checks_of_a_starter_say_what_is_not_written_yet(tmp_path):
    notebook = nbformat.read(ROOT / "exercises" / SETS[0] / f"{SETS[0]}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=LIMIT, resources={"metadata": {"path": tmp_path}}).execute()
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    said = [json.dumps(cell.outputs) for cell in graded]
    assert graded and all("is not written yet" in text for text in said), said


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """JupyterLab on a folder with two starters, the solved version of problem set 3, and an explorer."""
    folder, home = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("jupyter")
    for name in ("ps1_forward", "ps3_bptt"):
        shutil.copy(ROOT / "exercises" / name / f"{name}.ipynb", folder)
    nbformat.write(read_source(ROOT / "solutions" / "ps3_bptt" / "ps3_bptt.py"), folder / "solved.ipynb")
    cells = [nbformat.v4.new_markdown_cell("# Explorer"), nbformat.v4.new_code_cell(EXPLORER)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / "explorer.ipynb")
    with jupyter(folder, home) as address:
        yield browser, address


def open_notebook(lab, name, title="Problem set 3"):
    browser, address = lab
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.get_by_role("heading", name=title).wait_for(timeout=90_000)
    return page


def run_all(page):
    """Run every cell, once the kernel is there: one that still starts may lose the click."""
    page.get_by_text("| Idle").first.wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


@pytest.mark.slow
@pytest.mark.browser
def test_jupyterlab_opens_the_starter_and_its_check_says_what_to_do(lab):
    page = open_notebook(lab, "ps3_bptt.ipynb")
    page.get_by_text("rnn_backward is yours to write").first.wait_for(timeout=30_000)
    run_all(page)
    page.get_by_text("rnn_backward is not written yet").first.wait_for(timeout=60_000)
    page.close()


def type_last_line(page, cell, line):
    """As a learner does: into the cell, to its last line, and write another in its place; then run the cell."""
    cell.locator(".cm-content").click()
    for key in ("Control+End", "Shift+Home"):
        page.keyboard.press(key)
    page.keyboard.type(line)
    page.keyboard.press("Shift+Enter")


@pytest.mark.slow
@pytest.mark.browser
def test_a_learner_types_a_wrong_step_then_the_right_one_and_is_told_each_time(lab):
    page = open_notebook(lab, "ps1_forward.ipynb", "Problem set 1")
    run_all(page)
    exercise, full = EXERCISES["rnn_step"], EXERCISES["rnn_step"].maximum
    code = page.locator(".jp-CodeCell")
    step, graded = code.filter(has_text="def rnn_step("), code.filter(has_text="check.rnn_step(rnn_step)")
    graded.get_by_text("rnn_step is not written yet").wait_for(timeout=90_000)

    type_last_line(page, step, "return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)")
    page.keyboard.press("Shift+Enter")  # the notebook has moved on to the graded cell
    graded.get_by_text("This mistake has a name. no-b_h: the bias b_h is never added.").wait_for(timeout=30_000)
    assert f"0 of {full:g} points" in graded.inner_text()

    type_last_line(page, step, "return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)")
    page.keyboard.press("Shift+Enter")
    graded.get_by_text(f"{exercise.signature}: {full:g} of {full:g} points").wait_for(timeout=30_000)
    assert "no-b_h" not in graded.inner_text()
    page.close()


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.browser
def test_an_explorer_is_live_in_jupyterlab_and_keeps_its_keys(lab):
    page = open_notebook(lab, "explorer.ipynb", "Explorer")
    run_all(page)
    explorer = page.locator(".rnn-explorer")
    said = explorer.locator("[aria-live=polite]")
    said.get_by_text("falls into the origin").wait_for(timeout=90_000)
    start = explorer.get_by_role("slider", name="initial state")
    radius = explorer.get_by_role("slider", name="spectral radius")
    start.focus()
    active = page.evaluate(ACTIVE)
    for _ in range(3):
        page.keyboard.press("ArrowUp")  # JupyterLab's own meaning: to the cell above
    assert start.get_attribute("aria-valuetext") == "h1 is 0.80, h2 is 0.15"
    radius.focus()
    page.keyboard.press("ArrowUp")
    explorer.get_by_text("0.95", exact=True).wait_for()
    assert page.evaluate(ACTIVE) == active
    page.keyboard.press("End")
    said.get_by_text("closed loop").wait_for()
    box = start.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 40, box["y"])
    page.mouse.up()
    assert start.get_attribute("aria-valuetext") != "h1 is 0.80, h2 is 0.15"
    page.close()
