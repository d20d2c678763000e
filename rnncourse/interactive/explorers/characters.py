"""Show what a trained character model keeps, and how it writes: the hidden units and the temperature explorer."""

import json
from pathlib import Path

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say

RECORDED = Path(__file__).parent / "recorded" / "units.json"
"""What ``python -m benchmarks.experiments.units`` wrote: the LSTM of chapter 6, seed 0."""


def _recorded(*keys):
    """Read the named parts of the record."""
    found = json.loads(RECORDED.read_text(encoding="utf-8"))
    return {key: found[key] for key in keys}


class HiddenUnits(Explorer):
    """A held-out text, coloured by what one unit of a trained LSTM says at each character.

    For each of six features of a text it is the unit of 128 that goes with it best.

    Parameters
    ----------
    unit : int, optional
        Which of the six is shown at the start, from 0.

    Raises
    ------
    ValueError
        If there is no such unit.
    """

    module = "hidden_units.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): a text, each character coloured by the state of one hidden unit "
            "of a trained LSTM. The unit that goes best with being in a word has a correlation of 0.63, that for "
            "quotation marks -0.56, and none goes with brackets."
        )

    def __init__(self, unit=1):
        found = _recorded("text", "units")
        if unit not in range(len(found["units"])):
            raise ValueError(f"unit is {unit}; expected an integer from 0 to {len(found['units']) - 1}")
        super().__init__(found | {"unit": unit})


class Temperature(Explorer):
    """The next character's probabilities at a temperature, and what the trained LSTM wrote at it.

    p = softmax(z / tau)            {eq}`temperature`

    Parameters
    ----------
    tau : float, optional
        Temperature at the start: 0.1, 0.2, ..., 2.

    Raises
    ------
    ValueError
        If nothing was written at this temperature.
    """

    module = "temperature.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): the ten likeliest next characters and a sample at each temperature."
            " Cold samples repeat themselves in common words; hot ones are nearly noise."
        )

    def __init__(self, tau=0.7):
        found = _recorded("prompt", "alphabet", "logits", "temperatures", "samples")
        if tau not in found["temperatures"]:
            raise ValueError(f"tau is {tau}; expected 0.1, 0.2, ..., 2")
        super().__init__(found | {"tau": tau})
