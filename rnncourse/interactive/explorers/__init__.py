"""Show interactive figures: one ES module each, the same object on a static page and in JupyterLab.

The maths is in the module, in JavaScript, and tests hold it equal to the reference. Nothing is loaded from anywhere.
"""

from rnncourse.interactive.explorers.bptt_stepper import BPTTStepper
from rnncourse.interactive.explorers.cell_path import CellPath
from rnncourse.interactive.explorers.characters import HiddenUnits, Temperature
from rnncourse.interactive.explorers.clipping_cliff import ClippingCliff
from rnncourse.interactive.explorers.finite_differences import FiniteDifferences
from rnncourse.interactive.explorers.gradient_by_lag import GradientByLag
from rnncourse.interactive.explorers.lstm_gates import LSTMGates
from rnncourse.interactive.explorers.scan_rounds import ScanRounds
from rnncourse.interactive.explorers.stacked_states import StackedStates
from rnncourse.interactive.explorers.state_trajectory import StateTrajectory
from rnncourse.interactive.explorers.unroll import Unroll

__all__ = [
    "BPTTStepper",
    "CellPath",
    "ClippingCliff",
    "FiniteDifferences",
    "GradientByLag",
    "HiddenUnits",
    "LSTMGates",
    "ScanRounds",
    "StackedStates",
    "StateTrajectory",
    "Temperature",
    "Unroll",
]
