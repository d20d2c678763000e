"""No page breaks a WCAG A or AA rule that a machine can check, in light or dark, on a phone or on a desk."""

import os
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe():
    """The source of axe-core, which `make test` installs where there is npm."""
    if not AXE.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("axe-core is not installed: npm ci")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("width, scheme", [(375, "dark"), (1280, "light")])
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_rule_is_broken(browser, address, axe, name, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}{name}.html", wait_until="load")
    page.evaluate("async () => { if (window.MathJax) await MathJax.startup.promise }")
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run({runOnly: tags})", RULES)["violations"]
    context.close()
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found] == []
