"""Share what all commands take and say: the course, the gradebook, the terminal, and how a command fails."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

Course = Annotated[Path, typer.Option("--course", help="The course directory: where nbgrader_config.py lies.")]
Db = Annotated[
    str | None,
    typer.Option("--db", envvar="RNNCOURSE_DB", help="The gradebook: postgresql://user@host/name; a file by default."),
]


Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout, for a script; all else goes to stderr.")
]


def terminal(as_json=False):
    """Choose where words for a person go: with --json not to stdout, which is the script's."""
    return Console(stderr=as_json)


def answer(as_json, **data):
    """Print what a command has found as one JSON object, where that was asked for."""
    if as_json:
        print(json.dumps(data, default=str))


def fail(error, as_json=False):
    """End the program with an error message; a script finds it under `error`, too."""
    Console(stderr=True).print(f"rnncourse: {error}", style="bold", highlight=False, markup=False, soft_wrap=True)
    answer(as_json, error=str(error))
    raise typer.Exit(1)
