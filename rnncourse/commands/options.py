"""Share what all commands take and say: the course, the gradebook, the terminal, and how a command fails."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

console = Console()

Course = Annotated[Path, typer.Option("--course", help="The course directory: where nbgrader_config.py lies.")]
Db = Annotated[
    str | None,
    typer.Option("--db", envvar="RNNCOURSE_DB", help="The gradebook: postgresql://user@host/name; a file by default."),
]


def fail(error):
    """End the program with an error message."""
    Console(stderr=True).print(f"rnncourse: {error}", style="bold", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1)
