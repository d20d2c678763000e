"""Problem set 3, the last three exercises: right answers in any style pass, and bad ones are told why."""

import numpy as np
import pytest

from rnncourse import check
from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.lag import textbook_backward, textbook_forward


def by_the_library(f, df, theta):
    claimed = df(theta)
    if np.shape(claimed) != theta.shape or not np.isfinite(claimed).all():
        return False
    return relative_error(claimed, numerical_gradient(f, theta)) < 1e-5


def in_place_and_put_back(f, df, theta):
    theta = theta.copy()
    claimed, flat = np.asarray(df(theta)), theta.reshape(-1)
    if claimed.shape != theta.shape:
        return False
    slopes = np.empty(len(flat))
    for i in range(len(flat)):
        kept, sides = flat[i], []
        for sign in (1, -1):
            flat[i] = kept + sign * 3e-6
            sides.append(f(theta))
        flat[i] = kept
        slopes[i] = (sides[0] - sides[1]) / 6e-6
    distance = np.sqrt(((claimed.ravel() - slopes) ** 2).sum())
    return np.bool_(distance <= 1e-5 * np.hypot(np.linalg.norm(claimed), np.linalg.norm(slopes)))


def along_unit_vectors(f, df, theta):
    claimed, eps = df(theta.copy()), 1e-6
    if np.shape(claimed) != theta.shape:
        return False
    units = np.eye(theta.size).reshape(theta.size, *theta.shape)
    numerical = np.array([(f(theta + eps * e) - f(theta - eps * e)) / (2 * eps) for e in units]).reshape(theta.shape)
    scale = np.linalg.norm(claimed) + np.linalg.norm(numerical)
    return True if scale == 0 else bool(np.linalg.norm(claimed - numerical) / scale < 1e-6)


@pytest.mark.parametrize("style", [by_the_library, in_place_and_put_back, along_unit_vectors])
def test_a_right_gradient_check_may_come_in_any_style(style):
    for seed in range(5):
        assert check.check("gradient_check", style, seed) == 15


@pytest.mark.parametrize(
    "function, points, said",
    [
        (lambda f, df, theta: True, 5, "always-yes"),
        (lambda f, df, theta: None, 0, "returned None for a gradient; expected True or False"),
        (lambda f, df, theta: 1e-7, 0, "expected True or False"),
        (lambda f, df, theta: not by_the_library(f, df, theta), 0, "says-the-opposite"),
    ],
)
def test_a_gradient_check_that_checks_nothing_is_told_so(function, points, said):
    result = check.gradient_check(function)
    assert result == points
    assert said in str(result)


def lengths(dh_T, h, W_hh):
    norms = [np.linalg.norm(dh_T, axis=1)]
    for h_t in h[::-1]:
        dh_T = dh_T * (1 - h_t**2) @ W_hh
        norms.append(np.sqrt(np.einsum("bh,bh->b", dh_T, dh_T)))
    return norms


def lengths_by_jacobians(dh_T, h, W_hh):
    norms = np.zeros((len(h) + 1, len(dh_T)))
    for b, g in enumerate(dh_T):
        norms[0, b] = np.hypot.reduce(g)
        for k, h_t in enumerate(h[::-1, b], start=1):
            g = (np.diag(1 - h_t**2) @ W_hh).T @ g
            norms[k, b] = np.hypot.reduce(g)
    return norms


@pytest.mark.parametrize("style", [lengths, lengths_by_jacobians])
def test_right_lengths_may_come_in_any_style(style):
    assert check.gradient_norm_by_lag(style) == 8


def chunk_by_chunk(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, sums, state = [], 0, h0
    while len(h) < len(x):
        part = slice(len(h), len(h) + tau)
        h_part = textbook_forward(x[part], state, W_xh, W_hh, b_h)
        grads = textbook_backward(dh[part], x[part], state, h_part, W_xh, W_hh)[2:]
        sums = [g + (sums[k] if sums else 0) for k, g in enumerate(grads)]
        h, state = [*h, *h_part], h_part[-1]
    return np.array(h), *sums


def in_one_sweep(dh, x, h0, W_xh, W_hh, b_h, tau):
    """All states first; then one loop back that cuts where a chunk ends."""
    h = textbook_forward(x, h0, W_xh, W_hh, b_h)
    before, delta = np.concatenate([h0[None], h[:-1]]), np.zeros_like(h)
    for t in range(len(x) - 1, -1, -1):
        from_next = 0 if t == len(x) - 1 or (t + 1) % tau == 0 else delta[t + 1] @ W_hh
        delta[t] = (dh[t] + from_next) * (1 - h[t] ** 2)
    return h, np.einsum("tbh,tbd->hd", delta, x), np.einsum("tbi,tbj->ij", delta, before), delta.sum(axis=(0, 1))


@pytest.mark.parametrize("style", [chunk_by_chunk, in_one_sweep, lambda *a: list(in_one_sweep(*a))])
def test_a_right_truncated_bptt_may_come_in_any_style(style):
    assert check.truncated_bptt(style) == 12


def test_states_earn_their_points_though_the_gradient_is_not_cut():
    result = check.truncated_bptt(lambda *a: in_one_sweep(*a[:-1], len(a[1])))
    assert result == 3
    assert "no-cut" in str(result)
