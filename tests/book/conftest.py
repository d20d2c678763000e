"""The real book, built once per session from a cold cache, and served."""

import functools
import http.server
import importlib.util
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


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
    """The finished process of the real build, and the folder of its pages."""
    return build(ROOT, tmp_path_factory.mktemp("book"), "-W", "--keep-going", "-n")


@pytest.fixture(scope="session")
def site(built):
    """The folder of the built pages."""
    done, site = built
    if done.returncode:
        pytest.fail("the book does not build: see test_build.py")
    return site


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def address(site):
    """Where the book is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
