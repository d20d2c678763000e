"""A new course goes through a term by its own Makefile: release, serve, collect, grade, report."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from support.handed_in import NAME, RIGHT

from rnncourse.authoring.new_course import make_course

ROOT = Path(__file__).parents[2]


def environment():
    """What a shell has in which the package is installed; no `make` above it tells its flags and level on."""
    shell = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return shell | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }


def make(course, *arguments):
    done = subprocess.run(["make", *arguments], cwd=course, env=environment(), capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory, sandbox):
    """A new course of one problem set, in which one exercise is worth more than by itself; released."""
    folder = tmp_path_factory.mktemp("new") / "rnns-2027"
    make_course(folder, [NAME])
    settings = folder / "course.toml"
    text = settings.read_text().replace(f"# [sets.{NAME}.points]", f"[sets.{NAME}.points]\nrnn_step = 70")
    settings.write_text(text)
    (folder / "students.csv").write_text(
        "id,first_name,last_name,email\nada,Ada,L,a@x.org\nbob,Bob,M,b@x.org\ncy,Cy,N,\n"
    )
    code, said = make(folder, "release")
    assert code == 0, said
    return folder


@pytest.fixture(scope="module")
def graded(course):
    """The course with two submissions, collected from a download, and graded."""
    download = course / "submissions.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for student in ("ada", "bob"):
            notebook = nbformat.read(course / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
            for cell in notebook.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = RIGHT.get(name, cell.source)
                if student == "bob" and name == "output_layer":
                    cell.source += " + b_y"
            archive.writestr(f"{student}/{NAME}.ipynb", nbformat.writes(notebook))
    for target in (("roster",), ("collect", f"SET={NAME}", f"DOWNLOAD={download}"), ("grade",)):
        code, said = make(course, *target)
        assert code == 0, said
    return course


def test_the_release_is_what_a_student_gets(course):
    notebook = nbformat.read(course / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert points == {"check-shapes": 10, "check-rnn_step": 70, "check-rnn_forward": 40, "check-output_layer": 15}
    assert not list((course / "exercises").rglob("*.py"))


def test_the_points_are_the_course_s(graded):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}", "rnns-2027") as book:
        scores = {each.student.id: each.score for each in book.find_assignment(NAME).submissions}
        assert scores == {"ada": 135, "bob": 120} and book.find_assignment(NAME).max_score == 135
    shown = (graded / "autograded" / "ada" / NAME / f"{NAME}.ipynb").read_text()
    assert "In this course: 70 of 70 points." in shown and "35 of 35 points" in shown


def test_feedback_and_reports_are_there(graded):
    assert (graded / "feedback" / "bob" / NAME / f"{NAME}.html").is_file()
    assert "cy" in (graded / "report" / f"{NAME}.csv").read_text()
    assert "handed in nothing" in (graded / "report" / "term.csv").read_text()


def test_what_git_would_take_is_what_the_instructor_edits(graded):
    subprocess.run(["git", "init", "-q"], cwd=graded, check=True)
    command = ["git", "ls-files", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=graded, capture_output=True, text=True, check=True).stdout.split()
    (graded / "submissions.zip").unlink(missing_ok=True)
    assert sorted(set(listed) - {"submissions.zip"}) == sorted(
        [
            *("course.toml", "students.csv", "nbgrader_config.py", "Makefile", "requirements.txt", "README.md"),
            *(".gitignore", "solutions/.brought.json", f"solutions/{NAME}/{NAME}.py"),
        ]
    )


def test_it_serves_the_notebooks(course):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(["make", "serve", f"PORT={port}"], cwd=course, env=environment(), start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                address = f"http://127.0.0.1:{port}/{NAME}/{NAME}.ipynb"
                served = urllib.request.urlopen(address, timeout=10).read()
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert served == (course / "exercises" / NAME / f"{NAME}.ipynb").read_bytes()
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def test_help_lists_the_targets(course):
    code, said = make(course)
    assert code == 0 and [line.split()[0] for line in said.splitlines()] == [
        *("help", "setup", "release", "serve", "roster", "collect", "grade", "lab"),
    ]
