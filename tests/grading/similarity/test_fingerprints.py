"""Fingerprints are shared by what shares a long run, and lines in another order keep theirs."""

from support.copied import renamed, reordered

from rnncourse.grading.similarity.fingerprints import RUN, WINDOW, fingerprints, winnowed

SOURCE = """
def f(x, h0, W):
    rows = np.zeros((len(x), W.shape[0]))
    before = h0.copy()
    for t in range(len(x)):
        before = np.tanh(x[t] @ W.T + before)
        rows[t] = before
    return rows
"""


def test_every_run_of_a_window_s_length_shares_a_kept_one():
    hashes = [hash((number, "x")) for number in range(60)]
    for start in range(60 - WINDOW):
        assert winnowed(hashes[start : start + WINDOW]) <= winnowed(hashes)
    assert len(winnowed(hashes)) < 40 and winnowed([]) == set() and winnowed([3, 1]) == {1}


def test_other_names_change_nothing():
    assert fingerprints(renamed(SOURCE)).keys() == fingerprints(SOURCE).keys()


def test_another_order_changes_little():
    own, other = fingerprints(SOURCE).keys(), fingerprints(reordered(SOURCE)).keys()
    assert own != other and len(own & other) > 0.7 * len(own)


def test_another_function_shares_its_head_alone():
    other = "def f(x, h0, W):\n    return np.array(list(accumulate(x, lambda h, row: np.tanh(W @ row + h))))"
    lines = fingerprints(SOURCE)
    assert {line for each in fingerprints(other).keys() & lines.keys() for line in lines[each]} == {2}


def test_lines_are_those_of_the_source():
    lines = set().union(*fingerprints(SOURCE).values())
    assert lines <= set(range(2, 9)) and {3, 6} <= lines
    assert RUN > WINDOW and fingerprints("def f(:") == {}
