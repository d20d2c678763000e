import numpy as np
import pytest

from rnncourse.gradcheck import relative_error
from rnncourse.reference.heads import delta_y_heads
from rnncourse.reference.output import mean_squared_error, sigmoid_binary_cross_entropy, softmax_cross_entropy

T, B, K = 4, 3, 5


def softmax_on_one_hot(z, y):
    return softmax_cross_entropy(z, y.argmax(axis=-1))


@pytest.mark.parametrize(
    "head, loss_and_delta_y, draw",
    [
        ("softmax", softmax_on_one_hot, lambda rng: np.eye(K)[rng.integers(K, size=(T, B))]),
        ("sigmoid", sigmoid_binary_cross_entropy, lambda rng: rng.integers(2, size=(T, B, K)).astype(float)),
        ("identity", mean_squared_error, lambda rng: rng.standard_normal((T, B, K))),
    ],
)
def test_each_head_is_the_gradient_of_its_loss(head, loss_and_delta_y, draw):
    rng = np.random.default_rng(0)
    z, y = 3 * rng.standard_normal((T, B, K)), draw(rng)
    assert relative_error(delta_y_heads(z, y, head), loss_and_delta_y(z, y)[1]) <= 1e-12


def test_no_logit_is_too_large():
    z = np.array([[[1000.0, -1000.0]]])
    y = np.array([[[0.0, 1.0]]])
    assert delta_y_heads(z, y, "softmax").tolist() == [[[1.0, -1.0]]]
    assert delta_y_heads(z, y, "sigmoid").tolist() == [[[1.0, -1.0]]]


def test_an_unknown_head_is_refused():
    with pytest.raises(ValueError, match='head is \'tanh\'; expected "softmax", "sigmoid" or "identity"'):
        delta_y_heads(np.zeros((1, 1, 1)), np.zeros((1, 1, 1)), "tanh")
