from benchmarks.checks import measure


def test_a_row_counts_what_a_learner_meets():
    row = measure("output_layer", seeds=range(2), pairs=3)
    assert row["mistakes"] == 5 and row["detected"] == row["named"] == 10
    assert (row["misnamed"], row["false_alarms"]) == (0, 0)
    assert row["right_ms"] > 0 and row["wrong_ms"] > 0
