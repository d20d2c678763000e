"""List what goes wrong between the hidden state and the logits."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import output

TEXTBOOK = output.output_layer

_output_layer = partial(Misconception, exercise="output_layer", see="01_structure#sec-output-layer")
_Z = "return h @ W_hy.T + b_y"

MISCONCEPTIONS = (
    _output_layer(
        label="no-b_y",
        says="the bias b_y is never added",
        right=_Z,
        wrong="return h @ W_hy.T",
        hint="Even a state of zeros may favour one answer. Which term lets it?",
    ),
    _output_layer(
        label="softmax-included",
        says="softmax is applied: these are probabilities, not logits",
        right=_Z,
        wrong="z = h @ W_hy.T + b_y\n    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)",
        hint="This layer returns logits. Softmax belongs to the loss, where it can be made stable.",
    ),
    _output_layer(
        label="tanh-included",
        says="tanh is applied to the logits",
        right=_Z,
        wrong="return np.tanh(h @ W_hy.T + b_y)",
        hint="A logit may be any real number. tanh lets none above 1 through.",
    ),
    _output_layer(
        label="output-of-previous-state",
        says="z^(t) is made from h^(t-1)",
        right=_Z,
        wrong="return np.concatenate([np.zeros_like(h[:1]), h[:-1]]) @ W_hy.T + b_y",
        hint="The output of step t comes after the state of step t.",
    ),
    _output_layer(
        label="last-state-only",
        says="every step answers with the last state",
        right=_Z,
        wrong="return np.broadcast_to(h[-1] @ W_hy.T + b_y, (*h.shape[:2], len(b_y)))",
        hint="Many-to-many: each state has an output of its own.",
    ),
)
