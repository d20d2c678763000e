"""Whatever collecting leaves to a person comes with the line or the option that settles it; and it does settle it."""

import csv
import re

import pytest
from support.collecting import LIST, NAME, write

from rnncourse.grading.collect.collect import collect_download, options


@pytest.fixture
def roster(tmp_path):
    """A list of the class."""
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


@pytest.fixture
def collect(released_course, roster, tmp_path):
    """Collect files; returns the lines of the report that somebody has to look at."""

    def run(files, students=roster, **how):
        source = write(tmp_path / "download", files)
        report = collect_download(released_course.folder, NAME, source, options(students, **how))
        return [row for row in report.rows if not row.settled]

    return run


def follow(how, student, roster):
    """Do in the list what was said about a student, or about somebody new."""
    lines = roster.read_text().splitlines()
    if column := re.search(rf"if it is {student}, add a column (\w+) and", how):
        lines[0] += f",{column[1]}"
    line = re.search(rf"if it is {student}, (?:add a column \w+ and )?(?:make their|add the) line ([^;]+)", how)[1]
    rest = [one for one in lines[1:] if not one.startswith(f"{student},")]
    roster.write_text("\n".join([lines[0], *rest, line]) + "\n")


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Ann Smith_2_assignsubmission_file_/x.ipynb", "anna"),
        ("smithann_5001_900_x.ipynb", "anne"),
        ("smithann_5001_900_x.ipynb", "somebody new"),
        ("Zoltan Kodaly_3_assignsubmission_file_/x.ipynb", "somebody new"),
        ("kodalyzoltan_5002_900_x.ipynb", "somebody new"),
        ("zoltan, k.ipynb", "somebody new"),
    ],
)
@pytest.mark.parametrize("free", [False, True])
def test_the_line_that_is_said_settles_it(collect, roster, released_course, name, student, free):
    if free:  # room in the lms column, for two of the students
        roster.write_text(LIST.replace(",4006", ",").replace(",4007", ","))
    (row,) = collect({name: "work"})
    assert row.result == "not matched" and row.settle.startswith(f"in {roster}: if it is ")
    follow(row.settle.replace("NEW_ID", "zoltan"), student, roster)
    assert collect({}) == []
    placed = {one.name for one in (released_course.folder / "submitted").iterdir()}
    assert placed in ({student}, {"zoltan"}, {"zoltan, k"})


def test_whom_the_list_has_under_another_name_is_settled_by_a_column(collect, roster):
    (row,) = collect({"Zoltan Kodaly_3_assignsubmission_file_/x.ipynb": "work"})
    assert "write 'Zoltan Kodaly' into their line, in a column lms" in row.settle
    roster.write_text(LIST.replace("lms_user_id", "lms_user_id,lms_name").replace(",4004", ",4004,Zoltan Kodaly"))
    assert collect({}) == []


def test_two_canvas_users_of_one_name_are_told_apart_by_their_numbers(collect, roster, released_course):
    files = {"bartokbela_5001_900_x.ipynb": "one", "bartokbela_5002_901_x.ipynb": "another"}
    rows = collect(files)
    assert len(rows) == 2
    one, another = sorted(rows, key=lambda row: row.source)
    follow(one.settle, "bela", roster)
    header = roster.read_text().splitlines()[0]
    line = re.search(r"somebody new, add the line (.*)", another.settle)[1].replace("NEW_ID", "bela2")
    roster.write_text(roster.read_text() + next(csv.reader([line]))[0] + ",B,Bartok,,5002,\n")
    assert header.endswith("lms_2") and collect({}) == []
    place = released_course.folder / "submitted"
    texts = [(place / student / NAME / f"{NAME}.ipynb").read_text() for student in ("bela", "bela2")]
    assert texts == ["one", "another"]


def test_two_moodle_users_of_one_name_are_told_apart_by_their_folders(collect, tmp_path, roster):
    folders = [f"Ada Lovelace_{number}_assignsubmission_file_" for number in (1, 2)]
    rows = collect({f"{folder}/x.ipynb": folder for folder in folders})
    assert {row.settle for row in rows} == {
        "unpack the download, and call each of these folders as the id of its student: ada"
    }
    (tmp_path / "download" / folders[0]).rename(tmp_path / "download" / "ada")
    assert len(collect({})) == 0, "the other is ada's by name: the folder with the id is the surer"


def test_without_a_list_the_list_is_what_is_missing(collect):
    (row,) = collect({".hidden?/x.ipynb": "work"}, students=None)
    assert row.settle.startswith("give a list of the class, --students students.csv, with the columns id and lms")


@pytest.mark.parametrize(
    ("files", "how"),
    [
        ({"ada/a.ipynb": "1", "ada/b.ipynb": "2"}, "in the download, call the right one ps1_forward.ipynb or take out"),
        (
            {"ada/report.pdf": "1"},
            "ask for the notebook, and put it there: submitted/ada/ps1_forward/ps1_forward.ipynb",
        ),
    ],
)
def test_what_cannot_be_used_says_what_to_do_with_the_file(collect, files, how):
    (row,) = collect(files)
    assert row.result == "not usable" and row.settle.startswith(how)


def test_what_may_be_newer_names_the_option(collect):
    assert collect({"ada/x.ipynb": "1"}) == []
    (row,) = collect({"ada/x.ipynb": "2", "ada/y.txt": ""}, file_times=True)
    assert row.settle.startswith("--replace takes the download's; to keep what is there, do nothing")
    assert collect({}, file_times=True, replace=True) == []


def test_a_link_in_the_way_and_a_link_in_the_download(collect, released_course, tmp_path):
    place = released_course.folder / "submitted" / "ada"
    place.mkdir(parents=True)
    (place / NAME).symlink_to(tmp_path)
    write(tmp_path / "download", {"ada/x.ipynb": "1"})
    (tmp_path / "download" / "bela.ipynb").symlink_to(__file__)
    ada, bela = sorted(collect({}), key=lambda row: row.result, reverse=True)[::-1]
    assert ada.settle == "remove submitted/ada/ps1_forward, and collect again"
    assert "into a folder with the student's id" in bela.settle
