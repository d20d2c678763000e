"""Labs: a slider, a picture and a sentence, for a notebook in JupyterLab.

Each lab is driven by the library's own functions and, if you pass yours, by yours beside them.
"""

from rnncourse.labs.clipping import ClippingLab, clipping_cliff
from rnncourse.labs.lstm_gates import GatesLab, gates
from rnncourse.labs.radius import SpectralRadiusLab, spectral_radius

__all__ = ["ClippingLab", "GatesLab", "SpectralRadiusLab", "clipping_cliff", "gates", "spectral_radius"]
