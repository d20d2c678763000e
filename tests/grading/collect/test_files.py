"""A download is a stranger's: nothing in it leads elsewhere, unpacks to more than is wanted, or stops the rest."""

import os
import stat
import zipfile

import pytest
from support.collecting import NAME, write, zipped

from rnncourse.grading.collect.collect import collect_download
from rnncourse.grading.collect.files import MAX_DEPTH, Download
from rnncourse.grading.notebook.reading import MAX_NOTEBOOK, UnreadableError


def names(download):
    """Paths of what is taken."""
    return {"/".join(one.parts) for one in download.entries}


def link(name):
    """An archive's symbolic link."""
    info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name, why",
    [
        ("../ada.ipynb", "leads out"),
        ("ada/../../../x.ipynb", "leads out"),
        ("/etc/ada.ipynb", "leads out"),
        ("C:\\ada.ipynb", "leads out"),
        ("..\\..\\ada.ipynb", "leads out"),
        ("ada\x07.ipynb", "control characters"),
        ("x" * 300 + ".ipynb", "longer than 255 bytes"),
        ("a/" * 30 + "x.ipynb", "too deep"),
        (link("ada.ipynb"), "a link"),
    ],
)
def test_a_name_that_does_harm_is_refused_and_the_rest_is_taken(released_course, tmp_path, name, why):
    source = zipped(tmp_path / "download.zip", {name: "/etc/passwd", "bela.ipynb": "bela"})
    before = {one for one in tmp_path.rglob("*") if "course" not in one.parts}
    report = collect_download(released_course.folder, NAME, source)
    refused, taken = report.rows
    assert refused.result == "not taken" and why in refused.notes[0] and not report.complete
    assert (taken.student, taken.result) == ("bela", "collected")
    submitted = released_course.folder / "submitted"
    assert [one.name for one in submitted.rglob("*") if one.is_file()] == [f"{NAME}.ipynb"]
    assert {one for one in tmp_path.rglob("*") if "course" not in one.parts} == before


def test_an_archive_that_unpacks_to_much_is_not_unpacked(released_course, tmp_path):
    bomb = zipped(tmp_path / "bomb", {"ada/x.ipynb": bytes(MAX_NOTEBOOK + 1), "bela/x.ipynb": "bela"}).read_bytes()
    assert len(bomb) < 1 << 16
    source = zipped(tmp_path / "x.zip", {"chen/x.ipynb": "chen", "chen/big.csv": bytes(9 << 20), "all.zip": bomb})
    with pytest.raises(UnreadableError, match="larger than 20 MB"):
        next(one for one in Download(source).entries if "ada" in one.parts).read()
    (row,) = [one for one in collect_download(released_course.folder, NAME, source).rows if one.student == "chen"]
    assert row.result == "collected" and row.notes == ["left out big.csv: more than 8 MB lie beside the notebook"]


def test_what_an_archive_says_of_its_sizes_is_not_believed(tmp_path):
    source = zipped(tmp_path / "x.zip", {"ada.ipynb": bytes(MAX_NOTEBOOK + 1)})
    content = bytearray(source.read_bytes())
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")
    source.write_bytes(content)
    with pytest.raises(UnreadableError):
        Download(source).entries[0].read()


def test_archives_in_archives_end(tmp_path):
    inner = zipped(tmp_path / "0", {"x.ipynb": "x"})
    for depth in range(1, MAX_DEPTH + 3):
        inner = zipped(tmp_path / str(depth), {"a.zip": inner.read_bytes()})
    download = Download(inner)
    assert not download.entries and list(download.refused.values()) == [f"it is an archive in {MAX_DEPTH} others"]


def test_broken_and_encrypted_parts_take_nothing_else_down(released_course, tmp_path):
    source = zipped(
        tmp_path / "x.zip", {"a/x.ipynb": os.urandom(3000), "b/x.ipynb": "b", "c/x.zip": "PK no", "d/x.ipynb": "d"}
    )
    content = bytearray(source.read_bytes())
    content[200:220] = bytes(20)
    place = content.rindex(b"PK\x01\x02") + 8
    content[place] |= 1
    source.write_bytes(content)
    said = {row.source: (row.result, row.notes) for row in collect_download(released_course.folder, NAME, source).rows}
    assert said["b/x.ipynb"] == ("collected", [])
    assert said["a/x.ipynb"][0] == "not usable" and "its archive is broken there" in said["a/x.ipynb"][1][0]
    assert "not an archive that can be opened" in said["c/x.zip"][1][0] and said["d/x.ipynb"][1] == ["it is encrypted"]


def test_of_two_entries_of_one_name_the_last_counts_and_that_is_said(released_course, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        source = zipped(tmp_path / "x.zip", [("ada/x.ipynb", "first"), ("ada/x.ipynb", "second")])
    (row,) = collect_download(released_course.folder, NAME, source).rows
    assert row.notes == ["taken before ada/x.ipynb"]
    assert (released_course.folder / "submitted" / "ada" / NAME / f"{NAME}.ipynb").read_text() == "second"


@pytest.mark.parametrize("encoding", ["cp437", "utf-8"])
def test_names_that_are_not_marked_as_utf_8_are_read_all_the_same(tmp_path, encoding):
    source = zipped(tmp_path / "x.zip", {"B?la.ipynb".replace("?", "#" * len("é".encode(encoding))): "x"})
    source.write_bytes(source.read_bytes().replace(b"#" * len("é".encode(encoding)), "é".encode(encoding)))
    assert names(Download(source)) == {"Béla.ipynb"}


def test_a_folder_s_links_pipes_and_odd_names(released_course, tmp_path):
    source = write(tmp_path / "download", {"ada/x.ipynb": "ada", "bela.ipynb/notes.txt": "a folder called like that"})
    (source / "ada" / "link.csv").symlink_to("/etc/passwd")
    (source / "everything").symlink_to("/etc")
    os.mkfifo(source / "ada" / "pipe.ipynb")
    with open(os.path.join(os.fsencode(source), b"B\xe9la.ipynb"), "w") as file:
        file.write("latin")
    rows = {row.source: row for row in collect_download(released_course.folder, NAME, source).rows}
    assert rows["ada/x.ipynb"].result == "collected" and rows["Béla.ipynb"].student == "Béla"
    assert rows["ada/link.csv"].notes == rows["everything"].notes == ["it is a link"]
    assert rows["ada/pipe.ipynb"].notes == ["it is neither a file nor a folder"]
    assert rows["bela.ipynb/notes.txt"].notes == ["there is no notebook among notes.txt"]


@pytest.mark.parametrize("name", [".hidden.ipynb", "a*b.ipynb", "a\u202eb.ipynb", " .ipynb", "x" * 230 + ".ipynb"])
def test_where_there_is_no_list_a_name_that_cannot_be_a_folder_s_is_nobody_s(released_course, tmp_path, name):
    (row,) = collect_download(released_course.folder, NAME, zipped(tmp_path / "x.zip", {name: "x"})).rows
    assert row.result == "not matched" and "give a list of the students with --students" in row.notes[0]
