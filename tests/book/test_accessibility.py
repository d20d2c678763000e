"""No page breaks a WCAG A or AA rule in any of its formulas or lines of code: test_pages.py looks at a part of them."""

import pytest
from support.browser import violations
from support.contents import book_pages
from support.page_checks import VIEWS

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width, scheme", VIEWS)
@pytest.mark.parametrize("name", book_pages())
def test_no_accessibility_rule_is_broken(browser, address, name, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}{name}.html", wait_until="load")
    found = violations(page)
    context.close()
    assert found == []
