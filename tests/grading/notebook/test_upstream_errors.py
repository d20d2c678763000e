"""The grader's side of follow-on errors: right functions stand for the student's in the student's process."""

import numpy as np
import pytest

from rnncourse.checks import EXERCISES
from rnncourse.checks.execution import calling
from rnncourse.grading.notebook.scorer import Scorer
from rnncourse.grading.sandbox.bubblewrap import BubblewrapSandbox
from rnncourse.grading.sandbox.limits import Limits
from rnncourse.grading.sandbox.remote import Remote

FORWARD = """
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    h, h_t = [], h0
    for x_t in x:
        h_t = rnn_step(x_t, W_xh=W_xh, W_hh=W_hh, b_h=b_h, h_prev=h_t)
        h.append(h_t)
    return np.array(h)
"""
STEPS = {
    "no bias": "return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)",
    "nothing yet": "raise NotImplementedError('yours to write')",
    "raises": "return x_t @ W_hh @ W_xh",
    "zeros": "return np.zeros_like(h_prev)",
    "ends the process": "import os; os._exit(3)",
    "noise": "return np.random.standard_normal(h_prev.shape)",
}


@pytest.fixture(scope="module")
def running(sandbox):
    """Start a sandbox."""
    running = BubblewrapSandbox()
    yield running
    running.close()


@pytest.fixture
def graded(running):
    """Run cells in a process of their own, then score a check."""
    remote = Remote(running, Limits(cell_seconds=5))

    def graded(*cells, name="rnn_forward"):
        remote.cell("import numpy as np")
        for cell in cells:
            remote.cell(cell)
        scorer = Scorer(remote, seed=12345)
        scorer.prepare("from rnncourse import check")
        return scorer.score(f"check.{name}({name})", 100)

    graded.remote = remote
    yield graded
    remote.close()


def step(body):
    return f"def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):\n    {body}"


@pytest.mark.parametrize("body", STEPS.values(), ids=STEPS)
def test_a_right_forward_on_a_wrong_step_earns_its_points(graded, body):
    score = graded(step(body), FORWARD)
    assert score.points == EXERCISES["rnn_forward"].maximum
    assert "It calls your rnn_step, which is not right yet (see that check)" in score.text
    assert "rnn_step" in str(graded.remote.look_up("rnn_step"))


def test_a_wrong_forward_on_a_wrong_step_is_told_its_own_mistake(graded):
    score = graded(step(STEPS["no bias"]), FORWARD.replace("h_t = [], h0", "h_t = [], 0 * h0"))
    assert score.points == 0
    assert "ignores-h0: " in score.text


def test_the_step_is_the_student_s_again_afterwards(graded):
    graded(step(STEPS["zeros"]), FORWARD)
    arguments = np.ones((2, 3)), np.ones((2, 4)), np.ones((4, 3)), np.ones((4, 4)), np.ones(4)
    assert not np.any(graded.remote.look_up("rnn_step")(*arguments))


def test_a_kept_right_step_is_of_no_use_later(graded):
    thief = FORWARD.replace("h, h_t = [], h0", "h, h_t = [], h0\n    global kept; kept = rnn_step")
    graded(step(STEPS["zeros"]), thief)
    score = graded("rnn_step = kept", name="rnn_step")
    assert score.points == 0
    assert "raised ValueError" in score.text


def test_what_is_printed_with_a_right_step_is_not_shown(graded):
    loud = FORWARD.replace("h.append(h_t)", "h.append(h_t); print('h_t is', float(abs(h_t).sum()))")
    score = graded(step(STEPS["zeros"]), loud)
    assert score.points and set(score.printed.splitlines()) == {"h_t is 0.0"}


def test_a_large_request_is_refused(graded):
    greedy = "h_t = rnn_step(np.ones((10**5, 1)), 0, np.ones((10**5, 1)), np.ones((1, 1)), 0); h = []"
    score = graded(step(STEPS["zeros"]), FORWARD.replace("h_t = rnn_step(", f"{greedy}\n        h_t = rnn_step("))
    assert score.points == 0


def test_a_loop_in_the_step_is_stopped_and_forgiven(graded, monkeypatch):
    monkeypatch.setattr(calling, "SECONDS", 0.5)
    score = graded(step("while True: pass"), FORWARD)
    assert score.points > 0
