"""Looks at one page that lies in a file: what it loads, whether it is valid, whether everybody can use it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from browser import violations

NU = Path(__file__).parents[1] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
VIEWS = [(375, "dark"), (1280, "light")]


def invalid(*paths):
    """What the Nu checker calls an error, in files."""
    if not (NU.exists() and shutil.which("java")):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the Nu checker needs Java and: npm ci")
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", NU, "--format", "json", "--errors-only", *paths], capture_output=True, text=True
    )
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(done.stderr)["messages"]
    ]


def look(browser, path, width, scheme):
    """Open a page: what was requested but itself, what went wrong, whether it scrolls sideways, and what axe finds."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri(), wait_until="load")
    asked = [url for url in asked[1:] if not url.startswith("data:")]
    found = {
        "asked": asked,
        "said": said,
        "wide": page.evaluate("document.documentElement.scrollWidth > innerWidth"),
        "ran": page.evaluate("window.pwned"),
        "headings": page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => +one.tagName[1])"),
        "ink": page.evaluate("getComputedStyle(document.body).backgroundColor"),
        "violations": violations(page),
    }
    context.close()
    return found
