"""A Chinese notebook answers in Chinese: run as it is, and in JupyterLab, where a learner types into it."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from support.browser import jupyter

from rnncourse.authoring.released import students_notebook

ROOT = Path(__file__).parents[1]
NAME = "ps1_forward"


def test_the_checks_of_a_starter_say_in_chinese_what_is_not_written_yet(tmp_path):
    notebook = students_notebook(ROOT, NAME, "zh_CN")
    NotebookClient(notebook, timeout=180, resources={"metadata": {"path": tmp_path}}).execute()
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    said = [json.dumps(cell.outputs, ensure_ascii=False) for cell in graded]
    assert graded and all("还没有写" in text for text in said), said


@pytest.mark.slow
@pytest.mark.browser
def test_a_learner_types_a_wrong_step_in_jupyterlab_and_is_told_in_chinese(browser, tmp_path_factory):
    folder, home = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("jupyter")
    notebook = students_notebook(ROOT, NAME, "zh_CN")
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "rnn_step":
            cell.source = "def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):\n    return 0"
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    with jupyter(folder, home) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{address}/lab/tree/{NAME}.ipynb?reset")
        page.get_by_role("heading", name="习题集 1：前向传播").wait_for(timeout=90_000)
        page.get_by_text("| Idle").first.wait_for(timeout=90_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        code = page.locator(".jp-CodeCell")
        step, graded = code.filter(has_text="def rnn_step("), code.filter(has_text="check.rnn_step(rnn_step)")
        graded.get_by_text("得 0 分").first.wait_for(timeout=90_000)
        step.locator(".cm-content").click()
        for key in ("Control+End", "Shift+Home"):
            page.keyboard.press(key)
        page.keyboard.type("return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)")
        for _ in range(2):  # the cell, then the graded one below it
            page.keyboard.press("Shift+Enter")
        graded.get_by_text("这个错误有名字。no-b_h：没有加偏置 b_h。").wait_for(timeout=30_000)
        page.close()
