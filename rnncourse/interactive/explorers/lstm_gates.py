"""Show what an LSTM's three gates make of one pulse: the gate explorer."""

from rnncourse.interactive.explorers.explorer import Explorer
from rnncourse.language import say


class LSTMGates(Explorer):
    """One LSTM unit whose gates stand still, after a pulse at step 1.

    c^(t) = f c^(t-1) + i c~,   h^(t) = o tanh(c^(t)),   f = sigmoid(b_f), i = sigmoid(b_i), o = sigmoid(b_o)
    {eq}`lstm-gates`, {eq}`lstm-state`

    Parameters
    ----------
    b_f, b_i, b_o : float, optional
        The gates' biases at the start, from -4 to 6.
    T : int, optional
        Steps, from 2 to 30.

    Raises
    ------
    ValueError
        If an argument is outside what the figure can show.
    """

    module = "lstm_gates.js"

    @property
    def summary(self):
        """Say it to a reader without JavaScript."""
        return say(
            "Interactive figure (needs JavaScript): a pulse is written into a cell by the input gate, kept or lost by"
            " the forget gate and shown by the output gate."
        )

    def __init__(self, b_f=2.2, b_i=1.4, b_o=0.4, T=24):
        biases = {"b_f": b_f, "b_i": b_i, "b_o": b_o}
        for name, bias in biases.items():
            if not -4 <= bias <= 6:
                raise ValueError(f"{name} is {bias}; expected a number from -4 to 6")
        if T not in range(2, 31):
            raise ValueError(f"T is {T}; expected an integer from 2 to 30")
        super().__init__({name: float(bias) for name, bias in biases.items()} | {"T": int(T)})
