"""Interactive figures: one ES module each, the same object on a static page and in JupyterLab.

The maths is in the module, in JavaScript, and tests hold it equal to the reference. Nothing is loaded from anywhere.
"""

from rnncourse.explorers.bptt_stepper import BPTTStepper
from rnncourse.explorers.cell_path import CellPath
from rnncourse.explorers.clipping_cliff import ClippingCliff
from rnncourse.explorers.finite_differences import FiniteDifferences
from rnncourse.explorers.gradient_by_lag import GradientByLag
from rnncourse.explorers.lstm_gates import LSTMGates
from rnncourse.explorers.state_trajectory import StateTrajectory
from rnncourse.explorers.unroll import Unroll

__all__ = [
    "BPTTStepper",
    "CellPath",
    "ClippingCliff",
    "FiniteDifferences",
    "GradientByLag",
    "LSTMGates",
    "StateTrajectory",
    "Unroll",
]
