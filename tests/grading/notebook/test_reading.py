"""What was handed in is read whatever it is."""

import os

import pytest

from benchmarks.hostile.files import deep_folders, remove
from rnncourse.grading.notebook.reading import MOST_DEPTH, UnreadableError, entries, files_beside, read_bytes


def test_no_link_is_followed_and_no_pipe_waited_for(tmp_path):
    (tmp_path / "secret").write_text("42")
    (tmp_path / "link").symlink_to("secret")
    os.mkfifo(tmp_path / "pipe")
    for name, words in (
        ("link", "link to another file"),
        ("pipe", "not a file"),
        (".", "not a file"),
        ("no", "No such"),
    ):
        with pytest.raises(UnreadableError, match=words):
            read_bytes(tmp_path / name)


def test_a_large_file_is_not_read(tmp_path):
    with open(tmp_path / "large", "wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(UnreadableError, match="larger than 20 MB; clear its outputs"):
        read_bytes(tmp_path / "large")


def test_files_beside_a_notebook_come_along_and_links_do_not(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("1,2")
    (tmp_path / "a.ipynb").write_text("{}")
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    assert files_beside(tmp_path) == {"data/x.csv": b"1,2"}


def test_what_lies_in_a_folder_is_listed_in_order_without_links_and_not_for_ever_deep(tmp_path):
    for name in ("b/c/d.txt", "a.txt", "b/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "link").symlink_to(tmp_path / "b")
    names = ["a.txt", "b", "b/a.txt", "b/c", "b/c/d.txt", "link"]
    assert [str(path.relative_to(tmp_path)) for path in entries(tmp_path)] == names
    assert files_beside(tmp_path).keys() == {"a.txt", "b/a.txt", "b/c/d.txt"}
    deep_folders(tmp_path / "b")
    try:
        assert len(entries(tmp_path)) == len(names) + MOST_DEPTH - 1
    finally:
        remove(tmp_path / "b")
    assert entries(tmp_path / "none") == []
