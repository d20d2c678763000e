"""Start a real Chromium and a real Jupyter server, for the tests that look at a page as a person would."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LAID_OUT = """() => [...document.querySelectorAll('.bd-article section > section')].every(
  (section) => getComputedStyle(section).contentVisibility === 'visible')"""
"""Whether lay_out.js has laid out every section of a page."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium():
    """Find the browser. Where there is none the test is skipped, or fails if this is CI."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None and os.environ.get("CI"):
        pytest.fail("no Chromium in CI: .ci/run has to install it")
    if path is None:
        pytest.skip("no Chromium here: install it (Debian: apt install chromium)")
    return path


@contextlib.contextmanager
def open_browser():
    """Open a headless Chromium, through playwright."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def violations(page):
    """List what axe-core finds on the page against WCAG A and AA: rule, and the elements that break it.

    Until a section is laid out it has a guessed height. What is in it is neither drawn nor can it be touched, but axe
    would measure it, and find the end of a section that is higher than the guess on top of what comes after it.
    """
    if not AXE.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("axe-core is not installed: npm ci")
    page.wait_for_function(LAID_OUT)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", RULES)["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def jupyter(folder, home, *arguments):
    """Run a Jupyter server on a folder; yield its address. `home` keeps its settings away from the user's."""
    port = _free_port()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {"JUPYTER_CONFIG_DIR": str(home), "JUPYTER_DATA_DIR": str(home / "data"), "PATH": path}
    # By default JupyterLab renders only the cells in sight: a test wants them all.
    settings["JUPYTERLAB_SETTINGS_DIR"] = str(home / "settings")
    tracker = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}')
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ServerApp.port_retries=0"]
    command += [f"--port={port}", "--ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.password=", *arguments]
    with open(home / "log.txt", "w") as log:
        server = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/status", server, home / "log.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address, server, log, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=5)
            return
        time.sleep(0.3)
    raise RuntimeError(f"the server did not come up; its log ends:\n{log.read_text()[-2000:]}")
