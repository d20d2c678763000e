import json

import pytest

from benchmarks import schedule
from benchmarks.publish import RESULTS

MEASURED = {
    "by_student": {"ada": 1.0, "bela": 2.0, "hana": 30.0},
    "stragglers": ["hana"],
    "start": 3.0,
    "committer": {"SQLite": {"0/1": 0.030, "0/20": 0.011, "75000/1": 0.040, "75000/20": 0.021}},
}


def test_one_entry_and_twenty_give_what_an_entry_and_a_transaction_cost():
    found = schedule.costs(MEASURED, "SQLite", 30)
    assert found.transaction == pytest.approx(0.020, rel=1e-12) and found.entry == pytest.approx(0.010, rel=1e-12)
    assert schedule.costs(MEASURED, "SQLite", 75_000).entry == pytest.approx(0.020, rel=1e-12)


def test_a_class_is_drawn_from_the_sample_class_with_a_few_stragglers():
    drawn = schedule.drawn(MEASURED, 20_000)
    assert set(drawn) == {1.0, 2.0, 30.0} and drawn == schedule.drawn(MEASURED, 20_000)
    assert 0.005 < drawn.count(30.0) / 20_000 < 0.015


def test_the_page_is_made_from_the_measurement():
    measured = json.loads((RESULTS / "schedule.json").read_text())
    assert (RESULTS / "schedule.md").read_text(encoding="utf-8") == schedule.markdown(measured)
