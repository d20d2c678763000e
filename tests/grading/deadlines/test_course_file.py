"""course.toml is read, and what cannot be is told where it stands and what to write."""

from datetime import datetime, timedelta

import pytest

from rnncourse.authoring.errors import CourseError
from rnncourse.grading.deadlines.course_file import Deadlines, read_deadlines
from rnncourse.grading.deadlines.policy import LatePolicy

WHOLE = """
timezone = "Europe/Berlin"

[late]
per_day = 10
grace_hours = 1

[sets.ps1_forward]
due = 2026-11-16T12:00:00
attempts = "best"
late = { cap = 50 }

[sets.ps1_forward.extensions]
ada = "3 days"
bela = 2026-11-17T12:00:00
"x.y" = "36 hours"

[sets.ps2_loss]
due = 2026-07-01
"""


@pytest.fixture
def read(tmp_path):
    """Read a file's text."""

    def run(text, problem_set="ps1_forward"):
        (tmp_path / "course.toml").write_text(text)
        return read_deadlines(tmp_path, problem_set)

    return run


def test_a_whole_file(read):
    found = read(WHOLE)
    assert found.due == datetime(2026, 11, 16, 11) and found.attempts == "best"
    assert found.policy == LatePolicy(per_day=10, grace_hours=1, cap=50)
    assert found.extensions == {
        "ada": timedelta(days=3),
        "bela": timedelta(days=1),
        "x.y": timedelta(hours=36),
    }


def test_a_day_ends_in_the_course_s_time_zone(read):
    found = read(WHOLE, "ps2_loss")
    assert found.due == datetime(2026, 7, 1, 21, 59, 59) and found.extensions is None and found.attempts == "last"
    assert found.policy == LatePolicy(per_day=10, grace_hours=1)


def test_what_the_file_does_not_say_is_not_said(read, tmp_path):
    assert read("", "ps9") == read("[sets.ps9]", "ps9") == Deadlines()
    assert read(WHOLE, "ps9") == Deadlines(policy=LatePolicy(per_day=10, grace_hours=1))
    (tmp_path / "course.toml").unlink()
    assert read_deadlines(tmp_path, "ps9") == Deadlines()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[late", "is no TOML: "),
        ("[lateness]", "lateness means nothing; there may be course, timezone, late, sets"),
        ("[late]\nperday = 1", "late.perday means nothing; there may be per_day, grace_hours, cap, floor, of, days"),
        ("[late]\nper_day = '10 %'", r"late.per_day = '10 %' cannot be; write a number from 0 to 100"),
        ("[late]\nper_day = true", "late.per_day = True cannot be"),
        ("[late]\ncap = -1", "late.cap = -1 cannot be; write a number from 0 to 100"),
        ("[late]\nof = 'all'", 'late.of = \'all\' cannot be; write "points" or "maximum"'),
        ("late = 10", r"late = 10 cannot be; write a table \[late\]"),
        ("timezone = 'Mars'", "timezone = 'Mars' cannot be; write \"Europe/Berlin\""),
        ("[sets.a]\ndue = '16 November'", "sets.a.due = '16 November' cannot be; write a time such as"),
        ("[sets.a]\nattempts = 'first'", 'attempts = \'first\' cannot be; write "last" or "best"'),
        ("[sets.a]\ndeu = 1", "sets.a.deu means nothing; there may be due, late, extensions, attempts, points"),
        (
            "[sets.a.extensions]\nada = 'some'",
            "sets.a.extensions.ada = 'some' cannot be; write \"3 days\"",
        ),
        ("[sets.a.extensions]\nada = 2026-01-01", 'write "3 days" or "36 hours", since there is no due date'),
        (
            "[sets.a]\ndue = 2026-02-01\nextensions = { ada = 2026-01-01 }",
            "extensions.ada = datetime.date.* cannot be; write .* a time after the due date",
        ),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(read, text, why):
    with pytest.raises(CourseError, match=rf"course\.toml.*{why}"):
        read(text)
