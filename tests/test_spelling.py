"""No word of the book, the exercises or the code is on the list of common misspellings."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = [
    "README.md",
    "CONTRIBUTING.md",
    "book",
    "solutions",
    "rnncourse",
    "tests",
    "benchmarks",
    "_config.yml",
    "Makefile",
]
OURS = "caf,cript,ot,regraded,tung,unparseable"  # words, and pieces of names and patterns, that are right


def test_spelling():
    command = [
        sys.executable,
        "-m",
        "codespell_lib",
        "--ignore-words-list",
        OURS,
        "--skip",
        "*.svg,*.ipynb,*.json,*/__pycache__,*/bugs/heldout,*/bugs/heldout_right,*/bugs/heldout_right_more,*/bugs/dev",
    ]
    done = subprocess.run([*command, *PLACES], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout
