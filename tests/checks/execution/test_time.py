"""A right answer never fails for load: what counts is its own processor time, and it has a second try."""

import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from rnncourse import check
from rnncourse.checks.execution import calling

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no interval timer on Windows")


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(calling, "SECONDS", 0.3)


def right_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)


def busy(seconds):
    """Take processor time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_who_waits_for_a_turn_has_not_run_out_of_time():
    def slow(*arguments):
        time.sleep(0.4)
        return right_step(*arguments)

    assert check.rnn_step(slow).passed


def test_what_is_slow_at_the_first_call_alone_is_right():
    calls = []

    def slow_once(*arguments):
        calls.append(1)
        busy(2 if len(calls) == 1 else 0)
        return right_step(*arguments)

    assert check.rnn_step(slow_once).passed


@pytest.mark.parametrize("wait, wall, said", [(busy, 200, "within 0.3 seconds"), (time.sleep, 4, "within 1.2 seconds")])
def test_what_never_ends_is_stopped_after_a_second_try(wait, wall, said, monkeypatch):
    monkeypatch.setattr(calling, "WALL", wall)  # long for what is busy: on a loaded machine the wall would come first
    calls = []

    def endless(*arguments):
        calls.append(1)
        wait(60)

    result = check.rnn_step(endless)
    assert result == 0 and said in str(result)
    assert len(calls) == 2


def test_the_rest_of_a_limit_is_known_while_it_runs():
    outcome = calling.call(lambda: calling.seconds_left(), {})
    assert 0 < outcome.values[0] <= calling.WALL * calling.SECONDS
    assert calling.seconds_left() == float("inf")


def test_torch_is_imported_before_any_call_is_timed():
    pytest.importorskip("torch")
    code = """
    import sys
    from rnncourse import check
    from rnncourse.checks import EXERCISES
    from rnncourse.misconceptions import TEXTBOOK

    there = []
    textbook = EXERCISES["rnn_function"].adapt(TEXTBOOK["rnn_function"])

    def rnn_function(*arguments):
        there.append("torch" in sys.modules)
        return textbook(*arguments)

    assert "torch" not in sys.modules
    assert check.rnn_function(rnn_function).passed
    assert all(there)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)
