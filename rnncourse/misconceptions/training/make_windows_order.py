"""List what goes wrong where the windows are put into another order."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_windows = partial(Misconception, exercise="make_windows", see="04_training#sec-leaks")
_ORDER = "order = np.random.default_rng(seed).permutation(N)"
_SHUFFLE = "x, y = x[order], y[order]"

ORDER = (
    _windows(
        label="puts-for-takes",
        says="the windows are put at the places that the order names, and not taken from there",
        right=_SHUFFLE,
        wrong="x, y = x[np.argsort(order)], y[np.argsort(order)]",
        hint="x[order] and x_new[order] = x are inverse to each other.",
    ),
    _windows(
        label="old-generator",
        says="the order comes from the old generator of NumPy",
        right=_ORDER,
        wrong="order = np.random.RandomState(seed).permutation(N)",
        hint="The same seed gives other numbers in another generator. Which one is asked for?",
    ),
    _windows(
        label="another-seed",
        says="the generator is given seed + 1",
        right=_ORDER,
        wrong="order = np.random.default_rng(seed + 1).permutation(N)",
        hint="Whoever repeats your run starts from the seed that was given.",
    ),
    _windows(
        label="seed-unused",
        says="the generator is given 0, and not the seed",
        right=_ORDER,
        wrong="order = np.random.default_rng(0).permutation(N)",
        hint="What does the argument seed do in your function?",
    ),
)
