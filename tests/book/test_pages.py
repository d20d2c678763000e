"""Every page in a real browser: dark on a phone, and light on a desk."""

import contextlib
import gzip

import pytest
from support.browser import violations
from support.contents import book_pages

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")

PAGES = book_pages()
NAMES = [*PAGES, "search"]
TRANSLATED = [f"zh/{name}" for name in NAMES]
OFTEN = {"zh/book/index", "zh/book/02_forward_pass", "zh/book/appendix_mistakes", "zh/search"}
"""Seen at each change: one of each kind. The twins of all pages are seen in English, and by the slow tests."""
assert set(TRANSLATED) >= OFTEN
JUDGED = NAMES[4::6]
"""Seen on a desk too at each change, and judged by axe; the others by the slow tests. Its rules are broken by a style
or an extension, mostly, and these are on every page."""
COMPRESSED = (".html", ".css", ".js", ".svg", ".json")

RENDERED = """async () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const contents = document.querySelector('.bd-sidebar-secondary');
  contents?.classList.add('hide');  // as where something in the margin stands in its way
  getComputedStyle(document.body).color;
  await document.fonts.ready;
  contents?.classList.remove('hide');
  return {
    "no picture": all('i[class*=fa-]').filter((e) => getComputedStyle(e).maskImage === 'none').map((e) => e.className),
    "no font": [...document.fonts].filter((font) => font.status === 'error').map((font) => font.family),
    "too wide by": Math.max(0, document.documentElement.scrollWidth - innerWidth),
    unnamed: [...all('img:not([alt])'), ...all('svg[role=img]:not([aria-label])')].map((e) => e.outerHTML.slice(0, 99)),
    "not typeset": all('.math').filter((e) => !e.querySelector('math')).map((e) => e.textContent.slice(0, 99)),
    "number on its formula": all('div.math > .eqno').filter((number) => {
      const {left, right, top, bottom} = number.getBoundingClientRect();
      return [...number.parentElement.querySelectorAll('mi, mn, mo')].some((sign) => {
        const box = sign.getBoundingClientRect();
        const beside = box.right <= left + 1 || box.left >= right - 1;
        return box.width && !beside && box.bottom > top + 2 && box.top < bottom - 2;
      });
    }).map((e) => e.textContent),
    "parted from its formula": all('span.math').filter((formula) => {
      const after = formula.nextSibling;
      if (after?.nodeType !== Node.TEXT_NODE || !/^[,.;:!?)，。；：！？、）”」]/.test(after.data)) return false;
      const stop = document.createRange();
      stop.setStart(after, 0);
      stop.setEnd(after, 1);
      const [there, here] = [stop.getBoundingClientRect(), formula.getBoundingClientRect()];
      return there.width && there.left < here.left && there.top > here.top;
    }).map((e) => e.parentElement.textContent.slice(0, 60)),
    "typeset wrongly": all('merror').map((e) => e.textContent.slice(0, 99)),
  };
}"""
THEME = "document.documentElement.dataset.theme"
SIZES = {}
"""Bytes over the wire of each file that was loaded."""
WEIGHT = 1_000_000
"""Bytes over the wire that a page may need, all that it loads included."""
VIEWS = [(1280, "light"), (375, "dark")]
"""On a desk, and on a phone."""
RESIZED = 300
"""Milliseconds after which a page has its new width, and the theme begins to say what scrolls."""
REACHABLE = """() => [...document.querySelectorAll('pre, .pst-scrollable-table-container')].every(
  (node) => node.scrollWidth <= node.clientWidth || node.tabIndex === 0)"""
"""Whether the keyboard gets to everything that scrolls sideways."""
SHORTEN = """() => {
  const formulas = [...document.querySelectorAll('math')];
  const boxes = formulas.map((node) => node.getBoundingClientRect());
  formulas.forEach((node, k) => {
    const letter = document.createElement('span');
    letter.style.cssText = `display: inline-block; width: ${boxes[k].width}px; height: ${boxes[k].height}px`;
    letter.textContent = 'x';
    node.replaceChildren(letter);
  });
  const seen = new Set();
  for (const token of document.querySelectorAll('.highlight pre span:not(.long)')) {
    const around = token.closest('.cell_input, .cell_output, .admonition, details, table');
    const kind = `${token.className} in ${around?.className}`;
    if (seen.has(kind)) token.replaceWith(...token.childNodes);
    seen.add(kind);
  }
  [...document.querySelectorAll('details')].slice(60).forEach((node) => node.remove());
}"""
"""Most nodes of a page are parts of formulas, of lines of code, and of the cards of Appendix A, and axe looks at each.
Afterwards a formula is a letter in its box, of each kind of token the first stands, and sixty cards. A long
line keeps the span that breaks it, else it would scroll."""


