"""A student's process that speaks the protocol itself: no end of talk, no flood, and no harm to who comes next."""

import signal
import time

import pytest

from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.grading.sandbox.bubblewrap import BubblewrapSandbox
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.grading.sandbox.protocol.answers import ProcessEnded
from rnncourse.grading.sandbox.remote import Remote

SPEAK = """
import gc, json, struct
from rnncourse.grading.sandbox.protocol.channel import Channel
channel = [found for found in gc.get_objects() if isinstance(found, Channel)][0]
def say(**fields):
    head = json.dumps({"m": {"$": "dict", "k": list(fields), "v": list(fields.values())}, "b": []}).encode()
    channel.socket.settimeout(None)
    channel.socket.sendall(struct.pack(">II", len(head), 0) + head)
"""
IGNORE = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\n"


@pytest.fixture(scope="module")
def running(sandbox):
    """Start a sandbox; at the end an honest student is served in it."""
    running = BubblewrapSandbox()
    yield running
    remote = Remote(running, Limits())
    assert remote.cell("print('served')") == [{"kind": "stdout", "text": "served\n"}]
    remote.close()
    assert running.lost is None
    running.close()


@pytest.fixture
def remote(running):
    remote = Remote(running, Limits(call_seconds=0.5, cell_seconds=1.0, notebook_seconds=4.0))
    yield remote
    remote.close()


def test_call_backs_without_end_are_ended(remote):
    with pytest.raises(ProcessEnded, match="did not end within 1 seconds"):
        remote.cell(SPEAK + IGNORE + "while True: say(back=0)")


def test_talk_after_a_time_limit_is_not_waited_for(remote):
    remote.cell(
        SPEAK + "def f():\n    signal.pthread_sigmask(0, range(1, 64))\n    while True: say(back=0)\nimport signal"
    )

    def stop(signum, frame):
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(OutOfTimeError):  # as a check stops a call; its answer is still to come
            remote.call("f", (), {})
    finally:
        signal.signal(signal.SIGALRM, before)
    assert remote.cell("print('again')") == [{"kind": "stdout", "text": "again\n"}]


def test_the_sandbox_itself_ends_a_process_whose_time_is_over(running):
    channel = running.fork(Limits(), 0.5)
    with pytest.raises(EOFError):
        channel.receive(60)
    channel.close()
    assert running.reap() == 9  # by SIGKILL, though nobody had asked for its end


@pytest.mark.parametrize(
    "said",
    ["say(outputs={})", "say(unknown=1)", "say(back='x')", "say(value={'$': 'rng', 'v': [-1, 2**300, 0, 0]})"],
)
def test_an_answer_of_another_form_ends_the_process_and_says_so(remote, said):
    with pytest.raises(ProcessEnded, match="gave an answer that cannot be read"):
        remote.cell(SPEAK + said)


def test_text_of_a_process_is_valid(remote):
    (shown,) = remote.cell("print('\\ud800 \\x1b[31mred\\x1b[0m \\x07')")
    assert shown["text"] == "\ufffd red \u2407\n"


def test_an_alarm_in_the_midst_of_an_end_leaves_the_sandbox_of_use(running):
    def stop(signum, frame):
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    try:
        for wait in (0.001, 0.002, 0.004, 0.008, 0.016, 0.032):
            remote = Remote(running, Limits())
            signal.setitimer(signal.ITIMER_REAL, wait)
            try:
                remote.cell("1")
                remote.close()
                time.sleep(0.05)
            except OutOfTimeError:
                pass
            remote.close()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_no_process_is_started_when_the_time_is_used_up(running, monkeypatch):
    monkeypatch.setattr("rnncourse.grading.sandbox.remote.SLACK_SECONDS", 0.0)
    remote = Remote(running, Limits(notebook_seconds=1.0))
    remote.cell("1")
    remote.close()
    time.sleep(1.0)
    with pytest.raises(ProcessEnded, match=r"the 1 seconds of this notebook are used up"):
        remote.cell("2")
    assert running.alive and running.lost is None


def test_a_sandbox_that_is_asked_to_end_nothing_stays(running):
    assert running.reap() is None
    assert running.alive and running.lost is None
