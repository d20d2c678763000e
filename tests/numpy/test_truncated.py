from types import SimpleNamespace

import numpy as np
import pytest

from rnncourse.numpy.truncated import truncated_bptt
from rnncourse.reference.optim import sgd_step


def loss_of(case):
    """The loss sum(dh * h): its gradient into h is case.dh."""
    return lambda h, steps: (float((case.dh[steps] * h).sum()), case.dh[steps])


def test_each_chunk_is_bptt_from_a_constant_state(pair, cases):
    """Chunks of 4, 4 and 2 steps: the gradient of each equals that of a sequence that starts at the chunk."""
    case, shares = cases.make(pair, (10, 3, 2, 4)), []
    record = lambda params, dparams: (shares.append(dparams), params)[1]  # noqa: E731
    arguments = case.x, case.state0, case.params, loss_of(case), record, 4
    params, state_T, losses = truncated_bptt(pair.fast.forward, pair.fast.backward, *arguments)
    assert params is case.params
    state = case.state0
    for steps, got, loss in zip((slice(0, 4), slice(4, 8), slice(8, 10)), shares, losses, strict=True):
        chunk = SimpleNamespace(x=case.x[steps], state0=state, params=case.params, dh=case.dh[steps])
        chunk.dstate_T = tuple(0 * s for s in state) if isinstance(state, tuple) else 0 * state
        h, state, _, _, want = cases.run(pair.reference, chunk)
        cases.assert_close(got, want, 1e-12)
        assert loss == pytest.approx((case.dh[steps] * h).sum(), rel=1e-12)
    cases.assert_close(state_T, state, 1e-12)


def test_one_long_chunk_is_full_bptt(pair, cases):
    case, shares = cases.make(pair, (6, 3, 2, 4)), []
    record = lambda params, dparams: (shares.append(dparams), params)[1]  # noqa: E731
    truncated_bptt(pair.fast.forward, pair.fast.backward, case.x, case.state0, case.params, loss_of(case), record, 100)
    case.dstate_T = tuple(0 * s for s in case.dstate_T) if isinstance(case.dstate_T, tuple) else 0 * case.dstate_T
    cases.assert_close(shares[0], cases.run(pair.reference, case)[-1], 1e-12)


def test_updates_take_effect_from_the_next_chunk(cases):
    pair = cases.cells["rnn"]
    case = cases.make(pair, (8, 3, 2, 4))
    update = lambda params, dparams: sgd_step(params, dparams, 0.1)  # noqa: E731
    arguments = case.x, case.state0, case.params, loss_of(case), update, 4
    got, _, _ = truncated_bptt(pair.fast.forward, pair.fast.backward, *arguments)
    params, state = case.params, case.state0
    for steps in (slice(0, 4), slice(4, 8)):
        _, state, cache = pair.reference.forward(case.x[steps], state, params)
        params = update(params, pair.reference.backward(case.dh[steps], 0 * state, cache)[2])
    cases.assert_close(got, params, 1e-12)


def test_refuses_less_than_a_step(cases):
    pair = cases.cells["rnn"]
    case = cases.make(pair, (2, 1, 1, 1))
    with pytest.raises(ValueError, match="chunk_length is 0; expected at least 1 step"):
        truncated_bptt(pair.fast.forward, pair.fast.backward, case.x, np.zeros((1, 1)), case.params, None, None, 0)
