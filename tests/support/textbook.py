"""Draw arguments for every exercise, and say what the textbook makes of them: no check is asked."""

from types import SimpleNamespace

import numpy as np

from rnncourse.notation import GRUParams, LSTMParams, OutputParams, RNNParams
from rnncourse.reference import (
    dropout,
    forecaster,
    forget_bias,
    gru,
    gru_gates,
    heads,
    lag,
    lstm,
    optim,
    output,
    rnn,
    rnn_function,
    sampling,
    series,
    shapes,
    truncated,
)  # fmt: skip

SIZES = [(5, 3, 4, 6, 7), (1, 1, 1, 1, 1), (1, 4, 3, 3, 2), (6, 1, 2, 5, 3), (4, 3, 3, 3, 3), (7, 2, 5, 1, 4)]
"""T, B, D, H, K: one step, one sample, one unit, equal sizes and different ones."""


def draw(rng, sizes):
    """Draw everything that an answer may be given, by name."""
    T, B, D, H, K = sizes
    size = {"T": T, "B": B, "D": D, "H": H, "K": K, "V": H + D}

    def normal(letters):
        return rng.normal(size=[size[letter] for letter in letters])

    a = SimpleNamespace(**size, rng=rng)
    a.x, a.h0, a.c0, a.dh, a.dc, a.u = (normal(letters) for letters in ("TBD", "BH", "BH", "TBH", "TBH", "TBH"))
    a.rnn = RNNParams(normal("HD"), normal("HH"), normal("H"))
    a.lstm = LSTMParams(*(normal("HV") for _ in range(4)), *(normal("H") for _ in range(4)))
    a.gru = GRUParams(normal("HV"), normal("HV"), normal("HD"), normal("HH"), *(normal("H") for _ in range(4)))
    a.head = OutputParams(normal("KH"), normal("K"))
    a.z, a.y = normal("TBK") * rng.choice([1, 30, 1000]), rng.integers(K, size=(T, B))
    a.mask = (rng.random((T, B)) < 0.6).astype(float)
    a.h, _, a.cache = rnn.rnn_forward(a.x, a.h0, a.rnn)
    a.h_lstm, _, a.cache_lstm = lstm.lstm_forward(a.x, (a.h0, a.c0), a.lstm)
    a.steep = a.rng.choice([1, 1000])
    a.c = a.cache_lstm[3]
    a.h_gru, _, a.cache_gru = gru.gru_forward(a.x, a.h0, a.gru)
    a.zero = np.zeros_like(a.h0)
    return a


def flat(values):
    """Flatten nested tuples and lists of arrays into one list."""
    return [leaf for value in values for leaf in (flat(value) if isinstance(value, tuple | list) else [value])]


def of_adam(a):
    params, grads, m = (list(a.rnn), list(a.rnn[::-1]), [p / 3 for p in a.rnn])
    grads = [a.rng.normal(size=p.shape) for p in params]
    v, t, rates = [p**2 for p in grads], int(a.rng.integers(9)), (0.1, 0.9, 0.99, 1e-6)
    new, state = optim.adam_step(params, grads, optim.AdamState(t, m, v), *rates)
    return (params, grads, t, m, v, *rates), [new, state.t, state.m, state.v]


def of_dropout(a):
    per, train, rate = a.rng.choice(["step", "sequence"]), bool(a.rng.integers(3)), a.rng.choice([0.0, 0.2, 0.5])
    u = a.rng.integers(10, size=a.h.shape) / 10  # often equal to the rate
    y, mask = dropout.dropout(a.h, rate, SimpleNamespace(random=lambda shape: u[: shape[0]]), str(per), train)
    return (a.h, u, rate, str(per), train), [y, np.broadcast_to(mask, y.shape)]


def of_heads(a):
    head = str(a.rng.choice(["softmax", "sigmoid", "identity"]))
    y = {"softmax": np.eye(a.K)[a.y], "sigmoid": (a.z > a.rng.normal(size=a.z.shape)) * 1.0, "identity": a.z[::-1]}[
        head
    ]
    return (a.z, y, head), [heads.delta_y_heads(a.z, y, head)]


def of_gradient_check(a):
    W, power = a.rng.normal(size=a.h.shape), 10.0 ** a.rng.integers(-6, 7)
    theta = [a.h, a.h[0], np.array(0.7)][a.rng.integers(3)]
    W = W.ravel()[: theta.size].reshape(theta.shape) * power
    wrong = [0, 1e-3, 1e-4, np.nan, np.inf][a.rng.integers(5)]
    gradient = lambda point: (1 + wrong) * W * np.cos(point)  # noqa: E731
    return (lambda point: float((W * np.sin(point)).sum()), gradient, theta), [wrong == 0]


def of_forecaster(a):
    params = [a.rng.normal(size=shape) * 0.4 for shape in ((a.H, 1), (a.H, a.H), a.H, (1, a.H), 1)]
    N = int(a.rng.integers(1, 9))
    x, y, x_val = a.rng.normal(size=(a.T, N, 1)), a.rng.normal(size=(N, 1)), a.rng.normal(size=(a.T, 3, 1))
    arguments = (params, x, y, x_val, int(a.rng.integers(1, 5)), 3, 0.02)
    return arguments, forecaster.train_forecaster(*arguments)


