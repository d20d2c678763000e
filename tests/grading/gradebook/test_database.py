"""The gradebook on PostgreSQL: the same as in a file, made once however many open it; and no password is ever said."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text
from support import postgres
from support.handed_in import NAME, RIGHT
from typer.testing import CliRunner

from rnncourse.authoring.database import normal, open_gradebook, shown
from rnncourse.authoring.errors import DatabaseError
from rnncourse.cli import app
from rnncourse.grading.gradebook.entries import Entries, Entry
from rnncourse.grading.gradebook.table import read_gradebook
from rnncourse.grading.run.driver import Driver

OPEN = "import sys; from rnncourse.authoring.database import open_gradebook; open_gradebook(sys.argv[1], 'c').close()"


@pytest.fixture(scope="module")
def new_database():
    """Makes empty databases on a running server."""
    if postgres.programs() is None:
        if os.environ.get("CI"):
            pytest.fail("there is no PostgreSQL here")
        pytest.skip("there is no PostgreSQL here (Debian, Ubuntu: apt install postgresql)")
    with tempfile.TemporaryDirectory(prefix="pg") as folder, postgres.server(Path(folder)) as url:
        yield url


@pytest.fixture
def url(request, new_database, tmp_path):
    """An empty database: in a file, or on the server."""
    return new_database(f"db{tmp_path.name}".lower()[:40].replace("-", "_").replace("[", "").replace("]", ""))


def rows(url):
    """All that is entered, without the keys, which are drawn at random."""
    with open_gradebook(url, "rnncourse") as gradebook:
        return [
            (
                submission.student.id,
                submission.timestamp,
                submission.score,
                submission.needs_manual_grade,
                sorted((one.name, one.auto_score, one.needs_manual_grade) for one in submission.notebooks[0].grades),
                sorted((one.name, one.auto_comment or "") for one in submission.notebooks[0].comments),
                submission.notebooks[0].late_submission_penalty,
            )
            for submission in sorted(gradebook.find_assignment(NAME).submissions, key=lambda one: one.student.id)
        ]


def test_an_entry_is_kept_on_a_server(url):
    with open_gradebook(url, "rnncourse") as gradebook:
        gradebook.add_assignment(NAME)
        gradebook.add_notebook(NAME, NAME)
        gradebook.add_grade_cell("check-rnn_step", NAME, NAME, max_score=35, cell_type="code")
        entries = Entries(gradebook.db, gradebook.find_assignment(NAME))
        assert entries.enter([Entry("ada", "2030-01-02 03:04:05 UTC", {NAME: {"check-rnn_step": 12.5}})]) == []
        gradebook.db.commit()
    ((student, handed_in, score, by_hand, *_),) = rows(url)
    assert (student, handed_in.isoformat(), score, by_hand) == ("ada", "2030-01-02T03:04:05", 12.5, False)


@pytest.mark.slow
def test_the_same_class_has_the_same_gradebook_in_a_file_and_on_a_server(course, url):
    for student, answers in {"ada": RIGHT, "bela": {}, "chen": {"output_layer": RIGHT["output_layer"]}}.items():
        course.hand_in(student, answers)
    (course.place("ada") / "timestamp.txt").write_text("2030-01-02 03:04:05 UTC")
    course.grade()
    released = CliRunner().invoke(app, ["release", NAME, "--course", str(course.folder), "--db", url])
    assert released.exit_code == 0, released.output
    said = CliRunner().invoke(app, ["grade", NAME, "--course", str(course.folder), "--db", url, "--jobs", "2"])
    assert said.exit_code == 0 and "3 graded" in said.output and "hush" not in said.output, said.output
    assert rows(url) == rows(f"sqlite:///{course.folder / 'gradebook.db'}")
    assert read_gradebook(course.folder, url) == read_gradebook(course.folder)
    assert list(Driver(course.folder, NAME, db=url).grade(1)) == []
    course.hand_in("bela")
    assert list(Driver(course.folder, NAME, db=url).grade(1)) == ["bela"]
    assert read_gradebook(course.folder, url).rows["bela"] == read_gradebook(course.folder, url).rows["ada"]


@pytest.mark.slow
def test_a_name_that_the_server_does_not_take_harms_nobody_else(course, url):
    long = "x" * 200
    for student in ("ada", long, "zoe"):
        course.hand_in(student, {})
    CliRunner().invoke(app, ["release", NAME, "--course", str(course.folder), "--db", url])
    driver = Driver(course.folder, NAME, db=url)
    assert sorted(driver.grade(2)) == ["ada", "zoe"]
    assert "the gradebook refuses it: value too long" in driver.run.failed[long]


def made_once(url):
    """Whether what is written into an empty gradebook, and only then, is there once."""
    with Gradebook(normal(url), "c") as gradebook:
        counts = {
            table: gradebook.db.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("alembic_version", "course")
        }
    return counts == {"alembic_version": 1, "course": 1}


def test_an_empty_gradebook_is_made_once_by_threads(tmp_path):
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: open_gradebook(url, "c").close(), range(4)))
    assert made_once(url)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["file", "server"])
def test_an_empty_gradebook_is_made_once_however_many_open_it(kind, tmp_path, request):
    url = f"sqlite:///{tmp_path / 'gradebook.db'}" if kind == "file" else request.getfixturevalue("url")
    started = [subprocess.Popen([sys.executable, "-c", OPEN, url], stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for process in started:
        assert process.communicate(timeout=120)[1] == "" and process.returncode == 0
    assert made_once(url)


def test_no_password_is_said_when_nobody_answers(tmp_path):
    url = f"postgresql://teacher:hush@/book?host={tmp_path}"
    with pytest.raises(DatabaseError, match="cannot be opened") as caught:
        open_gradebook(url, "c")
    assert "hush" not in str(caught.value) and "teacher:***@" in str(caught.value)
    said = CliRunner().invoke(app, ["gradebook", "--db", url])
    assert said.exit_code == 1 and "hush" not in said.output


def test_what_is_no_address_is_said_without_repeating_it():
    with pytest.raises(DatabaseError, match=r"expected sqlite:///gradebook\.db or postgresql://") as caught:
        normal("teacher hush")
    assert "hush" not in str(caught.value)


def test_a_password_among_the_options_is_not_shown_either():
    assert shown("postgresql://a@b/c?password=hush") == "postgresql://a@b/c"
