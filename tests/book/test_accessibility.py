"""No page breaks a WCAG A or AA rule in any of its formulas or lines of code: test_pages.py looks at a part of them."""

from pathlib import Path

import pytest
import yaml
from support.browser import violations
from support.page_checks import VIEWS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]


@pytest.mark.parametrize("width, scheme", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_rule_is_broken(browser, address, name, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}{name}.html", wait_until="load")
    found = violations(page)
    context.close()
    assert found == []
