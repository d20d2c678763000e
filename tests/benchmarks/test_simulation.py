import random

import pytest

from benchmarks.simulation import Costs, Losses, Simulation


def run(service, workers, costs=None, losses=None):
    return Simulation(service, workers, costs or Costs(entry=0.0), losses).run()


def test_one_worker_and_a_committer_that_keeps_up_take_the_work_and_one_entry():
    result = run([2.0, 3.0, 4.0], 1, Costs(entry=0.5, transaction=0.25, start=1.0))
    assert result.seconds == 1 + 2 + 3 + 4 + 0.75
    assert result.committer == pytest.approx(3 * 0.75 / 10.75, rel=1e-12)
    assert result.workers == pytest.approx(9 / 10.75, rel=1e-12)


def test_two_workers_share_the_work():
    assert run([3.0, 1.0, 1.0, 1.0], 2).seconds == 3.0


def test_a_slow_committer_is_the_bottleneck_and_what_waits_makes_one_transaction():
    # The first of four goes alone; the other three, graded meanwhile, go together.
    result = run([1.0] * 4, 4, Costs(entry=1.0, transaction=10.0))
    assert result.seconds == 1 + 11 + 13 and result.longest_queue == 4 - 1


def test_the_committer_s_rate_bounds_the_class():
    result = run([1.0] * 3000, 1000, Costs(entry=0.1))
    assert result.seconds == pytest.approx(1 + 300, abs=1.0) and result.committer > 0.99


@pytest.mark.parametrize("rate", [0.0, 30.0])
def test_every_job_is_entered_once(rate):
    service = [random.Random(0).expovariate(0.5) for _ in range(500)]
    result = run(service, 7, Costs(entry=0.01, start=1.0), Losses(rate, replaced_after=20.0))
    assert result.entered == 500 and (result.lost > 0) == (rate > 0)
    assert result.workers * result.seconds * 7 == pytest.approx(sum(service), rel=1e-9)


def test_more_workers_never_take_longer_where_jobs_are_equal():
    times = [run([1.0] * 200, workers, Costs(entry=0.02)).seconds for workers in (1, 2, 4, 8, 16, 64)]
    assert times == sorted(times, reverse=True) and times[0] > 4 * times[3]


def test_losing_workers_costs_time():
    calm, rough = (run([10.0] * 400, 10, losses=Losses(rate, replaced_after=60.0)).seconds for rate in (0.0, 20.0))
    assert calm == 400 and rough > 1.1 * calm


def test_the_same_seed_gives_the_same_run():
    losses = Losses(20.0)
    assert run([5.0] * 100, 4, losses=losses) == run([5.0] * 100, 4, losses=losses)
