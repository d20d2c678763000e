import numpy as np

from rnncourse.notation import OutputParams, RNNParams
from rnncourse.reference.output import softmax
from rnncourse.reference.sampling import generate, sample


def test_the_worked_numbers():
    z = np.log([[2.0, 1, 1]])
    assert [sample(z, 1.0, np.array([u]))[0] for u in (0.4, 0.6, 0.9)] == [0, 1, 2]
    assert [sample(z, 0.5, np.array([u]))[0] for u in (0.4, 0.6, 0.9)] == [0, 0, 2]


def test_frequencies_follow_the_softmax():
    z, n = np.array([1.0, 0, -1, 2]), 20_000
    u = (np.arange(n) + 0.5) / n  # evenly spread: no chance at work
    counts = np.bincount(sample(np.tile(z, (n, 1)), 0.7, u), minlength=4)
    np.testing.assert_allclose(counts / n, softmax(z[None, None] / 0.7)[0, 0], atol=1 / n)


def test_extreme_logits_and_both_ends_of_u():
    z = np.array([[1000.0, -1000, 0], [-1000, 1000, 1000]])
    assert sample(z, 1.0, np.array([0.0, 1 - 1e-16])).tolist() == [0, 2]


def test_a_text_goes_on_from_the_state_that_was_returned():
    rng = np.random.default_rng(1)
    params = RNNParams(rng.standard_normal((4, 5)), rng.standard_normal((4, 4)), rng.standard_normal(4))
    head, u = OutputParams(rng.standard_normal((5, 4)), rng.standard_normal(5)), rng.random((9, 3))
    codes, h_9 = generate(np.array([0, 1, 2]), np.zeros((3, 4)), params, head, 0.9, u)
    first, h_4 = generate(np.array([0, 1, 2]), np.zeros((3, 4)), params, head, 0.9, u[:4])
    rest, h_end = generate(first[-1], h_4, params, head, 0.9, u[4:])
    np.testing.assert_array_equal(np.concatenate([first, rest]), codes)
    np.testing.assert_array_equal(h_end, h_9)
