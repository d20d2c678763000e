"""The real book, built once per session, and served.

What `make` has built is not built again where it says itself that nothing has changed since. What it has executed is
not executed again either: book_cache.py keeps it by a hash of the package and its libraries.
"""

import contextlib
import functools
import http.server
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_languages"))  # what the other extensions need
MADE = "_build/html/index.html"
"""The target of the Makefile that stands for the whole book: without a warning, or it is not there."""


def need(condition, what):
    """Skip where something is missing; fail where everything has to be there."""
    if not condition:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what} is not installed")


def build(source, out, *options):
    """Run jupyter-book as the Makefile does; returns the finished process and the folder of the pages."""
    need(importlib.util.find_spec("jupyter_book"), "jupyter-book")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", source, "--path-output", out, *options]
    env = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "OMP_NUM_THREADS": "1",
    }
    done = subprocess.run(command, capture_output=True, text=True, cwd=source, env=env, timeout=600)
    return done, Path(out) / "_build" / "html"


@pytest.fixture(scope="session")
def build_book():
    """The function that builds a book."""
    return build


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The finished process of the real build, or of `make` that has nothing to build; and the folder of its pages."""
    if shutil.which("make"):
        done = subprocess.run(["make", "--question", MADE], cwd=ROOT, capture_output=True, text=True, timeout=60)
        if done.returncode == 0:
            return done, (ROOT / MADE).parent
    folder = tmp_path_factory.mktemp("book")
    executed = ROOT / "_build" / ".jupyter_cache"
    if executed.is_dir():
        shutil.copytree(executed, folder / "_build" / ".jupyter_cache")
    done, pages = build(ROOT, folder, "-W", "--keep-going", "-n")
    if done.returncode == 0:
        command = [sys.executable, ROOT / "book" / "_languages" / "translated.py", "--path-output", folder]
        other = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600)
        output = done.stdout + other.stdout, done.stderr + other.stderr
        done = subprocess.CompletedProcess(command, other.returncode, *output)
    return done, pages


@pytest.fixture(scope="session")
def site(built):
    """The folder of the built pages."""
    done, site = built
    if done.returncode:
        pytest.fail("the book does not build: see test_build.py")
    return site


@pytest.fixture
def python_in_pages(site):
    """Skip where no wheel of NumPy for the browser could be had when the book was built."""
    described = json.loads((site / "_static" / "python" / "python.json").read_text())
    if not described["available"]:
        pytest.skip(f"no Python in the pages: {described['why']}")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serving(folder):
    """Serve a folder; gives its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def serve():
    """The function that serves a folder."""
    return serving


@pytest.fixture(scope="session")
def address(site):
    """Where the book is served."""
    with serving(site) as address:
        yield address
