import json

import pytest

from benchmarks import schedule
from benchmarks.publish import RESULTS

MEASURED = {
    "by_student": {"ada": 1.0, "bela": 2.0, "hana": 30.0},
    "stragglers": ["hana"],
    "committer": {"SQLite": {"0": 0.010, "75000": 0.020}},
}


def test_an_entry_costs_what_it_does_in_a_class_of_that_size():
    assert schedule.entry_seconds(MEASURED, "SQLite", 30) == 0.010
    assert schedule.entry_seconds(MEASURED, "SQLite", 75_000) == 0.020


def test_a_class_is_like_the_sample_class_with_a_few_stragglers():
    assert schedule.average_work(MEASURED) == pytest.approx(0.99 * 1.5 + 0.01 * 30, rel=1e-12)
    assert schedule.average_work(MEASURED | {"stragglers": []}) == pytest.approx(11, rel=1e-12)


def test_workers_share_the_work_until_the_committer_is_the_bottleneck():
    times = [schedule.run_seconds(200.0, 4.0, workers, 1.0) for workers in (1, 2, 4, 50, 64)]
    assert times == [201, 101, 51, 5, 5]


def test_the_computed_times_are_those_of_the_real_runs():
    measured = json.loads((RESULTS / "schedule.json").read_text(encoding="utf-8"))
    assert [run["workers"] for run in measured["validation"]] == [1, 2]
    for run in measured["validation"]:
        computed = schedule.run_seconds(run["work"], 0.0, run["workers"], measured["start"])
        assert run["seconds"] == pytest.approx(computed, rel=0.1)


def test_the_page_is_made_from_the_measurement():
    measured = json.loads((RESULTS / "schedule.json").read_text(encoding="utf-8"))
    assert (RESULTS / "schedule.md").read_text(encoding="utf-8") == schedule.markdown(measured)
