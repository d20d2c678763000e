"""Of several attempts the best counts, if course.toml says so: through `rnncourse grade`."""

import pytest
from support.handed_in import NAME, RIGHT
from typer.testing import CliRunner

from rnncourse.cli import app

BEST = f'[sets.{NAME}]\nattempts = "best"\ndue = 2030-01-01\n[late]\nper_day = 10\n'
PART = {name: RIGHT[name] for name in ("shapes", "rnn_step")}


@pytest.fixture
def attempt(course):
    """Hand in, grade; returns what the command printed."""

    def run(answers=None, stamp=None, *options):
        if answers is not None:
            (course.hand_in("ada", answers).parent / "timestamp.txt").write_text(stamp)
        command = ["grade", NAME, "--course", str(course.folder), "--jobs", "1", *options]
        done = CliRunner().invoke(app, command, env={"COLUMNS": "200"}, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_the_best_of_several_attempts_counts_less_what_being_late_costs(course, attempt):
    (course.folder / "course.toml").write_text(BEST)
    attempt(PART, "2029-12-30 00:00:00 UTC")
    part = course.scores()["ada"]
    attempt(RIGHT, "2029-12-31 00:00:00 UTC")
    assert course.scores()["ada"] == 100 > part
    graded = course.shown("ada")
    out = attempt(PART, "2030-01-01 00:00:00 UTC")
    assert f"attempt passed over: ada: {part:g} points; an earlier attempt has 100, and the best counts" in out
    assert course.scores()["ada"] == 100 and course.shown("ada") == graded
    assert "0 to grade, 1 graded before" in attempt()
    attempt(None, None, "--again")
    assert course.scores()["ada"] == 100
    late = RIGHT | {"shapes": RIGHT["shapes"] + "\n"}
    assert "90 points; an earlier attempt has 100" in attempt(late, "2030-01-02 12:00:00 UTC")


def test_the_same_attempt_is_entered_again_though_it_is_worth_less(course, attempt):
    (course.folder / "course.toml").write_text(BEST)
    attempt(RIGHT, "2029-12-31 00:00:00 UTC")
    (course.folder / "course.toml").write_text(BEST.replace("2030", "2028"))
    attempt()
    assert course.scores()["ada"] == 0
    assert "attempt passed over" not in attempt(None, None, "--again")


def test_the_last_counts_where_nothing_is_said(course, attempt):
    attempt(RIGHT, "2029-12-31 00:00:00 UTC")
    attempt(PART, "2030-01-01 00:00:00 UTC")
    assert 0 < course.scores()["ada"] < 100


def test_an_older_version_that_is_handed_in_again_is_the_last(course, attempt):
    attempt(PART, "2029-12-30 00:00:00 UTC")
    part = course.scores()["ada"]
    attempt(RIGHT, "2029-12-31 00:00:00 UTC")
    assert course.scores()["ada"] == 100
    attempt(PART, "2029-12-31 12:00:00 UTC")
    assert course.scores()["ada"] == part
    assert "0 to grade, 1 graded before" in attempt()
