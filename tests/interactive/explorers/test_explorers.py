"""Every explorer in a real browser: by keyboard and by drag, light and dark, on a phone, and without any request."""

import pytest
from support.browser import violations

from rnncourse.interactive import explorers

pytestmark = pytest.mark.browser

NAMES = explorers.__all__
PAGE = """<!doctype html>
<html lang="en"><head><title>Explorer</title><meta name="viewport" content="width=device-width">
<style>:root {{ color-scheme: light dark }} body {{ margin: 1rem }}</style></head><body><main>{}</main></body></html>"""


SEEN = """explorer => [
  explorer.querySelector('[aria-live=polite]').innerText,
  [...explorer.querySelectorAll('svg')].map((picture) => picture.innerHTML).join(''),
]"""


class Shown:
    """An explorer on a page, or several, and what went wrong there."""

    def __init__(self, page, *names):
        self.page, self.trouble = page, []
        page.on("console", lambda message: self.trouble.append(message.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith("blob:") else self.trouble.append(one.url))
        page.set_content(PAGE.format("".join(getattr(explorers, name)()._repr_html_() for name in names)))
        self.explorer = page.locator(".rnn-explorer")
        for explorer in self.explorer.all():
            explorer.locator("svg").first.wait_for()
        self.controls = self.explorer.locator("input, [role=slider]").all()

    def seen(self):
        """The sentence and the picture."""
        return tuple(self.explorer.evaluate(SEEN))

    def changed_by(self, act):
        """Whether the sentence and the picture change."""
        before = self.seen()
        act()
        return tuple(old != new for old, new in zip(before, self.seen(), strict=True))


def screens(width, scheme, *marks):
    """Every explorer on one kind of screen."""
    return [pytest.param((name, width, scheme), marks=marks, id=f"{name}-{scheme}") for name in NAMES]


@pytest.fixture(scope="module", params=[*screens(375, "dark"), *screens(800, "light", pytest.mark.slow)])
def screen(browser, request):
    """A page for all tests of an explorer, and its name."""
    name, width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page(), name
    context.close()


@pytest.fixture
def shown(screen):
    """An explorer as it is at first."""
    return Shown(*screen)


def test_each_control_answers_to_the_keyboard_and_the_picture_says_what_the_sentence_says(shown):
    assert shown.controls
    for control in shown.controls:
        control.focus()
        # A control may stand at one end already: then the other one is news.
        answers = [shown.changed_by(lambda key=key: shown.page.keyboard.press(key)) for key in ("Home", "End")]
        assert (True, True) in answers, control.evaluate("node => node.outerHTML.slice(0, 200)")
        before = control.evaluate("node => node.value ?? node.getAttribute('aria-valuetext')")
        shown.page.keyboard.press("ArrowLeft")
        assert control.evaluate("node => node.value ?? node.getAttribute('aria-valuetext')") != before
    assert shown.explorer.locator("svg").first.get_attribute("aria-label").endswith(shown.seen()[0])
    assert shown.trouble == []


def test_each_button_answers_to_the_keyboard(shown):
    for button in shown.explorer.get_by_role("button", disabled=False).all():
        button.focus()
        assert shown.changed_by(lambda: shown.page.keyboard.press("Enter")) == (True, True)
    assert shown.trouble == []


def drag(page, control, to):
    """From the middle of a control to the side, with the mouse."""
    box = control.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + to, y + 5, steps=3)
    page.mouse.up()


def test_each_control_answers_to_a_drag(shown):
    for control in shown.controls:
        answers = [shown.changed_by(lambda to=to, one=control: drag(shown.page, one, to)) for to in (25, -25)]
        assert (True, True) in answers, control.evaluate("node => node.outerHTML.slice(0, 200)")
    assert shown.trouble == []


@pytest.mark.parametrize("width, scheme", [(375, "dark"), pytest.param(800, "light", marks=pytest.mark.slow)])
def test_no_accessibility_rule_is_broken_by_all_together_and_nothing_scrolls_sideways(browser, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    shown = Shown(context.new_page(), *NAMES)
    assert shown.explorer.count() == len(NAMES)
    assert shown.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(shown.page) == []
    assert shown.trouble == []
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_shows_itself_without_any_address_and_alike_each_time(name):
    shown = getattr(explorers, name)()._repr_html_()
    assert "http" not in shown.replace("http://www.w3.org/2000/svg", "")
    assert shown == getattr(explorers, name)()._repr_html_()  # reproducible builds
    assert "<noscript>Interactive figure (needs JavaScript): " in shown
