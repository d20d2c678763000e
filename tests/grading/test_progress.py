"""A run is shown with its sandbox, its rate and the time left; what was not graded is said, whatever it is called."""

import io
import re

import pytest
from rich.console import Console
from support.handed_in import NAME, RIGHT

from rnncourse.grading.progress import show, with_bar
from rnncourse.grading.run.driver import Driver

RED = "\x1b[31mred\x07"
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@pytest.fixture(scope="module")
def shown(module_course):
    """What a run says where it is not shown on a terminal: of three, of whom one crashes, and of two that cannot be."""
    course = module_course
    for student in ("ada", RED):
        course.hand_in(student)
    course.hand_in("crash", RIGHT | {"rnn_step": "def rnn_step(*a): return [][1]"})
    for student in (f"link {RED}", "file"):
        (course.folder / "submitted" / student).mkdir()
    (course.folder / "submitted" / f"link {RED}" / NAME).symlink_to(course.place("ada"))
    (course.folder / "submitted" / "file" / NAME).write_text("x")
    console = Console(file=io.StringIO(), width=300)
    driver = Driver(course.folder, NAME)
    assert not show(driver, 2, console) and driver.run.problems == {}
    return console.file.getvalue()


def test_what_was_graded_how_fast_and_what_was_not_is_said(shown):
    lines = shown.splitlines()
    assert lines[0].startswith("sandbox: bubblewrap: student code has no network")
    assert lines[1] == f"{NAME}: 3 to grade, 0 graded before"
    assert any(re.fullmatch(r"3 graded, \d+ per minute", line) for line in lines)
    failed = [line for line in lines if line.startswith("could not be graded: ")]
    assert len(failed) == 2 and "it is a file" in failed[0]
    assert failed[1].startswith("could not be graded: link red") and "its folder is a link" in failed[1]
    assert lines[-1] == (
        f"To take one of these up again: rnncourse grade {NAME} --only STUDENT; to leave one out: --skip STUDENT"
    )


def test_no_name_of_a_folder_commands_the_terminal(shown):
    assert not COMMANDS.search(shown.replace("\n", ""))


def test_a_crash_is_no_work_for_a_person(shown):
    assert "need a person" not in shown and "crash" not in shown


def test_a_bar_has_the_count_the_rate_and_the_time_left():
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None)
    assert list(with_bar(iter("abc"), 6, "graded", console)) == ["a", "b", "c"]
    said = console.file.getvalue()
    assert re.search(r"3/6 +\d+ per minute +(\d|-):", said), said
    assert said.endswith(" per minute\n")
