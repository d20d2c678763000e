"""The command line as a person uses it: exit codes, tables, and errors that say what to do."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rnncourse.cli import app

ROOT = Path(__file__).parents[1]


def rnncourse(*arguments, cwd=ROOT):
    """Run a command in this process, in a folder; an error that nobody foresaw is raised."""
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_help_has_a_line_for_every_command():
    command = [sys.executable, "-m", "rnncourse", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0
    commands = (
        "release",
        "demo",
        "collect",
        "grade",
        "history",
        "feedback",
        "gradebook",
        "report",
        "similarity",
        "export",
        "new",
        "doctor",
    )
    for name in commands:
        assert f" {name} " in done.stdout


def test_doctor_lists_versions_and_remedies():
    code, out, _ = rnncourse("doctor")
    assert code == 0
    for name in ("numpy", "torch", "cuda", "sandbox", "browser", "nbgrader"):
        assert name in out


@pytest.mark.parametrize(
    "command",
    [
        ("release",),
        ("demo",),
        ("gradebook",),
        ("report", "ps1_forward"),
        ("feedback", "ps1_forward"),
        ("export", "ps1_forward", "--lms", "plain"),
    ],
)
def test_outside_of_a_course_each_command_says_so(command, tmp_path):
    code, out, err = rnncourse(*command, cwd=tmp_path)
    assert code == 1 and out == ""
    assert err.startswith("rnncourse: ") and "Traceback" not in err
    assert not list(tmp_path.iterdir()), "nothing half made"


def test_an_unknown_problem_set_is_told_what_there_is():
    code, _, err = rnncourse("release", "ps9")
    assert code == 1
    assert "there is no problem set 'ps9'; this course has ps1_forward" in err
