"""The exercises in the page answer in Firefox as they do in Chromium."""

import json

import pytest
from support.firefox import open_firefox
from support.page_answers import BACKWARD, NEXT, PAGE, RIGHT, STEP, WRONG

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("python_in_pages")]
ANSWERED = ":is(.rnncourse-check, .exercise-problem, .exercise-printed)"


@pytest.fixture
def firefox(address):
    with open_firefox() as page:
        yield page
        assert page.errors == []
        assert [url for url in page.requests if not url.startswith((address, "data:", "blob:"))] == []


def write(page, name, code):
    """Open an exercise and write code into it."""
    section = f"document.querySelector('#exercise-{name}')"
    page.wait(f"!!{section}.querySelector('.exercise-open, .cm-content')")
    page.run(f"{section}.querySelector('.exercise-open')?.click()")
    page.wait(f"!!{section}.querySelector('.cm-content')")
    page.run(f"{section}.querySelector('.cm-content').focus()")
    page.press("Control", "a")
    page.paste(code)
    return section


def answer(page, section, *keys):
    """Check or run what stands in an exercise; returns the answer's words."""
    page.press(*keys)
    page.wait(f"!!{section}.querySelector('{ANSWERED}')")
    return page.run(f"{section}.querySelector('.exercise-answer').innerText")


def test_answers_are_named_paid_and_kept(firefox, address):
    firefox.open(f"{address}{PAGE}.html")
    section = write(firefox, "softmax", WRONG)
    found = answer(firefox, section, "Control", "Enter")
    assert "10 of 20 points" in found and "sum-over-time" in found
    write(firefox, "softmax", RIGHT)
    firefox.press("Control", "Enter")
    firefox.wait(f"{section}.innerText.includes('20 of 20 points')")
    firefox.open(f"{address}{NEXT}.html")
    answer(firefox, write(firefox, "rnn_step_backward", STEP), "Control", "Enter")
    section = write(firefox, "rnn_backward", BACKWARD.replace("dh[t] + dh_next", "dh[t]"))
    assert "no-recurrent-term" in answer(firefox, section, "Control", "Enter")
    write(firefox, "rnn_backward", BACKWARD)
    firefox.press("Control", "Enter")
    firefox.wait(f"{section}.innerText.includes('45 of 45 points')")
    firefox.open(f"{address}{PAGE}.html")
    kept = "document.querySelector('#exercise-softmax .cm-content')"
    firefox.wait(f"!!{kept}")
    assert firefox.run(f"{kept}.innerText").split() == RIGHT.split()


def test_an_endless_loop_is_stopped_and_the_keyboard_gets_out(firefox, address):
    firefox.open(f"{address}{PAGE}.html")
    section = write(firefox, "softmax", "while True: pass")
    firefox.press("Shift", "Enter")
    firefox.wait(f"{section}.innerText.includes('Running …')")
    firefox.run(f"{section}.querySelector('.exercise-stop').click()")
    firefox.wait(f"{section}.querySelector('.exercise-answer').innerText === 'Stopped.'")
    write(firefox, "softmax", "print(np.arange(3))")
    assert answer(firefox, section, "Shift", "Enter").strip() == "[0 1 2]"
    firefox.run(f"{section}.querySelector('.cm-content').focus()")
    firefox.press("Escape")
    firefox.press("Tab")
    assert firefox.run("document.activeElement.textContent") == "Check"


def test_the_editor_fits_a_phone(firefox, address):
    firefox.call("browsingContext.setViewport", context=firefox.context, viewport={"width": 375, "height": 800})
    firefox.open(f"{address}{PAGE}.html")
    section = write(firefox, "softmax", f"# {json.dumps('long ' * 40)}")
    assert firefox.run("document.documentElement.scrollWidth - innerWidth") <= 0
    assert firefox.run(f"{section}.querySelector('.exercise-check').getBoundingClientRect().right") <= 375
