"""Define problem set 1: the forward pass."""

from rnncourse.checks.exercises.exercise import Exercise, Output
from rnncourse.checks.exercises.probing import probes, rnn_params, state
from rnncourse.checks.exercises.shapes import SHAPES
from rnncourse.notation import OutputParams, RNNParams


def _rnn_step_arguments(rng, B, D, H):
    return {"x_t": rng.standard_normal((B, D)), "h_prev": state(rng, B, H)} | rnn_params(rng, D, H)._asdict()


def _adapt_rnn_step(textbook):
    return lambda x_t, h_prev, W_xh, W_hh, b_h: textbook(x_t, h_prev, RNNParams(W_xh, W_hh, b_h))


def _rnn_forward_arguments(rng, T, B, D, H):
    return {"x": rng.standard_normal((T, B, D)), "h0": state(rng, B, H)} | rnn_params(rng, D, H)._asdict()


def _adapt_rnn_forward(textbook):
    return lambda x, h0, W_xh, W_hh, b_h: textbook(x, h0, RNNParams(W_xh, W_hh, b_h))[0]


def _output_layer_arguments(rng, T, B, H, K):
    return {"h": state(rng, T, B, H), "W_hy": rng.standard_normal((K, H)), "b_y": rng.standard_normal(K)}


def _adapt_output_layer(textbook):
    return lambda h, W_hy, b_y: textbook(h, OutputParams(W_hy, b_y))


RNN_STEP = Exercise(
    name="rnn_step",
    arguments=("x_t", "h_prev", "W_xh", "W_hh", "b_h"),
    outputs=(Output("h_t", ("B", "H"), 35),),
    probes=lambda rng: probes(rng, "BDH", _rnn_step_arguments),
    adapt=_adapt_rnn_step,
)

RNN_FORWARD = Exercise(
    name="rnn_forward",
    arguments=("x", "h0", "W_xh", "W_hh", "b_h"),
    outputs=(Output("h", ("T", "B", "H"), 40),),
    probes=lambda rng: probes(rng, "TBDH", _rnn_forward_arguments),
    adapt=_adapt_rnn_forward,
    builds_on=(RNN_STEP,),
)

OUTPUT_LAYER = Exercise(
    name="output_layer",
    arguments=("h", "W_hy", "b_y"),
    outputs=(Output("z", ("T", "B", "K"), 15),),
    probes=lambda rng: probes(rng, "TBHK", _output_layer_arguments),
    adapt=_adapt_output_layer,
)

EXERCISES = (SHAPES, RNN_STEP, RNN_FORWARD, OUTPUT_LAYER)