def of_windows(a):
    values, n_val, seed = a.rng.normal(size=12 + a.T), int(a.rng.integers(0, 5)), int(a.rng.integers(9))
    return with_textbook(series.make_windows, values, a.T, n_val, seed)


def of_sample(a):
    arguments = a.z[0], float(a.rng.choice([0.3, 1.0, 4.0])), a.rng.random(a.B) * a.rng.integers(2)
    return arguments, [sampling.sample(*arguments)]


def of_generate(a):
    cell = RNNParams(a.rng.normal(size=(a.H, a.K)), *a.rnn[1:])
    drawn = 0.7, a.rng.random((a.T, a.B))
    return (a.y[0], a.h0, *cell, *a.head, *drawn), sampling.generate(a.y[0], a.h0, cell, a.head, *drawn)


def of_lstm_step_backward(a):
    dx, (dh_prev, dc_prev), dparams = lstm.lstm_step_backward(
        (a.dh[0], a.dc[0]), a.x[0], (a.h0, a.c0), (a.h_lstm[0], a.c[0]), a.lstm
    )
    return (a.dh[0], a.dc[0], a.x[0], a.h0, a.c0, a.c[0], a.lstm), [dx, dh_prev, dc_prev, *dparams]


def of_truncated(a):
    tau = int(a.rng.integers(1, a.T + 2))
    return (a.dh, a.x, a.h0, *a.rnn, tau), truncated.truncated_bptt(a.dh, a.x, a.h0, a.rnn, tau)


def with_textbook(function, *arguments):
    """Return arguments, and what the textbook makes of the very same."""
    wanted = function(*arguments)
    return arguments, wanted if isinstance(wanted, tuple | list) else [wanted]


TEXTBOOK = {
    "adam_step": of_adam,
    "clip_gradients": lambda a: with_textbook(
        optim.clip_gradients, [g * a.rng.integers(2) for g in a.rnn], float(a.rng.choice([0.01, 1.0, 100.0]))
    ),
    "cross_entropy": lambda a: with_textbook(output.softmax_cross_entropy, a.z, a.y, a.mask),
    "delta_y_heads": of_heads,
    "dropout": of_dropout,
    "forget_bias_sweep": lambda a: with_textbook(
        forget_bias.forget_bias_sweep, np.array([-1.0, 0.0, 3.0]), a.dh * a.rng.choice([1, 1000])
    ),
    "generate": of_generate,
    "gradient_check": of_gradient_check,
    "gradient_norm_by_lag": lambda a: with_textbook(lag.gradient_norm_by_lag, a.dh[-1], a.h, a.rnn.W_hh),
    "gru_backward": lambda a: ((a.dh, a.x, a.h0, a.h_gru, *a.gru), gru.gru_backward(a.dh, a.zero, a.cache_gru)),
    "gru_step": lambda a: ((a.x[0] * a.steep, a.h0, *a.gru), gru_gates.gru_gates(a.x[0] * a.steep, a.h0, a.gru)),
    "lstm_backward": lambda a: (
        (a.dh, a.x, a.h0, a.c0, a.h_lstm, a.c, a.lstm),
        lstm.lstm_backward(a.dh, (a.zero, a.zero), a.cache_lstm),
    ),
    "lstm_forward": lambda a: ((a.x, a.h0, a.c0, a.lstm), [a.h_lstm, a.c]),
    "lstm_step": lambda a: (
        (a.x[0] * a.steep, a.h0, a.c0, *a.lstm),
        lstm.lstm_step(a.x[0] * a.steep, (a.h0, a.c0), a.lstm),
    ),
    "lstm_step_backward": of_lstm_step_backward,
    "make_windows": of_windows,
    "output_layer": lambda a: ((a.h, *a.head), [output.output_layer(a.h, a.head)]),
    "rnn_backward": lambda a: ((a.dh, a.x, a.h0, a.h, *a.rnn[:2]), rnn.rnn_backward(a.dh, a.zero, a.cache)),
    "rnn_forward": lambda a: ((a.x, a.h0, *a.rnn), [a.h]),
    "rnn_function": lambda a: with_textbook(rnn_function.rnn_function, a.x, a.h0, *a.rnn, a.dh),
    "rnn_step": lambda a: ((a.x[0] * a.steep, a.h0, *a.rnn), [rnn.rnn_step(a.x[0] * a.steep, a.h0, a.rnn)]),
    "rnn_step_backward": lambda a: (
        (a.dh[0], a.x[0], a.h0, a.h[0], *a.rnn[:2]),
        rnn.rnn_step_backward(a.dh[0], a.x[0], a.h0, a.h[0], a.rnn),
    ),
    "sample": of_sample,
    "scale_series": lambda a: with_textbook(
        series.scale_series, 100 + 20 * a.rng.normal(size=9), int(a.rng.integers(0, 5))
    ),
    "sgd_step": lambda a: with_textbook(optim.sgd_step, list(a.rnn), [p * p for p in a.rnn], 0.1, 0.3),
    "shapes": lambda a: ((a.T, a.B, a.D, a.H, a.K), [shapes.shapes(a.T, a.B, a.D, a.H, a.K)]),
    "softmax": lambda a: with_textbook(output.softmax, a.z),
    "train_forecaster": of_forecaster,
    "truncated_bptt": of_truncated,
}
