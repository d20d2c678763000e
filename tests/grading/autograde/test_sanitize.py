"""What would harm nbgrader is out of its way before it copies a submission."""

import os

from support.handed_in import NAME

from rnncourse.grading.autograde.sanitize import sanitize_submission


def test_what_would_harm_nbgrader_is_put_out_of_the_way(tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "timestamp.txt").write_text("soon")
    (tmp_path / "data.csv").write_text("1")
    sanitize_submission(notebooks=[str(tmp_path / "a.ipynb")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "timestamp.unreadable"]


def test_stock_nbgrader_grades_a_notebook_that_was_renamed(course):
    """One notebook of another name can only be the one; of two, neither is taken for it."""
    course.hand_in("ada").rename(course.place("ada") / "my answers (1).ipynb")
    course.hand_in("bela").rename(course.place("bela") / "one.ipynb")
    (course.place("bela") / "two.ipynb").write_bytes((course.place("bela") / "one.ipynb").read_bytes())
    course.hand_in("chen")
    worked, log = course.autograde()
    assert not worked and "No notebooks found" in log
    scores = course.scores()
    assert scores["ada"] == scores["chen"] > 0 and not scores["bela"]
    assert [path.name for path in course.place("ada").iterdir()] == [f"{NAME}.ipynb"]
    assert sorted(path.name for path in course.place("bela").iterdir()) == ["one.ipynb", "two.ipynb"]
