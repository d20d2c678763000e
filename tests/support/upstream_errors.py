"""Run cells of a notebook, without one."""

import textwrap

import numpy as np


def notebook(*cells):
    """Run these cells; return the names of the notebook."""
    names = {"np": np, "kept": []}
    for cell in cells:
        exec(textwrap.dedent(cell), names)
    return names
