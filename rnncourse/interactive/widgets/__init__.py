"""Show labs in JupyterLab: a slider, a picture and a sentence; ``from rnncourse import labs`` imports them.

Each lab is driven by the library's own functions and, if you pass yours, by yours beside them.
"""

from rnncourse.interactive.widgets.clipping import ClippingLab, clipping_cliff
from rnncourse.interactive.widgets.lstm_gates import GatesLab, gates
from rnncourse.interactive.widgets.radius import SpectralRadiusLab, spectral_radius

__all__ = ["ClippingLab", "GatesLab", "SpectralRadiusLab", "clipping_cliff", "gates", "spectral_radius"]
