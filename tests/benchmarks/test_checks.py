from benchmarks.checks import draw_pairs, measure, styles
from rnncourse.misconceptions import CATALOGUE


def test_a_row_counts_what_a_learner_meets():
    row = measure("output_layer", seeds=range(2), pairs=3)
    assert row["mistakes"] == 5 and row["detected"] == row["named"] == 10
    assert (row["misnamed"], row["false_alarms"]) == (0, 0)
    assert row["right_ms"] > 0 and row["wrong_ms"] > 0


def test_of_a_pair_both_are_visible_or_one_hides_the_other():
    pairs = list(draw_pairs("clip_gradients", 0, 30))
    assert len(pairs) == 30
    assert all(set(visible) <= set(pair) for pair, visible in pairs)
    assert {len(visible) for _, visible in pairs} == {1, 2}
    assert list(draw_pairs("clip_gradients", 0, 30)) == pairs


def test_styles_are_those_of_the_tests_and_none_fails():
    kept = styles(("softmax",))
    assert kept["softmax"][0] >= 20 and kept["softmax"][1] == 0
    assert set(kept) == {"softmax"} <= set(CATALOGUE)


def test_whoever_never_clips_does_not_show_how_the_length_is_taken():
    every = {tuple(one.label for one in pair): visible for pair, visible in draw_pairs("clip_gradients", 0, 1000)}
    visible = every.get(("no-square-root", "never-clips")) or every["never-clips", "no-square-root"]
    assert [one.label for one in visible] == ["never-clips"]
