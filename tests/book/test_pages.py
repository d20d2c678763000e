"""Every page in a real browser: light and dark, on a phone and on a desk."""

import gzip
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]
COMPRESSED = (".html", ".css", ".js", ".svg", ".json")

RENDERED = """async () => {
  if (window.MathJax) await MathJax.startup.promise;
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    theme: document.documentElement.dataset.theme,
    width: document.documentElement.scrollWidth,
    unnamed: [...all('img:not([alt])'), ...all('svg[role=img]:not([aria-label])')].map((e) => e.outerHTML.slice(0, 99)),
    raw: all('.math').filter((e) => !e.querySelector('mjx-container')).map((e) => e.textContent.slice(0, 99)),
    wrong: all('mjx-merror, [data-mjx-error]').map((e) => e.textContent.slice(0, 99)),
  };
}"""


@pytest.fixture
def visit(browser, address):
    """Open a page and return it with what went over the wire and what went wrong."""
    contexts = []

    def open_page(name, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page, trouble, responses = context.new_page(), [], []
        page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("requestfailed", lambda request: trouble.append(f"failed: {request.url}"))
        page.on("response", lambda response: responses.append(response))
        page.goto(f"{address}{name}.html", wait_until="load")
        return page, trouble, responses

    yield open_page
    for context in contexts:
        context.close()


def weight(responses):
    """Bytes over the wire by address, as a server that compresses would send them."""
    sizes = {}
    for response in responses:
        path = response.url.split("?")[0]
        if not path.startswith("blob:"):
            body = response.body()
            sizes[path] = len(gzip.compress(body)) if path.endswith(COMPRESSED) else len(body)
    return sizes


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("name", [*PAGES, "search"])
def test_page(visit, address, name, width, scheme):
    page, trouble, responses = visit(name, width, scheme)
    seen = page.evaluate(RENDERED)
    assert trouble == []
    assert [r.url for r in responses if r.status >= 400] == []
    assert [r.url for r in responses if not r.url.startswith((address, "data:", "blob:"))] == []
    assert seen["theme"] == scheme
    assert seen["width"] <= width
    assert (seen["unnamed"], seen["raw"], seen["wrong"]) == ([], [], [])
    if (width, scheme) == (1280, "light"):
        page.wait_for_load_state("networkidle")
        sizes = weight(responses)
        assert sum(sizes.values()) <= 1_000_000, sorted(sizes.items(), key=lambda item: -item[1])[:5]


def test_first_page_leads_to_the_book(visit):
    page, trouble, _ = visit("index")
    page.wait_for_url(f"**/{TOC['root']}.html")
    assert [line for line in trouble if not line.endswith("favicon.svg")] == []  # the redirect may cut that one short


def test_unroll_explorer_answers_to_the_keyboard_and_the_mouse(visit):
    page, trouble, _ = visit("book/01_structure")
    explorer = page.locator(".rnn-explorer", has_text="steps T")
    weight, said = explorer.locator("input").first, explorer.locator("p")
    before = said.text_content()
    weight.focus()
    weight.press("Home")
    assert explorer.locator("output").first.text_content() == "-1.50"
    assert "sign turns" in said.text_content()
    weight.press("ArrowRight")
    assert explorer.locator("output").first.text_content() == "-1.45"
    box = weight.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert abs(float(explorer.locator("output").first.text_content())) <= 0.1
    assert said.text_content() != before
    assert explorer.locator("svg").get_attribute("aria-label").endswith(said.text_content())
    assert trouble == []
