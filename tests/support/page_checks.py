"""Look at one page that lies in a file: what it loads, whether it is valid, whether everybody can use it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support.browser import violations

NU = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
QUICK_START = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
"""Java's options for a program that runs for seconds."""
VIEWS = [(375, "dark"), (1280, "light")]
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(node => +node.tagName[1])"


def invalid(*paths):
    """Collect what the Nu checker calls an error, in files and in the pages of folders."""
    if not (NU.exists() and shutil.which("java")):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the Nu checker needs Java and: npm ci")
    command = ["java", *QUICK_START, "-Xss4m", "-jar", NU, "--format", "json", "--errors-only", "--skip-non-html"]
    done = subprocess.run([*command, *paths], capture_output=True, text=True)
    return sorted(
        {
            f"{Path(message['url']).name}:{message.get('lastLine')}: {message['message']}"
            for message in json.loads(done.stderr)["messages"]
        }
    )


def look(browser, path, axe=True):
    """Open a page on a phone in the dark, then put it on a desk in the light.

    Returns
    -------
    found : dict
        What was requested but the page itself, what it said, what ran, its headings, the widths at which it scrolls
        sideways, the ground by scheme, and what axe finds by scheme.
    """
    context = browser.new_context(viewport={"width": VIEWS[0][0], "height": 800}, color_scheme=VIEWS[0][1])
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri(), wait_until="load")
    found = {"asked": asked, "said": said, "wide": [], "ground": {}, "violations": {}}
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found["wide"].append(width)
        found["ground"][scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        if axe and (broken := violations(page)):
            found["violations"][scheme] = broken
    found["asked"] = [url for url in asked[1:] if not url.startswith("data:")]
    found["ran"] = page.evaluate("window.pwned")
    found["headings"] = page.evaluate(HEADINGS)
    context.close()
    return found
