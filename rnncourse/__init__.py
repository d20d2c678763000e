"""Teach RNNs and LSTMs by hand: reference equations, checks that name the mistake, and graders.

``from rnncourse import check, labs`` is all that a notebook needs.
"""

import importlib

__version__ = "0.1.0"

NOTEBOOK_NAMES = {"check": "rnncourse.checks", "labs": "rnncourse.interactive.widgets"}
"""What a notebook imports from here, and where it is."""


def __getattr__(name):
    # Late, so that importing any one module of the package costs that module alone.
    if name in NOTEBOOK_NAMES:
        return importlib.import_module(NOTEBOOK_NAMES[name])
    raise AttributeError(f"module 'rnncourse' has no attribute {name!r}")
