import numpy as np
import pytest

from rnncourse.experiments import gradient_lag
from rnncourse.misconceptions import CATALOGUE, mutant
from rnncourse.notation import RNNParams


def problem(radius=1.1, scale=0.3, **sizes):
    sizes = {"T": 7, "B": 3, "D": 2, "H": 5, **sizes}
    x, h0, (W_xh, W_hh, b_h), g = gradient_lag.example(radius, scale, **sizes)
    h0 = h0 + 0.2
    return x, h0, gradient_lag.textbook_forward(x, h0, W_xh, W_hh, b_h), W_xh, W_hh, g


def by_jacobians(h, W_hh, g):
    """The same lengths from the product of Jacobians, with no BPTT in it."""
    norms = []
    for k in range(len(h) + 1):
        lengths = []
        for b in range(h.shape[1]):
            J = np.eye(h.shape[2])
            for s in range(len(h) - 1, len(h) - 1 - k, -1):
                J = J @ np.diag(1 - h[s, b] ** 2) @ W_hh
            lengths.append(np.linalg.norm(g[b] @ J))
        norms.append(np.mean(lengths))
    return np.array(norms)


@pytest.mark.parametrize("sizes", [{}, {"T": 1}, {"B": 1}, {"D": 5}, {"H": 1, "D": 1}])
def test_norms_equal_the_product_of_jacobians(sizes):
    x, h0, h, W_xh, W_hh, g = problem(**sizes)
    norms = gradient_lag.gradient_norm_by_lag(gradient_lag.textbook_backward, x, h0, h, W_xh, W_hh, g)
    assert norms.shape == (len(x) + 1,)
    np.testing.assert_allclose(norms, by_jacobians(h, W_hh, g), rtol=1e-12)


def test_without_input_the_matrix_alone_decides():
    x, h0, (W_xh, W_hh, b_h), g = gradient_lag.example(0.8, 0.0, T=20, B=2, H=6)
    h = gradient_lag.textbook_forward(x, h0, W_xh, W_hh, b_h)
    norms = gradient_lag.gradient_norm_by_lag(gradient_lag.textbook_backward, x, h0, h, W_xh, W_hh, g)
    expected = np.linalg.norm(g @ np.linalg.matrix_power(W_hh, 20), axis=1).mean()
    np.testing.assert_allclose(norms[-1], expected, rtol=1e-12)


def test_example_has_the_radius_asked_for_and_follows_it_alone():
    half, whole = gradient_lag.example(0.5)[2], gradient_lag.example(1.0)[2]
    assert gradient_lag.spectral_radius(half.W_hh) == pytest.approx(0.5, rel=1e-12)
    np.testing.assert_allclose(2 * half.W_hh, whole.W_hh, rtol=1e-12)
    np.testing.assert_array_equal(half.W_xh, whole.W_xh)


def test_textbook_backward_has_the_exercises_signature():
    x, h0, h, W_xh, W_hh, _ = problem()
    shapes = [a.shape for a in gradient_lag.textbook_backward(np.ones_like(h), x, h0, h, W_xh, W_hh)]
    assert shapes == [x.shape, h0.shape, W_xh.shape, W_hh.shape, (len(W_hh),)]


@pytest.mark.parametrize("label", ["dh0-zero", "W_hh-not-transposed", "no-activation-derivative"])
def test_a_wrong_backward_bends_the_curve(label):
    x, h0, h, W_xh, W_hh, g = problem()
    bug = mutant(next(bug for bug in CATALOGUE["rnn_backward"] if bug.label == label))

    def backward(dh, x, h0, h, W_xh, W_hh):
        params = RNNParams(W_xh, W_hh, np.zeros(len(W_hh)))
        dx, dh0, dparams = bug(dh, np.zeros_like(h0), (x, h0, h, params, "tanh"))
        return dx, dh0, *dparams

    right = gradient_lag.gradient_norm_by_lag(gradient_lag.textbook_backward, x, h0, h, W_xh, W_hh, g)
    wrong = gradient_lag.gradient_norm_by_lag(backward, x, h0, h, W_xh, W_hh, g)
    assert abs(wrong[1] / right[1] - 1) > 1e-3


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (None, "rnn_backward returned a NoneType; expected five"),
        ((1, 2), "rnn_backward returned 2 values; expected five"),
        ((0, np.zeros((5, 3)), 0, 0, 0), r"dh0 has shape \(5, 3\); expected \(B, H\) = \(3, 5\)"),
        ((0, np.full((3, 5), np.nan), 0, 0, 0), "NaN or infinity"),
        ((0, "zero", 0, 0, 0), r"dh0 is a str; expected an array of shape \(B, H\) = \(3, 5\)"),
    ],
)
def test_what_is_no_gradient_is_refused(returned, message):
    x, h0, h, W_xh, W_hh, g = problem()
    with pytest.raises(ValueError, match=message):
        gradient_lag.gradient_norm_by_lag(lambda *arrays: returned, x, h0, h, W_xh, W_hh, g)


def test_a_backward_that_writes_into_its_arguments_harms_nobody():
    x, h0, h, W_xh, W_hh, g = problem()
    kept = [a.copy() for a in (x, h0, h, W_xh, W_hh, g)]

    def greedy(*arrays):
        grads = [np.array(a) for a in gradient_lag.textbook_backward(*arrays)]
        for a in arrays:
            a[...] = 0
        return grads

    norms = gradient_lag.gradient_norm_by_lag(greedy, x, h0, h, W_xh, W_hh, g)
    np.testing.assert_allclose(norms, by_jacobians(kept[2], kept[4], kept[5]), rtol=1e-12)
    for before, after in zip(kept, (x, h0, h, W_xh, W_hh, g), strict=True):
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize(
    ("norms", "word"),
    [([1, 0.009], "vanishing"), ([1, 0.011], "steady"), ([2, 198], "steady"), ([2, 202], "exploding")],
)
def test_verdict(norms, word):
    assert gradient_lag.verdict(np.array(norms)) == word
