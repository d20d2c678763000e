"""RNNs and LSTMs, by hand: reference equations, checks that name the mistake, and graders.

``from rnncourse import check`` is all that a notebook needs.
"""

__version__ = "0.1.0"


def __getattr__(name):
    # Late, so that importing any one module of the package costs that module alone.
    if name == "check":
        from rnncourse import checks

        return checks
    raise AttributeError(f"module 'rnncourse' has no attribute {name!r}")
