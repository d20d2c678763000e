"""The history of grades loses no line, whatever ends the program."""

import pytest

from rnncourse.grading.run.checks_version import Version
from rnncourse.grading.run.history import History

OLD, NEW = Version({"ps/check-a": "1"}), Version({"ps/check-a": "2"})


def outcome(student, version, points, **more):
    about = {"student": student, "key": f"{student}-1", "checks": version.id, "scores": {"ps": {"check-a": points}}}
    return about | {"notebooks": {"ps": "long"}} | more


@pytest.fixture
def history(tmp_path):
    """A history in which two grades were entered, and one of them again."""
    path = tmp_path / "history.jsonl"
    History(path).add([outcome("ada", OLD, 1.0), outcome("bob", OLD, 0.0)], OLD, "first", tier="bubblewrap")
    History(path).add([outcome("ada", NEW, 2.0, was={"a": 1.0})], NEW, "changed", tier="podman")
    return path


def test_every_grade_is_kept_and_the_last_one_is_known(history):
    first, second = History(history).grades("ada")
    assert (first["why"], first["scores"], first["tier"]) == ("first", {"ps": {"check-a": 1.0}}, "bubblewrap")
    assert (second["why"], second["was"], second["checks"]) == ("changed", {"a": 1.0}, NEW.id)
    latest = History(history).latest()
    assert {student: line["checks"] for student, line in latest.items()} == {"ada": NEW.id, "bob": OLD.id}
    assert "long" not in history.read_text()


def test_each_version_is_written_once(history):
    again = History(history)
    again.add([outcome("bob", NEW, 1.0)], NEW, "changed")
    again.add([outcome("cy", NEW, 1.0)], NEW, "first")
    assert again.versions() == {OLD.id: OLD.cells, NEW.id: NEW.cells}
    assert history.read_text().count('"version"') == 2


def test_a_torn_line_harms_no_other(history):
    history.write_text(history.read_text() + '{"student": "cy", "ke')
    History(history).add([outcome("dan", NEW, 3.0)], NEW, "first")
    assert History(history).latest().keys() == {"ada", "bob", "dan"}


def test_nothing_is_written_where_nothing_was_entered(tmp_path):
    History(tmp_path / "none.jsonl").add([], NEW, "first")
    assert not (tmp_path / "none.jsonl").exists() and History(tmp_path / "none.jsonl").latest() == {}
