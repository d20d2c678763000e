"""List what goes wrong between the logits and the shares of the classes."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_sample = partial(Misconception, exercise="sample", see="06_long_memory#sec-sampling")
_SCALE = "z_scaled = z / temperature"
_P = "p = e / e.sum(axis=1, keepdims=True)"
_BELOW = "below = np.cumsum(p, axis=1) <= u[:, None]"

SHARES = (
    _sample(
        label="no-running-sum",
        says="u is compared with single probabilities: nothing is added up",
        right=_BELOW,
        wrong="below = p <= u[:, None]",
        hint="The classes lie one after the other between 0 and 1. Where does the third one begin?",
    ),
    _sample(
        label="temperature-after-softmax",
        says="the probabilities are divided by the temperature, and not the logits",
        right=_SCALE,
        wrong="z_scaled = z",
        also=((_P, "p = e / e.sum(axis=1, keepdims=True) / temperature"),),
        hint="Do your probabilities still add up to 1?",
    ),
    _sample(
        label="temperature-in-the-numerator-only",
        says="the temperature is missing below the fraction of softmax",
        right=_P,
        wrong="p = e / np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)",
        hint="Do your probabilities still add up to 1?",
    ),
    _sample(
        label="sorted-by-probability",
        says="the classes are laid out from the likeliest on, and their numbers are not mapped back",
        right=_P,
        wrong="p = -np.sort(-e / e.sum(axis=1, keepdims=True), axis=1)",
        hint="After sorting, which class does the number 0 stand for?",
    ),
    _sample(
        label="u-of-the-row-before",
        says="each row is drawn with the u of the row before",
        right=_BELOW,
        wrong="below = np.cumsum(p, axis=1) <= np.roll(u, 1)[:, None]",
        hint="Each row has a number of its own.",
    ),
)
