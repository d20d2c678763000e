"""List what goes wrong when a class is drawn from logits."""

from functools import partial

from rnncourse.misconceptions.beyond.sample_shares import SHARES
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import sampling

TEXTBOOK = sampling.sample

_sample = partial(Misconception, exercise="sample", see="06_long_memory#sec-sampling")
_SCALE = "z_scaled = z / temperature"
_E = "e = np.exp(z_scaled - z_scaled.max(axis=1, keepdims=True))"
_P = "p = e / e.sum(axis=1, keepdims=True)"
_BELOW = "below = np.cumsum(p, axis=1) <= u[:, None]"
_CODES = "codes = below.sum(axis=1)"
_RETURN = "return np.minimum(codes, z.shape[1] - 1)"

MISCONCEPTIONS = (
    _sample(
        label="argmax-for-sampling",
        says="the likeliest class is taken: nothing is drawn",
        right=_CODES,
        wrong="codes = p.argmax(axis=1)",
        hint="A network that always says the likeliest character repeats itself. What is u for?",
    ),
    _sample(
        label="temperature-ignored",
        says="the temperature plays no part",
        right=_SCALE,
        wrong="z_scaled = z",
        hint="At which temperature would your answer change?",
    ),
    _sample(
        label="temperature-inverted",
        says="the logits are multiplied by the temperature",
        right=_SCALE,
        wrong="z_scaled = z * temperature",
        hint="Hot is wild. Which logits are further apart, z / 0.1 or z / 10?",
    ),
    _sample(
        label="softmax-twice",
        says="the probabilities are taken for logits: softmax is applied twice",
        right=_P,
        wrong="p = np.exp(e / e.sum(axis=1, keepdims=True))\n    p = p / p.sum(axis=1, keepdims=True)",
        hint="z holds logits. How often does a logit have to be turned into a probability?",
    ),
    _sample(
        label="softmax-over-the-batch",
        says="the softmax runs over the batch",
        right=_P,
        wrong="p = e / e.sum(axis=0, keepdims=True)",
        hint="Each row is a prediction of its own, and its K probabilities add up to 1.",
    ),
    _sample(
        label="no-softmax",
        says="the logits are taken for probabilities",
        right=_E,
        wrong="e = z_scaled - z_scaled.min(axis=1, keepdims=True)",
        hint="Logits are logarithms of what you want. How do you get rid of a logarithm?",
    ),
    _sample(
        label="one-class-late",
        says="the class after the right one is taken",
        right=_CODES,
        wrong="codes = below.sum(axis=1) + 1",
        hint="With u = 0 the first class that has any probability is drawn. Which number does it have?",
    ),
    _sample(
        label="one-class-early",
        says="the class before the right one is taken: the last whose sum is still below u",
        right=_CODES,
        wrong="codes = np.maximum(below.sum(axis=1) - 1, 0)",
        hint="The interval that u falls into ends at the sum above it. To which class does it belong?",
    ),
    _sample(
        label="counts-from-the-end",
        says="the intervals are laid out from the last class to the first",
        right=_BELOW,
        wrong="below = np.cumsum(p[:, ::-1], axis=1)[:, ::-1] > 1 - u[:, None]",
        also=(
            (_CODES, "codes = (np.cumsum(p[:, ::-1], axis=1) <= u[:, None]).sum(axis=1)"),
            (_RETURN, "return z.shape[1] - 1 - np.minimum(codes, z.shape[1] - 1)"),
        ),
        hint="As random as the right way, and not the draws that this exercise defines: start at class 0.",
    ),
    _sample(
        label="same-u-for-all",
        says="every row is drawn with the first uniform number",
        right=_BELOW,
        wrong="below = np.cumsum(p, axis=1) <= u[0]",
        hint="B texts are written side by side. Should they be the same?",
    ),
    _sample(
        label="draws-by-itself",
        says="uniform numbers are drawn afresh, and u plays no part",
        right=_BELOW,
        wrong="below = np.cumsum(p, axis=1) <= np.random.default_rng(0).random(len(z))[:, None]",
        hint="The randomness is handed to you in u. Numbers of your own make a text that nobody can repeat.",
    ),
    *SHARES,
)
