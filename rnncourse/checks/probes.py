"""Arguments that no mistake survives: nothing symmetric, nothing zero, no two sizes equal except where they should be.

T = 1 hides a missing recurrence, B = 1 a missing sum over the batch, D = H a pair of swapped weights, zero biases and
a zero h0 whatever ignores them. So each list has a generic probe, a square one (D = H) and the smallest one.
"""

from rnncourse.checks.exercise import Probe
from rnncourse.notation import RNNParams
from rnncourse.reference.rnn import rnn_forward


def sizes(rng):
    """Sizes of the probes: all different, then D = H, then all ones but H."""
    T, B, D, H = rng.permutation([4, 5, 6, 7]).tolist()
    square = int(rng.integers(4, 7))
    return [
        {"T": T, "B": B, "D": D, "H": H},
        {"T": 5, "B": 2, "D": square, "H": square},
        {"T": 1, "B": 1, "D": 2, "H": 3},
    ]


def rnn_params(rng, D, H):
    """Weights that neither saturate tanh nor let the state die, and a bias that matters."""
    return RNNParams(rng.normal(0, 0.6 / D**0.5, (H, D)), rng.normal(0, 1.0 / H**0.5, (H, H)), rng.normal(0, 0.3, H))


def rnn_step_probes(rng):
    """For `rnn_step(x_t, h_prev, W_xh, W_hh, b_h)`."""
    probes = []
    for dims in sizes(rng):
        B, D, H = dims["B"], dims["D"], dims["H"]
        arguments = {"x_t": rng.standard_normal((B, D)), "h_prev": rng.uniform(-0.9, 0.9, (B, H))}
        arguments |= rnn_params(rng, D, H)._asdict()
        probes.append(Probe({"B": B, "D": D, "H": H}, arguments))
    return probes


def rnn_forward_probes(rng):
    """For `rnn_forward(x, h0, W_xh, W_hh, b_h)`."""
    probes = []
    for dims in sizes(rng):
        T, B, D, H = dims.values()
        arguments = {"x": rng.standard_normal((T, B, D)), "h0": rng.uniform(-0.9, 0.9, (B, H))}
        probes.append(Probe(dims, arguments | rnn_params(rng, D, H)._asdict()))
    return probes


def rnn_backward_probes(rng):
    """For `rnn_backward(dh, x, h0, h, W_xh, W_hh)`: states of a real forward pass, gradients large enough to clip."""
    probes = []
    for dims in sizes(rng):
        T, B, D, H = dims.values()
        x, h0, params = rng.standard_normal((T, B, D)), rng.uniform(-0.9, 0.9, (B, H)), rnn_params(rng, D, H)
        h, _, _ = rnn_forward(x, h0, params)
        dh = 6 * rng.standard_normal((T, B, H))
        probes.append(Probe(dims, {"dh": dh, "x": x, "h0": h0, "h": h, "W_xh": params.W_xh, "W_hh": params.W_hh}))
    return probes
