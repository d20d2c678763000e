"""The grader's side of follow-on errors: right functions stand for the student's in the student's process."""

import numpy as np
import pytest

from rnncourse.checks import EXERCISES
from rnncourse.checks.diagnosis.partial_credit import SAYS
from rnncourse.checks.execution import calling
from rnncourse.checks.grading import grade
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


BACKWARD = """
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx, dW_xh, dW_hh, db_h = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        delta = (dh[t] + dh_next) * (1 - h[t])
        dx[t], dh_next = delta @ W_xh, delta @ W_hh
        dW_xh += delta.T @ x[t]
        dW_hh += delta.T @ (h[t - 1] if t else h0)
        db_h += delta.sum(axis=0)
    return dx, dh_next, dW_xh, dW_hh, db_h
"""


def test_one_named_mistake_keeps_half_of_the_points_in_grading_too(graded):
    score = graded(BACKWARD, name="rnn_backward")
    assert score.points == 22.5 and score.findings["keeps_part"] and SAYS in score.text and SAYS in score.html
    names = {"np": np}
    exec(BACKWARD, names)
    local = grade(EXERCISES["rnn_backward"], names["rnn_backward"], 12345)
    assert local == score.points and local.messages[0].labels == ("linear-derivative",)
    assert [mistake["label"] for mistake in score.findings["mistakes"]] == ["linear-derivative"]


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
