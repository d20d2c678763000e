"""Feedback pages go back under names from which each system reads whose they are, as its own source does."""

import zipfile

import pytest
from support.collecting import zipped
from support.handed_in import NAME
from support.lms_tables import BLACKBOARD, CANVAS, MOODLE

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.export.export import export_marks
from rnncourse.grading.export.feedback_zip import pages_of, prefixes, write_zip


@pytest.fixture
def pack(graded, tmp_path):
    """Export into a table and zip the feedback; returns the archive's files by name, and who is missing."""

    def run(system, table, download=None):
        path = tmp_path / "table.csv"
        path.write_bytes(table)
        exported = export_marks(graded.folder, NAME, system, path)
        pages = pages_of(graded.folder, NAME, [line.student for line in exported.lines if line.student])
        archive = tmp_path / "feedback.zip"
        missing = write_zip(archive, pages, prefixes(system, exported, download))
        with zipfile.ZipFile(archive) as opened:
            return {name: opened.read(name).decode() for name in opened.namelist()}, missing

    return run


def as_moodle_reads(path):
    """Find the participant of a file as Moodle's import of feedback files does: the first part that names one."""
    for part in path.split("/"):
        info = part.split("_", 4)
        if len(info) >= 4 and info[1].isdecimal():
            return info[1], info[2:4]
    return None


def as_canvas_reads(name):
    """Find user and attachment of a file as Canvas's upload of submissions does: the first two numbers."""
    return tuple([part for part in name.split("_") if part != "LATE" and part.isdecimal()][:2])


def test_moodle_finds_each_participant(pack):
    files, missing = pack("moodle", MOODLE.replace("Béla Bartók".encode(), "Béla_3_Bartók /x".encode()))
    assert missing == []
    assert {as_moodle_reads(name)[0]: NAME in name for name in files} == {"901": True, "902": True, "903": True}
    assert all(as_moodle_reads(name)[1] == ["assignsubmission", "file"] for name in files)
    assert f"Béla 3 Bartók x_901_assignsubmission_file_/{NAME}.html" in files
    assert "Feedback for ada" in files[f"Ada Lovelace_902_assignsubmission_file_/{NAME}.html"]


def test_canvas_finds_user_and_attachment_also_of_late_and_renamed_files(pack, tmp_path):
    download = zipped(
        tmp_path / "submissions.zip",
        {
            f"lovelaceada_4001_88001_{NAME}.ipynb": "{}",
            f"lovelaceada_4001_88007_{NAME}-2.ipynb": "{}",
            "lovelaceada_4001_88009_notes_7_8.txt": "",
            f"bartokbela_LATE_4002_88002_{NAME}-1.ipynb": "{}",
            f"zedzoe_4099_88003_{NAME}.ipynb": "{}",
        },
    )
    files, missing = pack("canvas", CANVAS, download)
    assert {as_canvas_reads(name): text.partition("Feedback for ")[2][:4] for name, text in files.items()} == {
        ("4001", "88007"): "ada<",
        ("4002", "88002"): "bela",
    }
    assert f"bartokbela_LATE_4002_88002_{NAME}.html" in files and missing == ["chen"]


def test_blackboard_s_last_attempt(pack, tmp_path):
    begin = "Problem set_1_{}_attempt_2026-01-0{}-10-00-00"
    download = zipped(
        tmp_path / "gradebook.zip",
        {
            begin.format("ada", 1) + f"_{NAME}.ipynb": "{}",
            begin.format("ada", 3) + ".txt": "Name: Ada",
            begin.format("ada", 3) + f"_{NAME}.ipynb": "{}",
            begin.format("chen", 2) + f"_{NAME}.ipynb": "{}",
        },
    )
    files, missing = pack("blackboard", BLACKBOARD, download)
    assert sorted(files) == [
        begin.format("ada", 3) + f"_{NAME}.html",
        begin.format("chen", 2) + f"_{NAME}.html",
    ]
    assert missing == ["bela"]


def test_a_plain_archive_has_a_folder_for_each_student(pack):
    files, _ = pack("plain", b"id\nada\nbela\n")
    assert sorted(files) == [f"ada/{NAME}.html", f"bela/{NAME}.html"]


@pytest.mark.parametrize("system", ["canvas", "blackboard"])
def test_without_the_download_it_is_said_where_to_get_it(pack, system):
    with pytest.raises(CourseError, match=r"--download is missing.*Get it there: Grade"):
        pack(system, {"canvas": CANVAS, "blackboard": BLACKBOARD}[system])


def test_a_table_without_the_numbers_is_refused(pack):
    with pytest.raises(CourseError, match="the table has no column 'identifier'"):
        pack("moodle", b"Full name,ID number,Grade\nAda,ada,\n")
