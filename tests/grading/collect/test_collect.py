"""What learning-management systems give becomes nbgrader's submitted/ folder, and nothing is passed over in silence."""

import csv

import nbformat
import pytest
from support.collecting import LIST, NAME, write, zipped
from support.handed_in import RIGHT
from typer.testing import CliRunner

from rnncourse.authoring.errors import CourseError
from rnncourse.cli import app
from rnncourse.grading.collect.collect import collect_download, options

DOWNLOADS = {
    "Moodle": {
        "Ada Lovelace_101_assignsubmission_file_/my notebook.ipynb": "ada",
        "Ada Lovelace_101_assignsubmission_file_/data/x.csv": "1,2",
        "Bartok Béla_102_assignsubmission_file_/ps1_forward.ipynb": "bela",
        "Sean ONeil_103_assignsubmission_file_ps1_forward.ipynb": "oneil",
        "Ada Lovelace_101_assignsubmission_onlinetext_/onlinetext.html": "<p>hello",
    },
    "Canvas": {
        "lovelaceada_4001_900_ps1_forward-2.ipynb": "ada",
        "lovelaceada_4001_901_x.csv": "1,2",
        "bartokbela_LATE_4002_902_ps1_forward.ipynb": "bela",
        "nobody_4004_903_answers.ipynb": "oneil",
    },
    "Blackboard": {
        "ps1_gc_ada_attempt_2026-01-30-10-00-00_x.ipynb": "an earlier attempt",
        "ps1_gc_ada_attempt_2026-01-31-10-00-00_x.ipynb": "ada",
        "ps1_gc_ada_attempt_2026-01-31-10-00-00.txt": "Name: Ada",
        "ps1_gc_ada_attempt_2026-01-31-10-00-00_x.csv": "1,2",
        "Problem set_1_bela_attempt_2026-01-30-09-30-00_x.ipynb": "bela",
        "ps1_oneil_attempt_2026-01-30-09-30-00_x.ipynb": "oneil",
    },
    "plain": {
        "ada/ps1_forward.ipynb": "ada",
        "ada/x.csv": "1,2",
        "Béla Bartók - ps1_forward.ipynb": "bela",
        "ps1_forward_oneil.ipynb": "oneil",
        "__MACOSX/._ada.ipynb": "no notebook",
        "ada/.ipynb_checkpoints/ps1_forward-checkpoint.ipynb": "older",
    },
    "nbgrader": {
        "submitted/ada/ps1_forward/ps1_forward.ipynb": "ada",
        "submitted/ada/ps1_forward/x.csv": "1,2",
        "submitted/bela/ps1_forward/ps1_forward.ipynb": "bela",
        "submitted/oneil/ps1_forward/ps1_forward.ipynb": "oneil",
    },
}


@pytest.fixture
def roster(tmp_path):
    """A list of the class."""
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def notebook(course, student):
    """What lies in a student's folder as the notebook."""
    return (course.folder / "submitted" / student / NAME / f"{NAME}.ipynb").read_text()


def tree(course):
    """All files of submitted/, and when each was changed."""
    submitted = course.folder / "submitted"
    return {str(one.relative_to(submitted)): one.stat().st_mtime_ns for one in submitted.rglob("*") if one.is_file()}


@pytest.mark.parametrize("kind", ["folder", "zip", "zip with a folder around"])
@pytest.mark.parametrize("system", DOWNLOADS)
def test_each_system_s_download_is_collected(released_course, roster, tmp_path, system, kind):
    files = DOWNLOADS[system]
    if kind == "folder":
        source = write(tmp_path / "download", files)
    else:
        around = "all of it/" if kind.endswith("around") else ""
        source = zipped(tmp_path / "download.zip", {around + name: text for name, text in files.items()})
    report = collect_download(released_course.folder, NAME, source, options(roster))
    assert report.complete, report
    assert {row.student for row in report.rows} == {"ada", "bela", "oneil"}
    assert [notebook(released_course, student) for student in ("ada", "bela", "oneil")] == ["ada", "bela", "oneil"]
    beside = released_course.folder / "submitted" / "ada" / NAME
    assert [one.read_text() for one in beside.rglob("*.csv")] == ["1,2"]
    assert len(list(beside.rglob("*.ipynb"))) == 1
    before = tree(released_course)
    again = collect_download(released_course.folder, NAME, source, options(roster))
    assert {row.result for row in again.rows} == {"there already"} and tree(released_course) == before


