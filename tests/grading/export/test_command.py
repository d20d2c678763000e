"""`rnncourse export` as an instructor runs it."""

import zipfile

import pytest
from support.handed_in import NAME
from support.lms_tables import CANVAS, MOODLE
from typer.testing import CliRunner

from rnncourse.cli import app
from rnncourse.grading.export.sheet import read_sheet


@pytest.fixture
def export(graded, tmp_path):
    """Run the command; the template is written before, and is the same afterwards."""

    def run(system, table, *options):
        template = tmp_path / "theirs.csv"
        template.write_bytes(table)
        arguments = ["export", NAME, "--lms", system, "--template", template, "--course", graded.folder, *options]
        if "--to" not in options:
            arguments += ["--to", tmp_path / "out"]
        done = CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"}, catch_exceptions=False)
        assert template.read_bytes() == table
        return done

    return run


def test_one_command_makes_the_table_and_the_archive(export, tmp_path):
    done = export("moodle", MOODLE)
    assert done.exit_code == 0, done.output
    assert read_sheet(tmp_path / "out" / "theirs.csv").value(2, 5) == "100"
    with zipfile.ZipFile(tmp_path / "out" / "feedback-moodle.zip") as archive:
        assert len(archive.namelist()) == 3
    assert "2 filled, 2 left, 1 not matched" in done.stdout
    assert "nobody in the gradebook has Email address zoe@uni.edu" in done.stdout
    assert f"feedback for {3}" in done.stdout


def test_whoever_is_left_behind_is_named_and_the_status_is_1(export):
    done = export("canvas", CANVAS.replace(b"4001,ada,ada.l@uni.edu", b",,"), "--no-feedback")
    assert done.exit_code == 1 and "graded, and in no row: ada" in done.stdout


def test_a_dry_run_writes_nothing(export, tmp_path):
    done = export("canvas", CANVAS, "--dry-run")
    assert done.exit_code == 0 and "nothing was written" in done.stdout and not (tmp_path / "out").exists()


def test_an_error_writes_nothing_and_says_what_to_do(export, tmp_path):
    done = export("canvas", CANVAS)
    assert done.exit_code == 1 and "rnncourse: --download is missing" in done.stderr
    assert "Or give --no-feedback" in done.stderr and not (tmp_path / "out").exists()
    done = export("canvas", CANVAS, "--to", tmp_path, "--no-feedback")
    assert done.exit_code == 1 and "is the template, which stays as it is" in done.stderr
