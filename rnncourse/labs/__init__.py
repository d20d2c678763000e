"""Labs: a slider, a picture and a sentence, for a notebook in JupyterLab.

Each lab is driven by the library's own functions and, if you pass yours, by yours beside them.
"""

from rnncourse.labs.lstm_gates import GatesLab, gates
from rnncourse.labs.radius import SpectralRadiusLab, spectral_radius

__all__ = ["GatesLab", "SpectralRadiusLab", "gates", "spectral_radius"]
