"""Run the command line: ``python -m rnncourse``."""

from rnncourse.cli import app

app(prog_name="rnncourse")
