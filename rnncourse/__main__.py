"""``python -m rnncourse``: the command line."""

from rnncourse.cli import app

app(prog_name="rnncourse")
