"""Judge the book's pages as a phone meets them, with Lighthouse: ``make lighthouse``.

Writes benchmarks/results/lighthouse.{json,md} and fails where a page is over the budget of lighthouse_budget.json.

Lighthouse slows the processor down to a phone's, by a factor that is for a fast machine. A slower one, or one that does
something else meanwhile, is slowed less: by its benchmark index in the run before.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median_low

from benchmarks.pages.counting_server import counting_server
from benchmarks.publish import RESULTS, publish

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
LIGHTHOUSE = ROOT / "_build" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
BUDGET = Path(__file__).with_name("lighthouse_budget.json")
LEAST = ("performance", "accessibility", "best-practices", "seo")
"""Scores of up to 100, of which the budget names the least; of all else it names the most."""
PHONE, FAST = 4, 1500
"""How much slower a phone is than a machine of this benchmark index: Lighthouse's own factor, and its own scale."""
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def chromium():
    """Find the browser: the one that CHROME_PATH names, one that is installed, or playwright's own."""
    for path in (os.environ.get("CHROME_PATH"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def pages(site):
    """List the pages of a built book, the home page first."""
    found = sorted(path.relative_to(site).with_suffix("").as_posix() for path in (site / "book").glob("*.html"))
    return sorted(found, key=lambda page: page != "book/index")


def slowdown(index):
    """Choose how much slower than this machine the phone is, from the machine's benchmark index."""
    return round(min(max(PHONE * index / FAST, 1), PHONE), 2)


def ask(address, browser, factor):
    """Run Lighthouse once on a page, as a phone on a slow network; returns its report."""
    if not LIGHTHOUSE.exists():
        raise FileNotFoundError(f"{LIGHTHOUSE} is missing: run `make lighthouse`, which installs it")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = ["node", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={out}"]
        command += [f"--only-categories={','.join(LEAST)}", f"--throttling.cpuSlowdownMultiplier={factor}"]
        command += [f"--chrome-flags={FLAGS} --user-data-dir={folder}/profile"]
        done = subprocess.run(command, env=os.environ | {"CHROME_PATH": browser}, capture_output=True, text=True)
        if done.returncode or not out.exists():
            raise RuntimeError(f"Lighthouse could not judge {address}: {done.stderr[-2000:]}")
        return json.loads(out.read_text(encoding="utf-8"))


def figures(report):
    """Take the figures out of a report."""
    audits = report["audits"]
    value = lambda name: audits[name].get("numericValue", 0)  # noqa: E731
    return {
        **{name: round(100 * (report["categories"][name]["score"] or 0)) for name in LEAST},
        "layout-shift": round(value("cumulative-layout-shift"), 3),
        "kilobytes": round(value("total-byte-weight") / 1000),
        "elements": round(value("dom-size")),
        "blocked-ms": round(value("total-blocking-time")),
        "largest-paint-s": round(value("largest-contentful-paint") / 1000, 1),
        "benchmark-index": round(report["environment"]["benchmarkIndex"]),
        "slowdown": report["configSettings"]["throttling"]["cpuSlowdownMultiplier"],
        "failed": sorted(
            {
                audit["id"]
                for category in LEAST[1:]
                for audit in report["categories"][category]["auditRefs"]
                if audit["weight"] and audits[audit["id"]]["score"] not in (1, None)
            }
        ),
    }


def over_budget(page, found, budget):
    """Say where a page is over its budget.

    Returns
    -------
    problems : list of str
    """
    limits = budget["each page"] | budget.get(page, {})
    return [
        f"{page}: {name} is {found[name]:g}, {'at least' if name in LEAST else 'at most'} {limit:g} was wanted"
        for name, limit in limits.items()
        if (found[name] < limit if name in LEAST else found[name] > limit)
    ]


def markdown(results):
    """Write the figures as a table, a page a row."""
    columns = [name for name in next(iter(results.values())) if name != "failed"]
    rows = [["page", *columns], ["---"] * (len(columns) + 1)]
    rows += [[page, *(f"{found[name]:g}" for name in columns)] for page, found in results.items()]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def measure(site, names, runs, browser):
    """Judge pages several times each, and keep the run with the median performance.

    Returns
    -------
    results : dict of dict
        Figures by page.
    """
    results = {}
    with counting_server(site) as (_, address):
        index = figures(ask(f"{address}{names[0]}.html", browser, PHONE))["benchmark-index"]
        for name in names:
            found = []
            for _ in range(runs):
                found.append(figures(ask(f"{address}{name}.html", browser, slowdown(index))))
                index = found[-1]["benchmark-index"]
            middle = median_low(run["performance"] for run in found)
            results[name] = next(run for run in found if run["performance"] == middle)
            print(name, results[name], file=sys.stderr, flush=True)
    return results


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, default=SITE, help="the built book")
    parser.add_argument("--pages", nargs="+", help="book/index ...; all by default")
    parser.add_argument("--runs", type=int, default=3, help="runs of each page, of which the median counts")
    parser.add_argument("--to", type=Path, default=RESULTS, help="the folder of the results")
    options = parser.parse_args(arguments)
    names = options.pages or pages(options.site)
    if not names:
        parser.error(f"there is no book in {options.site}: build it with `make book`, or name its folder with --site")
    results = measure(options.site, names, options.runs, chromium())
    publish(options.to, "lighthouse", results, markdown(results))
    budget = json.loads(BUDGET.read_text(encoding="utf-8"))
    problems = [problem for page, found in results.items() for problem in over_budget(page, found, budget)]
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
