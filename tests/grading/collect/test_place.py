"""What is there already is never lost: not to an older hand-in, not to an interruption, not to a second run."""

import os
from pathlib import Path

import pytest
from support.collecting import NAME, write

from rnncourse.grading.collect.collect import collect_download, options


def hand_in(course, folder, content, when=None, changed=None):
    """Collect one notebook from ada; what the report says."""
    name = f"ps1_gc_ada_attempt_{when}_x.ipynb" if when else "ada/x.ipynb"
    source = write(folder / f"download {content}", {name: content})
    if changed:
        os.utime(source / name, (changed, changed))
    return source, collect_download(course.folder, NAME, source).rows[0].result


def there(course):
    return (course.folder / "submitted" / "ada" / NAME / f"{NAME}.ipynb").read_text()


OLD, NEW = "2026-01-30-10-00-00", "2026-01-31-10-00-00"


@pytest.mark.parametrize(
    "first, second, result",
    [
        ({"when": OLD}, {"when": NEW}, "replaced"),
        ({"when": NEW}, {"when": OLD}, "left: newer there"),
        ({"changed": 1.7e9}, {"changed": 1.8e9}, "replaced"),
        ({"changed": 1.8e9}, {"changed": 1.7e9}, "left: newer there"),
        ({"changed": 1.7e9}, {"changed": 1.7e9}, "not replaced: another is there, and may be newer"),
        ({"changed": 1.7e9}, {"when": NEW}, "not replaced: another is there, and may be newer"),
    ],
)
def test_only_what_is_known_to_be_newer_takes_the_place_of_another(released_course, tmp_path, first, second, result):
    assert hand_in(released_course, tmp_path, "first", **first)[1] == "collected"
    source, said = hand_in(released_course, tmp_path, "second", **second)
    assert said == result and there(released_course) == ("second" if result == "replaced" else "first")
    collect_download(released_course.folder, NAME, source, options(replace=True))
    assert there(released_course) == "second"


@pytest.mark.parametrize("step, at", [("write_bytes", 1), ("rename", 1), ("rename", 2)])
def test_an_interruption_leaves_the_old_or_the_new(released_course, tmp_path, monkeypatch, step, at):
    hand_in(released_course, tmp_path, "first", changed=1.7e9)
    source = write(tmp_path / "download", {"ada/x.ipynb": "second"})
    real, calls = getattr(Path, step), []

    def ends(*arguments):
        calls.append(arguments)
        if len(calls) == at:
            raise KeyboardInterrupt
        return real(*arguments)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, step, ends)
        collect_download(released_course.folder, NAME, source)
    again = collect_download(released_course.folder, NAME, source)
    assert again.complete and there(released_course) == "second"
    folder = released_course.folder / "submitted" / "ada"
    assert [one.name for one in folder.iterdir()] == [NAME]


def test_a_link_in_the_place_of_a_folder_is_not_followed(released_course, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (released_course.folder / "submitted").mkdir()
    (released_course.folder / "submitted" / "ada").symlink_to(tmp_path / "elsewhere")
    _, said = hand_in(released_course, tmp_path, "first")
    assert said == "not replaced: a link or a file lies in its place" and not any((tmp_path / "elsewhere").iterdir())
