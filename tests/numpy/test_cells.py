"""`rnncourse.numpy.{rnn, lstm, gru}`: the results of the reference, and nothing changed on the way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnncourse.numpy import memory, products

SHAPES = [
    (5, 3, 4, 2),
    (1, 3, 2, 4),
    (6, 1, 3, 2),
    (4, 2, 3, 3),
    (4, 3, 2, 1),
    (1, 1, 1, 1),
    (200, 2, 3, 8),
    (30, 8, 16, 32),
    (3, 32, 20, 128),
    (2, 64, 5, 192),
]
TILED = SHAPES[-2:]  # their products are large enough for that


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_equals_the_reference(pair, cases, shape):
    case = cases.make(pair, shape)
    cases.assert_close(cases.run(pair.fast, case), cases.run(pair.reference, case), 1e-12)


@pytest.mark.parametrize("cut", [True, False], ids=["in tiles", "whole"])
@pytest.mark.parametrize("shape", TILED, ids=str)
def test_equals_the_reference_in_tiles_and_without(pair, cases, shape, cut, monkeypatch):
    monkeypatch.setattr(products, "CUT", cut)
    case = cases.make(pair, shape)
    cases.assert_close(cases.run(pair.fast, case), cases.run(pair.reference, case), 1e-12)


@settings(max_examples=40, deadline=None)
@given(
    shape=st.tuples(*[st.integers(1, 9)] * 4), seed=st.integers(0, 2**32 - 1), size=st.sampled_from([0, 1e-3, 1, 30])
)
def test_equals_the_reference_at_any_shape_and_size(pair, cases, shape, seed, size):
    case = cases.make(pair, shape, seed)
    case.x *= size
    cases.assert_close(cases.run(pair.fast, case), cases.run(pair.reference, case), 1e-12)


@pytest.mark.parametrize("block", [1, 2**30])
def test_equals_the_reference_however_time_is_cut_into_blocks(pair, cases, block, monkeypatch):
    monkeypatch.setattr(memory, "BLOCK", block)
    case = cases.make(pair, (9, 3, 2, 4))
    cases.assert_close(cases.run(pair.fast, case), cases.run(pair.reference, case), 1e-12)


def test_float32_in_float32_out(pair, cases):
    case = cases.make(pair, (20, 3, 5, 4), dtype=np.float32)
    got, want = cases.run(pair.fast, case), cases.run(pair.reference, case)
    assert {a.dtype for a in cases.arrays(*got)} == {np.dtype(np.float32)}
    cases.assert_close(got, want, 2e-5)


def test_changes_no_input_and_shares_no_memory_with_it(pair, cases):
    case = cases.make(pair, (4, 3, 2, 5))
    inputs = cases.arrays(case.x, case.state0, tuple(case.params), case.dh, case.dstate_T)
    before = [a.copy() for a in inputs]
    outputs = cases.arrays(cases.run(pair.fast, case))
    for a, b in zip(inputs, before, strict=True):
        np.testing.assert_array_equal(a, b)
    for k, out in enumerate(outputs):
        assert not any(np.shares_memory(out, a) for a in (*inputs, *outputs[:k]))


def test_backward_does_not_depend_on_what_became_of_the_outputs(pair, cases):
    """Dropout may scale h in place, and one cache may serve two backward passes."""
    case = cases.make(pair, (6, 3, 2, 5))
    h, state_T, cache = pair.fast.forward(case.x, case.state0, case.params)
    first = pair.fast.backward(case.dh, case.dstate_T, cache)
    for a in cases.arrays(h, state_T, case.x):
        a[...] = np.nan
    second = pair.fast.backward(case.dh, case.dstate_T, cache)
    for a, b in zip(cases.arrays(first), cases.arrays(second), strict=True):
        np.testing.assert_array_equal(a, b)


def test_takes_arrays_of_any_memory_layout(pair, cases):
    case = cases.make(pair, (5, 3, 4, 6))
    want = cases.run(pair.fast, case)
    case.x = np.asfortranarray(case.x)
    case.dh = np.repeat(case.dh, 2, axis=2)[..., ::2]
    case.params = case.params._make(np.asfortranarray(theta) for theta in case.params)
    cases.assert_close(cases.run(pair.fast, case), want, 1e-13)


def test_two_layers_before_the_first_backward(pair, cases):
    """Caches of two runs live side by side: memory that one of them still needs is not handed out again."""
    case, other = cases.make(pair, (30, 8, 16, 32), 1), cases.make(pair, (30, 8, 16, 32), 2)
    want = cases.run(pair.fast, case), cases.run(pair.fast, other)
    for _ in range(3):
        _, _, cache = pair.fast.forward(case.x, case.state0, case.params)
        _, _, other_cache = pair.fast.forward(other.x, other.state0, other.params)
        got = pair.fast.backward(case.dh, case.dstate_T, cache)
        other_got = pair.fast.backward(other.dh, other.dstate_T, other_cache)
        for a, b in zip(cases.arrays(got, other_got), cases.arrays(want[0][2:], want[1][2:]), strict=True):
            np.testing.assert_array_equal(a, b)


def test_one_step_equals_the_reference(pair, cases):
    case = cases.make(pair, (1, 3, 2, 5))
    state = pair.reference.step(case.x[0], case.state0, case.params, **pair.keywords)
    cases.assert_close(pair.fast.step(case.x[0], case.state0, case.params, **pair.keywords), state, 1e-12)
    arguments = [case.dstate_T, case.x[0], case.state0, state, case.params]
    if pair.name == "gru":
        del arguments[3]
    want = pair.reference.step_backward(*arguments, **pair.keywords)
    cases.assert_close(pair.fast.step_backward(*arguments, **pair.keywords), want, 1e-12)


def test_same_seed_same_weights(pair):
    for dtype in (np.float32, np.float64):
        got = pair.fast.init(3, 5, np.random.default_rng(7), dtype)
        want = pair.reference.init(3, 5, np.random.default_rng(7), dtype)
        for a, b in zip(got, want, strict=True):
            assert a.dtype == dtype
            np.testing.assert_array_equal(a, b)


def test_large_inputs_saturate_and_do_not_overflow(cases):
    for name in ("rnn", "lstm", "gru"):
        pair = cases.cells[name]
        case = cases.make(pair, (5, 3, 4, 2), dtype=np.float32)
        case.x *= np.float32(1e30)
        with np.errstate(over="raise", invalid="raise"):
            assert all(np.isfinite(a).all() for a in cases.arrays(cases.run(pair.fast, case)))
