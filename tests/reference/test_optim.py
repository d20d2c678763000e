"""Trajectories of many steps against torch.optim: one step cannot tell most mistakes apart."""

import numpy as np
import pytest
import torch

from rnncourse.notation import RNNParams
from rnncourse.reference.optim import adam_step, clip_gradients, global_norm, momentum_step, sgd_step
from rnncourse.reference.rnn import init_rnn

STEPS = 7


def run(step, optimiser):
    """Both optimisers on the same random gradients; returns the two trajectories' ends."""
    rng = np.random.default_rng(0)
    params = init_rnn(2, 3, rng)
    start = [theta.copy() for theta in params]
    leaves = [torch.tensor(theta, requires_grad=True) for theta in params]
    peer, state, first = optimiser(leaves), None, params
    for _ in range(STEPS):
        grads = RNNParams(*(rng.standard_normal(theta.shape) for theta in params))
        params, state = step(params, grads, state)
        for leaf, g in zip(leaves, grads, strict=True):
            leaf.grad = torch.tensor(g)
        peer.step()
    assert all((a == b).all() for a, b in zip(first, start, strict=True)), "the first parameters were changed in place"
    assert type(params) is RNNParams
    return params, [leaf.detach().numpy() for leaf in leaves]


@pytest.mark.parametrize(
    ("step", "optimiser"),
    [
        (lambda p, g, _: (sgd_step(p, g, 0.1), None), lambda p: torch.optim.SGD(p, 0.1)),
        (lambda p, g, _: (sgd_step(p, g, 0.1, 0.3), None), lambda p: torch.optim.SGD(p, 0.1, weight_decay=0.3)),
        (
            lambda p, g, s: momentum_step(p, g, s, 0.1, 0.8, 0.3),
            lambda p: torch.optim.SGD(p, 0.1, momentum=0.8, weight_decay=0.3),
        ),
        (lambda p, g, s: adam_step(p, g, s), lambda p: torch.optim.Adam(p)),
        (
            lambda p, g, s: adam_step(p, g, s, 0.1, 0.7, 0.95, 1e-2, 0.3),
            lambda p: torch.optim.AdamW(p, 0.1, betas=(0.7, 0.95), eps=1e-2, weight_decay=0.3),
        ),
    ],
    ids=["SGD", "SGD with decay", "momentum", "Adam", "AdamW"],
)
def test_trajectory_agrees_with_torch(step, optimiser):
    got, want = run(step, optimiser)
    for a, b in zip(got, want, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10)


def test_clipping_scales_all_tensors_by_one_factor():
    grads = [np.array([3.0, 0.0]), np.array([[4.0]])]
    assert global_norm(grads) == 5
    clipped = clip_gradients(grads, 2.5)
    np.testing.assert_allclose(clipped[0], [1.5, 0])
    np.testing.assert_allclose(clipped[1], [[2]])
    assert type(clipped) is list
    assert grads[0][0] == 3


@pytest.mark.parametrize("max_norm", [5.0, 1e9])
def test_clipping_leaves_short_gradients_alone(max_norm):
    grads = RNNParams(np.array([3.0, 0.0]), np.array([[4.0]]), np.zeros(2))
    clipped = clip_gradients(grads, max_norm)
    assert type(clipped) is RNNParams
    for a, b in zip(clipped, grads, strict=True):
        np.testing.assert_array_equal(a, b)


def test_float32_stays_float32_and_its_norm_does_not_overflow():
    grads = [np.full(3, 1e30, np.float32)]
    assert global_norm(grads) == pytest.approx(np.sqrt(3) * 1e30)
    assert clip_gradients(grads, 1.0)[0].dtype == np.float32
    assert adam_step([np.ones(3, np.float32)], [np.ones(3, np.float32)])[0][0].dtype == np.float32


def test_zero_gradients_stay_zero():
    assert not clip_gradients([np.zeros(3)], 1.0)[0].any()


@pytest.mark.parametrize("max_norm", [0.0, -1.0, float("nan")])
def test_refuses_a_max_norm_that_is_not_positive(max_norm):
    with pytest.raises(ValueError, match="expected a number above 0"):
        clip_gradients([np.ones(2)], max_norm)
