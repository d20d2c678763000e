"""A reader does an exercise in the page: with the keyboard, in both schemes, on a phone, and without a network."""

import gzip
import json
import os
import re

import pytest
from support.browser import violations
from support.page_answers import BACKWARD, NEXT, PAGE, PARTLY, RIGHT, STEP
from support.releasing import release_copy

from rnncourse import check
from rnncourse.checks.diagnosis.partial_credit import SAYS
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.sandbox import bubblewrap

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("python_in_pages")]
playwright = pytest.importorskip("playwright.sync_api")

LONG = 90_000
"""Milliseconds that a first answer may take on a busy machine: it is no limit on speed."""


@pytest.fixture
def visit(browser, address):
    """Open a page of a reader who was never here; returns it with what went wrong."""
    contexts = []

    def open_page(name=PAGE, width=1280, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        contexts.append(context)
        page, wrong = context.new_page(), []
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else wrong.append(r.url))
        page.goto(f"{address}{name}.html", wait_until="load")
        return page, wrong

    yield open_page
    for context in contexts:
        context.close()


def write(page, name, code):
    """Open an exercise as a keyboard does, and write code into it."""
    section = page.locator(f"#exercise-{name}")
    if section.locator(".exercise-open").count():
        section.locator(".exercise-open").focus()
        page.keyboard.press("Enter")
    editor = section.locator(".cm-content")
    editor.wait_for()
    editor.focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)
    return section


def holds(section, text):
    """Wait until the editor of an exercise holds a text."""
    content = section.locator(".cm-content").element_handle()
    section.page.wait_for_function("([node, text]) => node.textContent.includes(text)", arg=[content, text])


def answer(section, keys="Control+Enter"):
    """Check what stands in an exercise; returns the answer's words."""
    section.locator(".cm-content").press(keys)
    section.locator(":is(.rnncourse-check, .exercise-problem, .exercise-printed)").first.wait_for(timeout=LONG)
    return section.locator(".exercise-answer").inner_text()


def stays_usable(section):
    """Ask for too much, stop an endless loop, and forget a colon: Python answers again each time."""
    page, name = section.page, section.get_attribute("id").removeprefix("exercise-")
    write(page, name, "np.ones((10**5, 10**5))")
    assert "array is too big" in answer(section, "Shift+Enter")
    write(page, name, "while True: pass")
    section.locator(".cm-content").press("Shift+Enter")
    section.get_by_text("Running …").wait_for(timeout=LONG)
    section.locator(".exercise-stop").click()
    assert section.locator(".exercise-answer").inner_text() == "Stopped."
    write(page, name, "print(np.arange(3))")
    assert answer(section, "Shift+Enter").strip() == "[0 1 2]"
    write(page, name, f"def {name}(z)\n    return z")
    section.locator(".exercise-check").click()
    section.locator(".exercise-problem").wait_for(timeout=LONG)
    assert "Line 1" in section.locator(".exercise-answer").inner_text()


def test_a_wrong_answer_is_named_a_loop_is_stopped_and_a_right_answer_earns_its_points_and_is_kept(visit, address):
    page, wrong = visit(NEXT)
    found = answer(write(page, "rnn_step_backward", STEP.replace("h_t**2", "h_t")))
    assert "10 of 20 points" in found and "linear-derivative" in found and SAYS in found
    assert "delta_h = dh_t * (1 - h_t)" in found
    links = page.locator("#exercise-rnn_step_backward .rnncourse-check a").evaluate_all("all => all.map(a => a.href)")
    assert links[0] == f"{address}book/appendix_mistakes.html#rnn_step_backward-linear-derivative"
    assert f"{address}{NEXT}.html#sec-bptt-recursion" in links
    stays_usable(page.locator("#exercise-rnn_step_backward"))
    section = write(page, "rnn_step_backward", STEP)
    section.locator(".exercise-check").click()
    section.get_by_text("20 of 20 points").first.wait_for(timeout=LONG)
    assert "✓ done" in section.locator(".exercise-title").inner_text()
    assert "45 of 45 points" in answer(write(page, "rnn_backward", BACKWARD))  # it calls the function written before

    page.goto(f"{address}{PAGE}.html")
    assert "2 of 8 done" in page.locator(".exercise-progress").first.inner_text()
    page.goto(f"{address}book/index.html")
    assert "2 of 8 done" in page.locator(".exercise-progress p", has_text="Chapter 3").inner_text()
    page.goto(f"{address}{NEXT}.html")
    kept = page.locator("#exercise-rnn_step_backward .cm-content")
    kept.wait_for()
    assert kept.inner_text().split() == STEP.split()
    assert wrong == []


@pytest.mark.slow
def test_a_loop_that_nobody_stops_is_stopped_after_its_time(visit):
    page, wrong = visit()
    section = write(page, "softmax", "while True: pass")
    section.locator(".cm-content").press("Shift+Enter")
    section.get_by_text("After 20 seconds there is still no answer, so Python was stopped.").wait_for(timeout=LONG)
    write(page, "softmax", "print(1 + 1)")
    assert answer(section, "Shift+Enter").strip() == "2"
    assert wrong == []