def test_archives_in_the_archive_are_opened_and_data_stays_packed(released_course, roster, tmp_path):
    data = zipped(tmp_path / "data.zip", {"x.csv": "1,2"}).read_bytes()
    work = {"work/ps1_forward.ipynb": "ada", "work/data.zip": data, "work/sub/y.csv": "3"}
    inner = zipped(tmp_path / "inner.zip", work).read_bytes()
    outer = zipped(
        tmp_path / "outer.zip",
        {
            "Ada Lovelace_1_assignsubmission_file_/work.zip": inner,
            "bela.zip": zipped(tmp_path / "b", {"x.ipynb": "b"}).read_bytes(),
        },
    )
    report = collect_download(released_course.folder, NAME, outer, options(roster))
    assert report.complete and {row.student for row in report.rows} == {"ada", "bela"}
    folder = released_course.folder / "submitted" / "ada" / NAME
    assert (folder / "data.zip").read_bytes() == data and (folder / "sub" / "y.csv").read_text() == "3"


def test_times_in_names_become_nbgrader_s_timestamp(released_course, roster, tmp_path):
    source = write(tmp_path / "download", DOWNLOADS["Blackboard"])
    report = collect_download(released_course.folder, NAME, source, options(roster, timezone="Europe/Berlin"))
    stamp = released_course.folder / "submitted" / "ada" / NAME / "timestamp.txt"
    assert stamp.read_text() == "2026-01-31 09:00:00 UTC"
    ada = next(row for row in report.rows if row.student == "ada")
    assert "2026-01-31 10:00:00 CET" in ada.handed_in and ada.notes == ["the last of 2 attempts"]


def test_a_student_s_own_timestamp_counts_for_nothing(released_course, tmp_path):
    source = write(tmp_path / "download", {"ada/x.ipynb": "a", "ada/timestamp.txt": "1999-01-01 00:00:00 UTC"})
    (row,) = collect_download(released_course.folder, NAME, source).rows
    assert not (released_course.folder / "submitted" / "ada" / NAME / "timestamp.txt").exists()
    assert row.notes == ["left out timestamp.txt, which is for the grader to write"]


def test_a_file_s_time_is_the_time_of_handing_in_only_if_that_is_said(released_course, tmp_path):
    source = zipped(tmp_path / "x.zip", {"ada/x.ipynb": "a"}, day=7)
    (row,) = collect_download(released_course.folder, NAME, source).rows
    assert row.handed_in == ""
    (row,) = collect_download(released_course.folder, NAME, source, options(file_times=True, replace=True)).rows
    assert row.handed_in == "2026-01-07 12:00:00 UTC" and row.result == "replaced"


def test_of_several_copies_the_last_counts_and_that_is_said(released_course, roster, tmp_path):
    files = {
        "lovelaceada_4001_900_ps1_forward.ipynb": "first",
        "lovelaceada_4001_910_ps1_forward-2.ipynb": "third",
        "lovelaceada_4001_905_ps1_forward-1.ipynb": "second",
        "bela.ipynb": "first",
        "bela (1).ipynb": "second",
        "anna-2.ipynb": "second",
        "anna.ipynb": "first",
    }
    report = collect_download(released_course.folder, NAME, write(tmp_path / "download", files), options(roster))
    assert [notebook(released_course, one) for one in ("ada", "bela", "anna")] == ["third", "second", "second"]
    ada = next(row for row in report.rows if row.student == "ada")
    assert "taken before lovelaceada_4001_900_ps1_forward.ipynb, lovelaceada_4001_905" in ada.notes[0]
    assert all("the last of 2 attempts" in row.notes for row in report.rows if row.student in ("bela", "anna"))


def test_a_pattern_of_one_s_own(released_course, tmp_path):
    files = {"week3/2026-02-03 04-05-06/ada#1.ipynb": "first", "week3/2026-02-03 04-05-06/ada#12.ipynb": "last"}
    pattern = r"week3/(?P<timestamp>[^/]+)/(?P<student>\w+)#(?P<attempt>\d+)\.ipynb"
    report = collect_download(
        released_course.folder, NAME, write(tmp_path / "download", files), options(pattern=pattern)
    )
    assert report.complete and notebook(released_course, "ada") == "last"
    assert report.rows[0].handed_in == "2026-02-03 04:05:06 UTC"
    for bad, words in (("(", "is not a regular expression"), ("(?P<name>x)", "has the named groups: name; it needs")):
        with pytest.raises(CourseError, match=words):
            options(pattern=bad)


