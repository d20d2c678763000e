"""Each limit holds, each can be set for a problem set, the book's table is right, and what cannot be is refused."""

import time
from dataclasses import fields
from pathlib import Path

import pytest
from support.handed_in import NAME

from rnncourse.grading.run.driver import Driver
from rnncourse.grading.sandbox.bubblewrap import BubblewrapSandbox
from rnncourse.grading.sandbox.limits import MB, Limits, LimitsError, read, table
from rnncourse.grading.sandbox.remote import OutOfTimeError, ProcessEnded, Remote

PAGE = Path(__file__).parents[3] / "book" / "appendix_teaching.md"


@pytest.fixture(scope="module")
def running(sandbox):
    """Start a sandbox."""
    running = BubblewrapSandbox()
    yield running
    running.close()


@pytest.fixture
def under(running):
    """A student's process under other limits than the defaults."""
    begun = []

    def under(**limits):
        for remote in begun:  # a sandbox has one child at a time
            remote.close()
        begun.append(Remote(running, Limits(**limits)))
        return begun[-1]

    yield under
    begun[-1].close()


def shown(outputs):
    """Texts and errors of a cell's outputs."""
    return [one.get("text", one.get("name")) for one in outputs]


def test_seconds_of_a_call(under):
    remote = under(call_seconds=0.3)
    remote.cell("import time\ndef f(seconds):\n    time.sleep(seconds); return seconds")
    assert remote.call("f", (0.01,), {}) == 0.01
    with pytest.raises(OutOfTimeError):
        remote.call("f", (20.0,), {})


def test_seconds_of_a_cell(under):
    assert shown(under(cell_seconds=0.3).cell("while True: pass")) == ["OutOfTimeError"]


def test_seconds_of_a_notebook(under):
    remote, start = under(notebook_seconds=1.5, cell_seconds=20), time.monotonic()
    with pytest.raises(ProcessEnded, match=r"the 1.5 seconds of this notebook are used up"):
        while time.monotonic() < start + 60:
            remote.cell("import time\ntime.sleep(0.4)")


def test_processor_seconds(under):
    with pytest.raises(ProcessEnded, match="ended by signal"):
        under(cpu_seconds=1, cell_seconds=60).cell("import signal\nsignal.signal(24, signal.SIG_IGN)\nwhile True: pass")


def test_memory(under):
    code = "try:\n    a = bytearray({} << 20); print(len(a) >> 20)\nexcept MemoryError:\n    print('no')"
    remote = under(memory=1024 * MB)
    assert shown(remote.cell(code.format(100))) == ["100\n"] and shown(remote.cell(code.format(1100))) == ["no\n"]
    assert shown(under(memory=2048 * MB).cell(code.format(1100))) == ["1100\n"]


@pytest.mark.parametrize("limits, most", [({"disk": 3 * MB}, 3), ({"file_bytes": 2 * MB}, 2)])
def test_disk_and_the_size_of_a_file(under, limits, most):
    code = """
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
done = 0
with open("/tmp/full", "wb", buffering=0) as file:
    try:
        while file.write(bytes(1 << 16)) == 1 << 16: done += 1
    except OSError: pass
print(done >> 4)
"""
    (said,) = shown(under(**limits).cell(code))
    assert most - 1 <= int(said) <= most


def test_output(under):
    outputs = under(output_bytes=2000).cell("for _ in range(100): print('x' * 99)")
    assert outputs.pop() == {"kind": "cut"}  # the grader says so
    assert 1800 <= "".join(shown(outputs)).count("x") <= 2000
    assert "".join(shown(under(output_bytes=20_000).cell("print('x' * 15_000)"))).count("x") == 15_000


def test_open_files_and_processes(under):
    code = "all = []\ntry:\n    while True: all.append(open('/dev/null'))\nexcept OSError: print(len(all))"
    (said,) = shown(under(open_files=40).cell(code))
    assert 20 <= int(said) < 40
    code = "import os, time\nn = 0\ntry:\n    while os.fork(): n += 1\n    time.sleep(60)\nexcept OSError: print(n)"
    (said,) = shown(under(processes=8).cell(code))
    assert 1 <= int(said) < 8


def test_the_book_s_table_is_that_of_the_defaults():
    assert "\n".join(table()) in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "limits, words",
    [
        ({"memory": 1}, "the limit memory is 1; it has to be a whole number of at least 268435456"),
        ({"memory": "4 GB"}, "the limit memory is '4 GB'; it has to be a whole number"),
        ({"call_seconds": 0}, "the limit call_seconds is 0; it has to be a number of at least 0.1"),
        ({"cell_seconds": float("nan")}, "the limit cell_seconds is nan"),
        ({"processes": True}, "the limit processes is True"),
        ({"seconds": 3, "ram": 1}, "has ram, seconds; there is call_seconds, cell_seconds, notebook_seconds"),
        ({"user": 0}, "has user; there is"),
        ([3], r"is \[3\]; it has to be a dict"),
    ],
)
def test_what_cannot_be_is_refused(limits, words):
    with pytest.raises(LimitsError, match=rf"c\.SandboxedExecute\.limits\['ps6'\].*{words}"):
        read({"ps6": limits}, "ps6")
    assert read({"ps6": limits}, "ps1") == {}


def test_each_limit_can_be_set():
    doubled = {one.name: one.default * 2 for one in fields(Limits)}
    assert read({"ps6": doubled}, "ps6") == doubled


def test_both_commands_refuse_before_anything_is_graded(released_course, sandbox):
    course = released_course
    course.hand_in("ada")
    course.allow(seconds=3)
    with pytest.raises(LimitsError, match="has seconds; there is"):
        Driver(course.folder, NAME)
    worked, log = course.autograde()
    assert not worked and "has seconds; there is" in log
    assert not (course.folder / "autograded").exists()
