"""Every command speaks to scripts: one JSON object on stdout, and the exit codes that the book's table tells."""

import contextlib
import json
import re
import shutil
from pathlib import Path

import pytest
import typer
from support.handed_in import NAME, RIGHT
from support.releasing import in_this_process
from typer.testing import CliRunner

from rnncourse.cli import app

ROOT = Path(__file__).parents[2]


def run(*arguments, cwd=ROOT):
    """Run a command; return its exit code, what it printed for a script, and what for a person."""
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    return done.exit_code, json.loads(done.stdout), done.stderr


def commands():
    return typer.main.get_command(app).commands


def table():
    """The rows of the table in the book: what exit code 1 means, and the keys of the JSON object."""
    text = (ROOT / "book" / "appendix_teaching.md").read_text(encoding="utf-8")
    section = text.partition("(sec-teaching-scripts)=")[2].partition("(sec-")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", section, re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", keys)) for name, _, keys in rows}


def test_every_command_has_the_option_and_a_row():
    for name, command in commands().items():
        assert "--json" in [option for parameter in command.params for option in parameter.opts], name
    assert table().keys() == commands().keys()


@pytest.fixture(scope="module")
def course(module_course):
    """A course in which one submission is right, one is wrong, and one cannot be graded."""
    module_course.hand_in("ada")
    module_course.hand_in("bob", RIGHT | {"output_layer": RIGHT["output_layer"] + " + b_y"})
    (module_course.folder / "submitted" / "linked").mkdir()
    (module_course.folder / "submitted" / "linked" / NAME).symlink_to(module_course.place("ada"))
    return module_course.folder


def test_a_term_for_a_script(course, tmp_path):
    at = ("--course", str(course))
    code, graded, said = run("grade", NAME, *at, "--jobs", "2")
    assert code == 1 and "2 to grade" in said, "one has no grade"
    assert (graded["entered"], graded["already"], list(graded["failed"])) == (2, 0, ["linked"])
    found = {"grade": graded | {"changes": []}}
    for name, arguments in {
        "history": (NAME, "bob"),
        "feedback": (NAME, "--jobs", "1"),
        "gradebook": (),
        "report": (NAME,),
        "similarity": (NAME,),
    }.items():
        code, found[name], said = run(name, *arguments, *at)
        assert code == 0 and said, name
    assert found["history"]["grades"][0]["why"] == "first"
    assert found["feedback"]["written"] == 2
    assert found["gradebook"]["students"]["bob"] == {NAME: 85} and found["gradebook"]["maxima"] == {NAME: 100}
    assert found["report"]["totals"] == {"ada": 100, "bob": 85}
    assert [Path(path).is_file() for path in found["report"]["files"]] == [True, True]
    code, term, _ = run("report", "--all", *at)
    assert code == 0 and term["shares"] == {"ada": [1.0], "bob": [0.85], "linked": [None]}
    code, again, _ = run("grade", NAME, *at, "--again", "--dry-run", "--only", "ada", "--jobs", "1")
    assert code == 0 and again["changes"] == [] and again["entered"] == 0
    code, found["export"], _ = run("export", NAME, "--lms", "plain", "--to", str(tmp_path / "marks"), *at)
    assert code == 0 and [row["student"] for row in found["export"]["rows"]] == ["ada", "bob"]
    assert (tmp_path / "marks" / f"{NAME}.csv").is_file()
    (tmp_path / "download" / "eve").mkdir(parents=True)
    shutil.copy(course / "submitted" / "ada" / NAME / f"{NAME}.ipynb", tmp_path / "download" / "eve")
    code, found["collect"], _ = run("collect", NAME, str(tmp_path / "download"), *at, "--dry-run")
    assert code == 0 and [row["student"] for row in found["collect"]["rows"]] == ["eve"]
    code, found["new"], _ = run("new", str(tmp_path / "other"), "--set", NAME)
    assert code == 0 and len(found["new"]["files"]) == 7
    code, found["doctor"], _ = run("doctor")
    assert code == 0 and {"name", "here", "remedy"} <= found["doctor"]["findings"][0].keys()
    for name, keys in found.items():
        assert keys.keys() == table()[name], name


def test_the_sample_class_and_a_release_for_a_script(tmp_path):
    with in_this_process():
        code, made, _ = run("demo", "--to", str(tmp_path / "class"), "--no-grade")
    assert code == 0 and made.keys() == table()["demo"] and made["submissions"] == 22
    with in_this_process():
        code, released, _ = run("release", NAME, "--course", str(tmp_path / "class"))
    assert code == 0 and released.keys() == table()["release"]
    assert [Path(path).name for path in released["released"]] == [f"{NAME}.ipynb"]


@pytest.mark.parametrize(
    "command",
    [
        ("release",),
        ("grade", NAME),
        ("grade", NAME, "--dry-run"),
        ("history", NAME, "ada"),
        ("feedback", NAME),
        ("gradebook",),
        ("collect", NAME, "."),
        ("export", NAME, "--lms", "plain"),
        ("report", NAME),
        ("report",),
        ("report", "--all"),
        ("similarity", NAME),
        ("demo",),
        ("new", "."),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_to_both(command, tmp_path):
    (tmp_path / "mine.txt").write_text("")
    code, found, said = run(*command, cwd=tmp_path)
    assert code == 1 and found.keys() == {"error"} and found["error"] in " ".join(said.split())


def test_a_command_that_is_called_wrongly_ends_with_two():
    for arguments in (["grade"], ["grade", "--nothing"], ["nothing"]):
        assert CliRunner().invoke(app, arguments).exit_code == 2
