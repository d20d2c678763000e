"""Measure what an exercise in the page costs a reader: bytes over the wire and seconds, cold, warm, and slowed down."""

import argparse
import contextlib
import json
import tempfile
import time
from pathlib import Path

from benchmarks.pages.counting_server import counting_server
from benchmarks.pages.lighthouse import chromium
from benchmarks.pages.slow_processor import slowed
from benchmarks.publish import RESULTS, publish

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
EXERCISE = "softmax"
ANSWER = """\
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)
"""
"""A wrong answer, which is named: the longest way that a check goes."""
SET = "ps1_forward"
LONG = 600_000
"""Milliseconds that anything may take, slowed down."""
HEAD = (
    "| | processor | page: kB | s | editor: kB | s | first answer: kB | s | next answer: ms | lab, first cell: kB | s |"
)


@contextlib.contextmanager
def step(server, figures, name):
    """Time a block, and count the bytes that it loads, into figures."""
    server.reset()
    start = time.perf_counter()
    yield
    figures[name] = {"s": time.perf_counter() - start, "kB": server.sent / 1e3, "requests": server.requests}


def do_exercise(page, server, address):
    """Open the exercise's page and its editor, check a wrong answer twice; returns the figures of each step."""
    figures = {}
    with step(server, figures, "page"):
        page.goto(f"{address}{find_page(EXERCISE)}", wait_until="load", timeout=LONG)
        page.wait_for_load_state("networkidle")
    section = page.locator(f"#exercise-{EXERCISE}")
    with step(server, figures, "editor"):
        opener = section.locator(".exercise-open")
        if opener.count():
            opener.click(timeout=LONG)
        section.locator(".cm-content").wait_for(timeout=LONG)
    section.locator(".cm-content").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(ANSWER)
    with step(server, figures, "first"):
        section.locator(".cm-content").press("Control+Enter", timeout=LONG)
        section.get_by_text("0 of 20 points").first.wait_for(timeout=LONG)
    section.locator(".cm-content").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\nlater = 1\n")
    with step(server, figures, "next"):
        shown = section.locator(".rnncourse-check").first.element_handle()
        section.locator(".cm-content").press("Control+Enter", timeout=LONG)
        page.wait_for_function("node => !node.isConnected", arg=shown, timeout=LONG)
        section.get_by_text("0 of 20 points").first.wait_for(timeout=LONG)
    return figures


def open_lab(page, server, address):
    """Open a problem set in JupyterLite and run its first cell; returns the figures."""
    figures = {}
    with step(server, figures, "lab"):
        page.goto(f"{address}lab/notebooks/index.html?path={SET}/{SET}.ipynb", timeout=LONG)
        page.locator(".jp-CodeCell").first.wait_for(timeout=LONG)
        page.locator(".jp-Toolbar-kernelName", has_text="Python").wait_for(timeout=LONG)
        page.locator(".jp-CodeCell .cm-content").first.click(timeout=LONG)
        page.keyboard.press("Shift+Enter")
        page.get_by_text("Everything is here.", exact=True).wait_for(timeout=LONG)
    return figures


def find_page(exercise):
    """Find the page of the built book in which an exercise stands."""
    for path in sorted((SITE / "book").rglob("*.html")):
        if f'id="exercise-{exercise}"' in path.read_text(encoding="utf-8"):
            return path.relative_to(SITE).as_posix()
    raise FileNotFoundError(f"no page of {SITE} holds the exercise {exercise!r}: run `make book` first")


def is_browser(process):
    """Tell whether a process belongs to the browser."""
    return "chrom" in process.name()


def measure(times):
    """Measure a reader who was never here, and the same one again, with everything so many times slower."""
    from playwright.sync_api import sync_playwright

    runs = []
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        server, address = enter(counting_server(SITE))
        playwright = enter(sync_playwright())
        home = enter(tempfile.TemporaryDirectory())  # with a cache on disk, as a reader's browser has
        context = playwright.chromium.launch_persistent_context(home, executable_path=chromium(), args=["--no-sandbox"])
        for state in ("cold", "warm"):
            figures = {}
            for part in (do_exercise, open_lab) if (SITE / "lab").is_dir() else (do_exercise,):
                page = context.new_page()
                with slowed(times, is_browser):
                    figures |= part(page, server, address)
                page.close()
            runs.append({"state": state, "times": times, **figures})
            print(json.dumps(runs[-1]), flush=True)
        context.close()
    return runs


def markdown(results):
    """Write the figures as Markdown."""
    lines = [
        "<!-- generated by `python -m benchmarks.pages.exercise`; do not edit -->",
        "",
        f"The exercise `{EXERCISE}` done in its page, and the first cell of `{SET}` in JupyterLite, in Chromium, from a"
        " server on the same machine that compresses as hosts do. Cold: a browser that was never here; warm: the same"
        " one again. Each column holds what that step adds. Slowed down: the whole browser runs a quarter of the time.",
        "",
        HEAD,
        "|---|---|" + "---:|" * 9,
    ]
    for run in results:
        cells = [run["state"], "as it is" if run["times"] == 1 else f"{run['times']} times slower"]
        for name in ("page", "editor", "first"):
            cells += [f"{run[name]['kB']:,.0f}", f"{run[name]['s']:.1f}"]
        cells.append(f"{1e3 * run['next']['s']:.0f}")
        cells += [f"{run['lab']['kB']:,.0f}", f"{run['lab']['s']:.1f}"] if "lab" in run else ["-", "-"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slowed", type=int, nargs="*", default=[1, 4], help="how many times slower, one run for each")
    results = [run for times in parser.parse_args().slowed for run in measure(times)]
    publish(RESULTS, "exercise_in_page", results, markdown(results))
