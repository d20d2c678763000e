import tracemalloc

import numpy as np
import pytest

from rnncourse.numpy import memory
from rnncourse.numpy.checkpoint import checkpointed_backward, checkpointed_forward


@pytest.mark.parametrize("every", [None, 1, 3, 7, 100])
@pytest.mark.parametrize("T", [1, 7, 13])
def test_same_results_as_without(pair, cases, T, every):
    case = cases.make(pair, (T, 3, 2, 4))
    want = cases.run(pair.fast, case)
    h, state_T, cache = checkpointed_forward(pair.fast.forward, case.x, case.state0, case.params, every)
    got = h, state_T, *checkpointed_backward(pair.fast.backward, case.dh, case.dstate_T, cache)
    assert type(got[-1]) is type(case.params)
    cases.assert_close(got, want, 1e-12)


def test_works_on_the_reference_too(pair, cases):
    case = cases.make(pair, (10, 3, 2, 4))
    _, _, cache = checkpointed_forward(pair.reference.forward, case.x, case.state0, case.params, 4)
    got = checkpointed_backward(pair.reference.backward, case.dh, case.dstate_T, cache)
    cases.assert_close(got, cases.run(pair.reference, case)[2:], 1e-12)


def test_one_cache_serves_two_backward_passes(pair, cases):
    case = cases.make(pair, (10, 3, 2, 4))
    _, _, cache = checkpointed_forward(pair.fast.forward, case.x, case.state0, case.params, 4)
    first = checkpointed_backward(pair.fast.backward, case.dh, case.dstate_T, cache)
    second = checkpointed_backward(pair.fast.backward, case.dh, case.dstate_T, cache)
    for a, b in zip(cases.arrays(first), cases.arrays(second), strict=True):
        np.testing.assert_array_equal(a, b)


def peak(work):
    """Bytes allocated at most at one time while work runs, with no block left over from before."""
    memory._free.clear()
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    memory._free.clear()
    return most


def test_at_most_a_quarter_of_the_memory_at_400_steps(cases):
    pair = cases.cells["lstm"]
    case = cases.make(pair, (400, 16, 8, 64))

    def checkpointed():
        _, _, cache = checkpointed_forward(pair.fast.forward, case.x, case.state0, case.params)
        checkpointed_backward(pair.fast.backward, case.dh, case.dstate_T, cache)

    assert peak(checkpointed) <= peak(lambda: cases.run(pair.fast, case)) / 4


def test_refuses_less_than_a_step(cases):
    case = cases.make(cases.cells["rnn"], (2, 1, 1, 1))
    with pytest.raises(ValueError, match="checkpoint_every is 0; expected at least 1 step"):
        checkpointed_forward(cases.cells["rnn"].fast.forward, case.x, np.zeros((1, 1)), case.params, 0)
