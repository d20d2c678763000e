"""A name means one student, exactly or by a guess that is called one, or nobody."""

import pytest
from support.collecting import LIST

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.collect.names import Claim
from rnncourse.grading.collect.roster import NoMatchError, Students


@pytest.fixture
def students(tmp_path):
    """The list."""
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return Students(path)


def claim(name, user=""):
    return Claim("Canvas" if user else "plain", (name,), name, (), user=user)


@pytest.mark.parametrize(
    "name, student, how",
    [
        ("ADA", "ada", "id"),
        ("Ada.L@uni.edu", "ada", "email"),
        ("chen.wei", "chen", "email"),
        ("4002", "bela", "lms"),
        ("Wei, Chen", "chen", "name"),
        ("bartokbela", "bela", "name"),
        ("Bartók_Béla", "bela", "name"),
        ("SEAN ONEIL", "oneil", "name"),
        ("Lukasz Muller", "lukasz", "name"),
        ("Lukasz Mueller", "lukasz", "alike, 96 %"),
        ("Lukas Müler", "lukasz", "alike, 92 %"),
        ("Ada King Lovelace", "ada", "alike, 85 %"),
    ],
)
def test_who_is_meant(students, name, student, how):
    found = students.match(claim(name))
    assert (found.student, found.how, found.guess) == (student, how, how.startswith("alike"))


@pytest.mark.parametrize("name", ["Smith", "Ann Smith", "Al", "4009", "Grace Hopper", "宋江", ""])
def test_who_is_nobody(students, name):
    with pytest.raises(NoMatchError):
        students.match(claim(name))


def test_a_system_s_number_is_no_id(students, tmp_path):
    assert students.match(claim("somebody", user="4003")).student == "chen"
    with pytest.raises(NoMatchError):  # Moodle counts anew for each assignment
        students.match(Claim("Moodle", ("somebody",), "somebody", (), user="4003"))
    path = tmp_path / "numbers.csv"
    path.write_text("id,name\n4003,Ada Lovelace\n")
    with pytest.raises(NoMatchError):
        Students(path).match(claim("somebody", user="4003"))


def test_two_of_one_name_are_told_apart_by_the_system_s_number_only(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id;name;lms\na1;Kim Li;7\na2;Kim Li;8\n", encoding="utf-8-sig")
    with pytest.raises(NoMatchError, match="'Kim Li' may be a1 or a2; an lms column can tell which"):
        Students(path).match(claim("Kim Li"))
    assert Students(path).match(claim("Kim Li", user="8")).student == "a2"


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "one of them has to be id"),
        ("name,email\nAda,a@b\n", "has the columns name, email; one of them has to be id"),
        ("id,name\n", "has no line below its columns"),
        ("id,name\nada,Ada\nada,Bela\n", "line 3: the id 'ada' is there twice"),
        ("id,name\n../ada,Ada\n", "line 2: the id '../ada' "),
        ("id,name\n,Ada\n", "line 2: the id '' is empty"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_the_reason(tmp_path, text, words):
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(CourseError, match=words):
        Students(path)