@pytest.fixture
def visit(browser, address):
    """Open a page and return it with what went over the wire and what went wrong."""
    contexts = []

    def open_page(name, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page, errors, responses = context.new_page(), [], []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("requestfailed", lambda request: errors.append(f"failed: {request.url}"))
        page.on("response", lambda response: responses.append(response))
        page.goto(f"{address}{name}.html", wait_until="load")
        return page, errors, responses

    yield open_page
    for context in contexts:
        context.close()


def put(page, width, scheme):
    """Put a page on another screen, and wait for what it does then."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(f"theme => {THEME} === theme", arg=scheme)
    page.wait_for_timeout(RESIZED)
    with contextlib.suppress(playwright.TimeoutError):  # soon after a resize; else axe says so
        page.wait_for_function(REACHABLE, timeout=20_000)


def weight(responses):
    """Bytes over the wire by address, as a server that compresses would send them."""
    sizes = {}
    for response in responses:
        path = response.url.split("?")[0]
        if not path.startswith("blob:"):
            if path not in SIZES:  # most of what a page loads is on all pages
                body = response.body()
                SIZES[path] = len(gzip.compress(body)) if path.endswith(COMPRESSED) else len(body)
            sizes[path] = SIZES[path]
    return sizes


def too_heavy(responses):
    """The largest files of a page that is too heavy."""
    sizes = weight(responses)
    return sorted(sizes.items(), key=lambda pair: -pair[1])[:5] if sum(sizes.values()) > WEIGHT else []


def wrong(address, errors, responses):
    """What went wrong while a page was loaded."""
    urls = [response.url for response in responses]
    return {
        "errors": errors,
        "not found": [response.url for response in responses if response.status >= 400],
        "from elsewhere": [url for url in urls if not url.startswith((address, "data:", "blob:"))],
    }


def rules_broken(page, name):
    """What axe finds. It sees every other page on a desk; test_accessibility.py shows it all."""
    page.evaluate(SHORTEN)
    put(page, *VIEWS[NAMES.index(name) % 2])
    return violations(page)


def found_wrong(found):
    """Leave out of what was found all that is as it should be."""
    return {what: finding for what, finding in found.items() if finding}


@pytest.mark.parametrize("name", NAMES)
def test_page(visit, address, name):
    """A visit by phone finds what is wrong; on some pages it ends on a desk."""
    desk, phone = VIEWS
    page, errors, responses = visit(name, *phone)
    found = {"theme": page.evaluate(THEME) != phone[1], phone: found_wrong(page.evaluate(RENDERED))}
    if name in JUDGED:
        put(page, *desk)
        found[desk] = found_wrong(page.evaluate(RENDERED))
    page.wait_for_load_state("networkidle")
    found |= {"too heavy": too_heavy(responses)} | wrong(address, errors, responses)
    if name in JUDGED:
        found["rules broken"] = rules_broken(page, name)
    assert found_wrong(found) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if name not in JUDGED])
def test_page_on_a_desk(visit, address, name):
    """A visit finds what is wrong, and what is wrong when the page is put on a phone."""
    desk, phone = VIEWS
    page, errors, responses = visit(name, *desk)
    found = {"theme": page.evaluate(THEME) != desk[1], desk: found_wrong(page.evaluate(RENDERED))}
    put(page, *phone)
    found[phone] = found_wrong(page.evaluate(RENDERED))
    page.wait_for_load_state("networkidle")
    found |= wrong(address, errors, responses) | {"rules broken": rules_broken(page, name)}
    assert found_wrong(found) == {}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name not in OFTEN)) for name in TRANSLATED]
)
def test_translated_page(visit, address, name):
    """A visit in one view, a desk and a phone in turn: its English twin, with the same styles, is seen in both."""
    page, errors, responses = visit(name, *VIEWS[TRANSLATED.index(name) % 2])
    with contextlib.suppress(playwright.TimeoutError):
        page.wait_for_function(REACHABLE, timeout=20_000)
    found = page.evaluate(RENDERED)
    page.wait_for_load_state("networkidle")
    found |= {"too heavy": too_heavy(responses)}
    page.evaluate(SHORTEN)
    found |= {"rules broken": violations(page)} | wrong(address, errors, responses)
    assert found_wrong(found) == {}


def test_first_page_leads_to_the_book(visit, address):
    page, errors, _ = visit("index")
    page.wait_for_url(f"**/{PAGES[0]}.html")
    cut_short = [f"failed: {address}{name}" for name in ("index.html", "_static/favicon.svg")]  # by the redirect
    assert [line for line in errors if line not in cut_short] == []


def test_unroll_explorer_answers_to_the_keyboard_and_the_mouse(visit):
    page, errors, _ = visit("book/01_structure")
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
    assert errors == []
