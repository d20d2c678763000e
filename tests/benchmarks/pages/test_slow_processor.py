"""Processes are stopped and let go on, those that are meant and no other, and run freely afterwards."""

import subprocess
import sys
import time

import psutil
import pytest

from benchmarks.pages.slow_processor import slowed

COUNT = "import time\nwhile True: time.sleep(0.001)"


@pytest.fixture
def counting():
    """Two processes of ours that run until the test is over."""
    processes = [subprocess.Popen([sys.executable, "-c", COUNT]) for _ in range(2)]
    yield [psutil.Process(process.pid) for process in processes]
    for process in processes:
        process.kill()
        process.wait(20)


def states(processes, rounds=400):
    """See in which states processes are found, looking at them for some seconds."""
    seen = [set() for _ in processes]
    for _ in range(rounds):
        for process, found in zip(processes, seen, strict=True):
            found.add(process.status() == psutil.STATUS_STOPPED)
        time.sleep(0.005)
    return seen


def test_only_the_meant_one_is_stopped_now_and_then(counting):
    meant, _ = counting
    with slowed(4, lambda process: process.pid == meant.pid):
        assert states(counting) == [{True, False}, {False}]
    assert states(counting, 50) == [{False}, {False}]
    assert meant.is_running()


def test_once_as_slow_changes_nothing(counting):
    with slowed(1, lambda process: True):
        assert states(counting, 50) == [{False}, {False}]
