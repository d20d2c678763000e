"""List what goes wrong between one character and the next: what is fed back, and what is carried."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_generate = partial(Misconception, exercise="generate", see="06_long_memory#sec-sampling")
_START = "h_t, code = h0, first"
_X = "x_t = np.eye(K)[code]"
_STEP = "h_t = rnn_step(x_t, h_t, params)"
_Z = "z_t = output_layer(h_t[None], head)[0]"
_KEEP = "codes[t] = code"

FEEDING = (
    _generate(
        label="feeds-back-the-likeliest",
        says="the likeliest class is fed back, and not the one that was drawn",
        right=_KEEP,
        wrong="codes[t], code = code, z_t.argmax(axis=1)",
        hint="Which character stands in the text that the network goes on with?",
    ),
    _generate(
        label="feeds-back-probabilities",
        says="the probabilities are fed back, and not the one-hot row of what was drawn",
        right=_X,
        wrong="x_t = np.eye(K)[code] if t == 0 else e_t / e_t.sum(axis=1)[:, None]",
        also=(
            (
                _KEEP,
                "codes[t], e_t = code, np.exp(z_t / temperature)",
            ),
        ),
        hint="The network was trained on whole characters. What did it read at each step then?",
    ),
    _generate(
        label="character-one-step-late",
        says="the character that is fed in is the one before the last",
        right=_X,
        wrong="x_t = np.eye(K)[first if t < 2 else codes[t - 2]]",
        hint="Write down for t = 1 which character has just been drawn.",
    ),
    _generate(
        label="carries-the-pre-activation",
        says="the pre-activation is carried to the next step, and not the state",
        right=_STEP,
        wrong="a_t = x_t @ params.W_xh.T + (h0 if t == 0 else a_t) @ params.W_hh.T + params.b_h; h_t = np.tanh(a_t)",
        hint="The next step reads h. What has become of a by then?",
    ),
    _generate(
        label="one-beginning-for-all",
        says="every text begins with the first one of `first`",
        right=_START,
        wrong="h_t, code = h0, np.repeat(first[:1], len(first))",
        hint="Each text of the batch has a beginning of its own.",
    ),
    _generate(
        label="temperature-on-the-state",
        says="the state is divided by the temperature, so that the bias of the output is not",
        right=_Z,
        wrong="z_t = temperature * output_layer(h_t[None] / temperature, head)[0]",
        hint="Which of W h and b belong to the logits?",
    ),
    _generate(
        label="two-steps-for-one-character",
        says="the network takes two steps for each character",
        right=_STEP,
        wrong="h_t = rnn_step(x_t, rnn_step(x_t, h_t, params), params)",
        hint="How many times does the network read one character?",
    ),
    _generate(
        label="last-state-but-one",
        says="the state that comes back is the one before the last step",
        right="return codes, h_t",
        wrong="return codes, h_before",
        also=((_STEP, "h_before, h_t = h_t, rnn_step(x_t, h_t, params)"),),
        hint="From which state would you go on writing?",
    ),
)