@pytest.mark.slow
def test_what_fills_all_memory_is_told_so_and_python_answers_again(visit):
    page, wrong = visit()
    section = write(page, "softmax", "kept = [np.empty(10**8) for _ in range(100)]")
    assert "MemoryError: there is no more memory." in answer(section, "Shift+Enter")
    write(page, "softmax", "print(1 + 1)")
    assert answer(section, "Shift+Enter").strip() == "2"
    assert wrong == []


def test_answers_are_carried_off_as_a_notebook_and_read_back_in(visit, tmp_path):
    page, wrong = visit()
    section = write(page, "softmax", RIGHT)
    with page.expect_download() as started:
        section.locator(".exercise-download").click()
    notebook = tmp_path / "ps2_loss.ipynb"
    started.value.save_as(notebook)
    cells = json.loads(notebook.read_text())["cells"]
    sources = {c["metadata"].get("nbgrader", {}).get("grade_id"): "".join(c["source"]) for c in cells}
    assert sources["softmax"] == RIGHT
    assert "YOUR CODE HERE" in sources["cross_entropy"]
    namespace = {}
    exec(f"import numpy as np\n{sources['softmax']}", namespace)
    assert check.softmax(namespace["softmax"]).passed

    other, also_wrong = visit()
    section = write(other, "cross_entropy", "pass")
    section.locator("input[type=file]").set_input_files(notebook)
    section.get_by_text("Read in: softmax.").wait_for()
    other.reload()
    other.locator("#exercise-softmax .cm-content").wait_for()
    assert other.locator("#exercise-softmax .cm-content").inner_text().split() == RIGHT.split()
    nonsense = tmp_path / "nonsense.ipynb"
    nonsense.write_text("{}")
    section = other.locator("#exercise-softmax")
    section.locator("input[type=file]").set_input_files(nonsense)
    section.get_by_text("This file could not be read").wait_for()
    assert wrong == also_wrong == []


@pytest.mark.slow
def test_a_notebook_carried_off_earns_the_same_points_from_the_grader(visit, tmp_path):
    if problem := bubblewrap.problem():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(problem)
    page, _ = visit()
    write(page, "softmax", RIGHT)
    section = write(page, "cross_entropy", PARTLY)
    found = answer(section)
    points = re.search(r"(\d+) of (\d+) points", found)
    assert 0 < int(points[1]) < int(points[2])
    course = tmp_path / "course"
    release_copy(course, ["ps2_loss"])
    submission = course / "submitted" / "ada" / "ps2_loss"
    submission.mkdir(parents=True)
    with page.expect_download() as started:
        section.locator(".exercise-download").click()
    started.value.save_as(submission / "ps2_loss.ipynb")
    assert list(Driver(course, "ps2_loss").grade(1)) == ["ada"]
    assert read_gradebook(course).rows["ada"][0] == 20 + int(points[1])


def test_the_keyboard_gets_in_and_out(visit):
    page, _ = visit()
    section = write(page, "softmax", "x")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("y")
    holds(section, "    y")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"
    section.locator(".exercise-reset").focus()
    page.keyboard.press("Enter")
    holds(section, "YOUR CODE HERE")
    page.keyboard.press("Control+Z")
    holds(section, "    y")


def usable_by_everybody(page, wrong):
    """Answer an exercise, and look at the page as it is then."""
    answer(write(page, "rnn_forward", "def rnn_forward(x, h0, W_xh, W_hh, b_h):\n    return x  # not yet 'done' 12"))
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []
    assert wrong == []


@pytest.mark.slow
def test_everybody_can_use_it_at_a_desk(visit):
    usable_by_everybody(*visit("book/02_forward_pass"))


def test_everybody_can_use_it_on_a_phone_and_once_loaded_without_a_network(visit):
    page, wrong = visit("book/02_forward_pass", 375, "dark")
    usable_by_everybody(page, wrong)
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => caches.open('visited')).then(c => c.keys()).then(k => k.length > 5)"
    )
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.reload()
    section = write(page, "rnn_forward", "2 + 2")
    assert answer(section, "Shift+Enter").strip() == "4"


def test_where_python_cannot_be_had_the_page_says_what_to_do(visit):
    page, _ = visit()
    page.route("**/python.json", lambda route: route.fulfill(json={"available": False, "why": "no wheel"}))
    section = write(page, "softmax", RIGHT)
    found = answer(section)
    assert "no wheel" in found and "Download the notebook" in found


def test_a_page_whose_exercises_nobody_opens_stays_light(visit, site):
    context_page, _ = visit()
    loaded = context_page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    ours = [name.split("/_static/")[1] for name in loaded if "/_static/exercise/" in name or "/_static/python/" in name]
    assert not any(name.startswith("python/") for name in ours)
    assert sum(len(gzip.compress((site / "_static" / name.split("?")[0]).read_bytes())) for name in ours) < 30_000


def test_without_scripts_the_task_and_the_code_can_be_read(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{NEXT}.html")
    section = page.locator("#exercise-rnn_backward")
    assert "def rnn_backward(dh, x, h0, h, W_xh, W_hh):" in section.locator("pre").inner_text()
    assert section.locator(":scope > details > summary").all_inner_texts() == ["The task", "Hints"]
    context.close()
