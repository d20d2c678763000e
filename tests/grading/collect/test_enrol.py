"""Collecting with a list enters the class into nbgrader's gradebook."""

import pytest
from nbgrader.api import Gradebook
from support.collecting import LIST, NAME, write
from typer.testing import CliRunner

from rnncourse.authoring.errors import CourseError
from rnncourse.cli import app
from rnncourse.grading.collect.class_list import read_list
from rnncourse.grading.collect.enrol import enter_students


@pytest.fixture
def enter(released_course, tmp_path):
    """Enter a list; returns who was added and who brought up to date."""

    def run(text, **how):
        (tmp_path / "list.csv").write_text(text)
        return enter_students(released_course.folder, read_list(tmp_path / "list.csv"), **how)

    return run


def entered(course):
    """What the gradebook says of each student."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "rnncourse") as gradebook:
        return {one.id: (one.first_name, one.last_name, one.email, one.lms_user_id) for one in gradebook.students}


def test_everybody_on_the_list_is_there_and_a_second_time_changes_nothing(enter, released_course):
    added, updated = enter(LIST)
    assert len(added) == 7 and updated == []
    assert entered(released_course)["oneil"] == ("Seán", "O'Neil", "sean@uni.edu", "4004")
    assert enter(LIST) == ([], [])


def test_the_list_brings_up_to_date_what_it_says_and_leaves_the_rest(enter, released_course):
    enter(LIST)
    assert enter("id,email\nada,ada@new.edu\nzoe,\n") == (["zoe"], ["ada"])
    found = entered(released_course)
    assert found["ada"] == ("Ada", "Lovelace", "ada@new.edu", "4001") and len(found) == 8
    assert found["zoe"] == (None, None, None, None)


@pytest.mark.parametrize("name", ["Augusta Ada King", '"King, Augusta Ada"'])
def test_a_whole_name_is_split(enter, released_course, name):
    enter(f"id,name,lms_canvas\nada,{name},7\n")
    assert entered(released_course)["ada"] == ("Augusta Ada", "King", None, "7")


def test_of_several_numbers_only_the_one_of_that_name_is_nbgrader_s(enter, released_course):
    enter("id,lms_canvas,lms_user_id\nada,7,8\nbela,9,\n")
    assert {student: about[3] for student, about in entered(released_course).items()} == {"ada": "8", "bela": None}


def test_a_dry_run_only_counts(enter, released_course):
    assert enter(LIST, dry_run=True)[0][:2] == ["ada", "bela"]
    assert entered(released_course) == {}


def test_without_a_gradebook_it_is_said_what_to_do(enter, released_course):
    (released_course.folder / "gradebook.db").unlink()
    with pytest.raises(CourseError, match=r"there is no gradebook.*release"):
        enter(LIST)
    assert not (released_course.folder / "gradebook.db").exists()


def test_the_command_enters_the_list_and_prints_how_to_settle_the_rest(released_course, tmp_path):
    (tmp_path / "list.csv").write_text(LIST)
    source = write(tmp_path / "download", {"ada.ipynb": "{}", "zoltan.ipynb": "{}"})
    command = [
        "collect",
        NAME,
        str(source),
        "--students",
        str(tmp_path / "list.csv"),
        "--to",
        str(released_course.folder),
    ]
    done = CliRunner().invoke(app, [*command, "--dry-run"], catch_exceptions=False)
    assert "gradebook: 7 students would be added, 0 would be brought up to date" in done.stdout
    assert entered(released_course) == {}
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 1 and "gradebook: 7 students added, 0 brought up to date" in done.stdout
    assert "add the line zoltan,,zoltan,,zoltan" in done.stdout
    assert set(entered(released_course)) == {line.split(",")[0] for line in LIST.splitlines()[1:]}
