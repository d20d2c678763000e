"""Interactive figures: one ES module each, the same object on a static page and in JupyterLab.

The maths is in the module, in JavaScript, and tests hold it equal to the reference. Nothing is loaded from anywhere.
"""

from rnncourse.explorers.unroll import Unroll

__all__ = ["Unroll"]
