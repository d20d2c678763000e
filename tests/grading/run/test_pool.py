"""A pool hands every job out, keeps a window of them in flight, and gives what a lost worker had to others."""

from collections import Counter
from types import SimpleNamespace

import pytest

from rnncourse.grading.run.choose_pool import choose_pool
from rnncourse.grading.run.local_pool import LocalPool
from rnncourse.grading.run.pool import WINDOW, Pool, PoolError, WorkerLostError


class Bench(Pool):
    """Three workers; what they make of a job is known, and the last job that was handed out ends first."""

    LOST = 3

    def __init__(self, makes):
        self.makes, self.most, self.handed_out = makes, 0, Counter()

    def workers(self):
        return 3

    def submit(self, job):
        self.handed_out[job.key] += 1
        return job.key

    def finished(self, in_flight):
        self.most = max(self.most, len(in_flight))
        return list(in_flight)[-2:]

    def outcome(self, key):
        return self.makes(key, self.handed_out[key])

    def close(self):
        pass


def ended(makes, many=50):
    bench = Bench(makes)
    jobs = [SimpleNamespace(key=number) for number in range(many)]
    return bench, {job.key: outcome for batch in bench.outcomes(jobs) for job, outcome in batch}


def test_every_job_comes_back_once_and_a_window_is_in_flight():
    bench, found = ended(lambda key, times: {"key": key})
    assert found == {key: {"key": key} for key in range(50)}
    assert set(bench.handed_out.values()) == {1} and bench.most == WINDOW * 3


def test_what_a_lost_worker_had_goes_to_another():
    bench, found = ended(lambda key, times: WorkerLostError() if key % 7 == 0 and times == 1 else {"key": key})
    assert all(found[key] == {"key": key} for key in range(50))
    assert [key for key, times in bench.handed_out.items() if times == 2] == [0, 7, 14, 21, 28, 35, 42, 49]


def test_a_job_that_loses_every_worker_is_given_up_and_no_other_is():
    bench, found = ended(lambda key, times: WorkerLostError("lost") if key == 4 else {"key": key})
    assert bench.handed_out[4] == Bench.LOST and isinstance(found.pop(4), WorkerLostError)
    assert len(found) == 49 and not any(isinstance(outcome, Exception) for outcome in found.values())


def test_an_error_is_an_outcome():
    _, found = ended(lambda key, times: ValueError(key), many=3)
    assert all(isinstance(found[key], ValueError) for key in range(3))


def test_without_a_scheduler_there_are_processes():
    assert isinstance(choose_pool(None, 2), LocalPool)


def test_without_distributed_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rnncourse.grading.run.dask_pool", None)
    with pytest.raises(PoolError, match=r"pip install 'rnncourse\[scale\]'"):
        choose_pool("tcp://127.0.0.1:8786", 0)
