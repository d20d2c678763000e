"""A submission is rebuilt from the release, whatever it is."""

import os

import pytest
from grading_helpers import NAME, RIGHT

from rnncourse.authoring.release import CourseError, nbgrader
from rnncourse.grading import submissions
from rnncourse.grading.ingest import clear_the_way, rebuild
from rnncourse.grading.reading import Cell, UnreadableError, files_beside, read_bytes


def solution(notebook, grade_id):
    """The source of a cell."""
    return next(one.source for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


@pytest.fixture
def cells(released_course):
    """The cells of a right submission."""
    return [
        Cell(one.metadata.get("nbgrader", {}).get("grade_id"), one.cell_type, one.source)
        for one in released_course.answered(RIGHT).cells
    ]


def test_a_right_submission_is_the_release_with_its_solutions(released_course, cells):
    notebook, notes = rebuild(released_course.starter(), cells, {})
    assert notes == []
    assert [one.source for one in notebook.cells] == [one.source for one in released_course.answered(RIGHT).cells]


def test_graded_and_locked_cells_are_the_gradebooks(released_course, cells):
    tampered = [
        Cell(one.grade_id, one.kind, "100.0") if one.grade_id in ("setup", "check-rnn_step") else one for one in cells
    ]
    notebook, _ = rebuild(released_course.starter(), tampered, {"setup": "import numpy as np"})
    assert solution(notebook, "setup") == "import numpy as np"
    assert solution(notebook, "check-rnn_step") == "check.rnn_step(rnn_step)"


def test_own_cells_stay_where_they_were(released_course, cells):
    place = [one.grade_id for one in cells].index("rnn_step")
    notebook, _ = rebuild(
        released_course.starter(), [*cells[:place], Cell(None, "code", "helper = 1"), *cells[place:]], {}
    )
    sources = [one.source for one in notebook.cells]
    assert sources.index("helper = 1") < sources.index(RIGHT["rnn_step"])


def test_missing_doubled_and_renamed_cells_are_named(released_course, cells):
    kept = [one for one in cells if one.grade_id != "rnn_forward"]
    renamed = [Cell(None if one.grade_id == "output_layer" else one.grade_id, one.kind, one.source) for one in kept]
    notebook, notes = rebuild(released_course.starter(), [*renamed, Cell("rnn_step", "code", "x = 1")], {})
    assert notes == [
        "cell rnn_step was there twice; the last one counts",
        "cell output_layer had lost its id; it was found by what it defines",
        "cell rnn_forward was missing",
    ]
    assert solution(notebook, "rnn_step") == "x = 1" and solution(notebook, "output_layer") == RIGHT["output_layer"]
    assert "NotImplementedError" in solution(notebook, "rnn_forward")


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


def test_what_would_harm_nbgrader_is_put_out_of_the_way(tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "timestamp.txt").write_text("soon")
    (tmp_path / "data.csv").write_text("1")
    clear_the_way(notebooks=[str(tmp_path / "a.ipynb")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "timestamp.unreadable"]


def test_a_key_follows_content_student_and_rules(released_course):
    path = released_course.hand_in("ada")
    released_course.hand_in("bela")

    def keys(rules=0):
        return {
            one.student: one.key for one in submissions.find(released_course.folder / "submitted", NAME, (NAME,), rules)
        }

    before = keys()
    assert before == keys() and before["ada"] != before["bela"] and keys(1)["ada"] != before["ada"]
    path.write_text(path.read_text() + "\n")
    assert keys()["ada"] != before["ada"] and keys()["bela"] == before["bela"]


def test_stock_nbgrader_grades_a_notebook_that_was_renamed(course):
    """One notebook of another name can only be the one; of two, neither is taken for it."""
    course.hand_in("ada").rename(course.place("ada") / "my answers (1).ipynb")
    course.hand_in("bela").rename(course.place("bela") / "one.ipynb")
    (course.place("bela") / "two.ipynb").write_bytes((course.place("bela") / "one.ipynb").read_bytes())
    course.hand_in("chen")
    with pytest.raises(CourseError, match="No notebooks found"):
        nbgrader(course.folder, "autograde", NAME)
    scores = course.scores()
    assert scores["ada"] == scores["chen"] > 0 and not scores["bela"]
    assert [path.name for path in course.place("ada").iterdir()] == [f"{NAME}.ipynb"]
    assert sorted(path.name for path in course.place("bela").iterdir()) == ["one.ipynb", "two.ipynb"]