def test_what_cannot_be_matched_is_listed_with_the_reason(released_course, roster, tmp_path):
    files = {
        "Ada Lovelase_1_assignsubmission_file_/x.ipynb": "a guess",
        "Ann Smith_2_assignsubmission_file_/x.ipynb": "two of them",
        "Zoltan Kodaly_3_assignsubmission_file_/x.ipynb": "nobody",
        "Bela Bartok_4_assignsubmission_file_/report.pdf": "no notebook",
        "Chen Wei_5_assignsubmission_file_/a.ipynb": "which",
        "Chen Wei_5_assignsubmission_file_/b.ipynb": "one",
    }
    report = collect_download(released_course.folder, NAME, write(tmp_path / "download", files), options(roster))
    said = {row.source.split("_")[0]: (row.result, row.student, row.how, " ".join(row.notes)) for row in report.rows}
    assert said["Ada Lovelase"] == ("collected", "ada", "alike, 92 %", "")
    assert said["Ann Smith"][:2] == ("not matched", "") and "anna and anne" in said["Ann Smith"][3]
    assert said["Zoltan Kodaly"] == ("not matched", "", "", "nobody on the list is called 'Zoltan Kodaly'")
    assert said["Bela Bartok"] == ("not usable", "bela", "name", "there is no notebook among report.pdf")
    assert said["Chen Wei"][0] == "not usable" and "several notebooks" in said["Chen Wei"][3]
    assert not report.complete and report.nothing_from == ["oneil", "lukasz", "anna", "anne"]
    assert [one.name for one in (released_course.folder / "submitted").iterdir()] == ["ada"]


def test_a_guess_never_takes_the_place_of_the_one_who_is_meant(released_course, roster, tmp_path):
    files = {
        "Ada Lovelase_1_assignsubmission_file_/x.ipynb": "a guess",
        "Ada Lovelace_2_assignsubmission_file_/x.ipynb": "exact",
    }
    report = collect_download(released_course.folder, NAME, write(tmp_path / "download", files), options(roster))
    assert notebook(released_course, "ada") == "exact"
    assert [row.result for row in report.rows] == ["not matched", "collected"]
    without = collect_download(released_course.folder, NAME, tmp_path / "download", options(roster, guess=False))
    assert "nobody on the list is called 'Ada Lovelase'" in without.rows[0].notes


@pytest.mark.parametrize("listed", [True, False])
def test_two_people_of_one_name_are_never_taken_for_one(released_course, roster, tmp_path, listed):
    files = {
        "Ada Lovelace_1_assignsubmission_file_/x.ipynb": "one Ada",
        "Ada Lovelace_2_assignsubmission_file_/x.ipynb": "another Ada",
        "bartokbela_4002_900_x.ipynb": "one Béla",
        "bartokbela_5999_901_x.ipynb": "another Béla",
    }
    chosen = options(roster) if listed else options()
    report = collect_download(released_course.folder, NAME, write(tmp_path / "download", files), chosen)
    assert {row.result for row in report.rows} == {"not matched"} and len(report.rows) == 4
    assert "another of the same name, with another number" in report.rows[0].notes[0]
    assert not (released_course.folder / "submitted").exists()


def test_the_command_prints_and_writes_the_report_and_tells_by_its_status(course, roster, tmp_path):
    """Collected by the command and graded: the same as if it had been put there by hand."""
    right, wrong = (nbformat.writes(course.answered(answers)) for answers in (RIGHT, {}))
    source = write(tmp_path / "download", {"ada/my work.ipynb": right, "bela.ipynb": wrong})
    command = ["collect", NAME, str(source), "--students", str(roster), "--to", str(course.folder)]
    done = CliRunner().invoke(app, [*command, "--dry-run"])
    assert done.exit_code == 0 and "this was a dry run" in done.output
    assert not (course.folder / "submitted").exists()
    write(source, {"zoltan[red].ipynb": right})
    done = CliRunner().invoke(app, [*command, "--csv", str(tmp_path / "report.csv")])
    assert done.exit_code == 1 and "1 left for you to settle" in done.output, done.output
    with open(tmp_path / "report.csv", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["ada"]["result"] == "collected" and rows["ada"]["matched by"] == "id"
    assert rows[""]["notes"] == "nobody on the list is called 'zoltan[red]'"
    course.hand_in("by hand")
    assert course.grade() == ["ada", "bela", "by hand"]
    scores = course.scores()
    assert scores["ada"] == scores["by hand"] > scores["bela"] == 0


def test_what_cannot_be_used_is_said_at_once(released_course, tmp_path):
    for source, words in ((tmp_path / "no", "is not there"), (__file__, "is neither a folder nor a zip file")):
        with pytest.raises(CourseError, match=words):
            collect_download(released_course.folder, NAME, source)
    with pytest.raises(CourseError, match="no problem set 'ps9'; this course has ps1_forward"):
        collect_download(released_course.folder, "ps9", tmp_path)
    with pytest.raises(CourseError, match="'Mars' is none"):
        options(timezone="Mars")
