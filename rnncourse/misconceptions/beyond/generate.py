"""List what goes wrong when a network writes."""

from functools import partial

from rnncourse.misconceptions.beyond.generate_feeding import FEEDING
from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import sampling

TEXTBOOK = sampling.generate

_generate = partial(Misconception, exercise="generate", see="06_long_memory#sec-sampling")
_START = "h_t, code = h0, first"
_LOOP = "for t in range(len(u)):"
_X = "x_t = np.eye(K)[code]"
_STEP = "h_t = rnn_step(x_t, h_t, params)"
_Z = "z_t = output_layer(h_t[None], head)[0]"
_DRAW = "code = sample(z_t, temperature, u[t])"
_KEEP = "codes[t] = code"
_RETURN = "return codes, h_t"

MISCONCEPTIONS = (
    _generate(
        label="state-reset-while-sampling",
        says="every character starts from h0 again",
        right=_STEP,
        wrong="h_t = rnn_step(x_t, h0, params)",
        hint="What does the network know of the text that it has written so far?",
    ),
    _generate(
        label="ignores-h0",
        says="the first state is zero, and h0 plays no part",
        right=_START,
        wrong="h_t, code = np.zeros_like(h0), first",
        hint="Somebody may have read a beginning to the network before you go on. Where is it kept?",
    ),
    _generate(
        label="input-never-changes",
        says="the first character is the input at every step",
        right=_X,
        wrong="x_t = np.eye(K)[first]",
        hint="What has been written is what is read next.",
    ),
    _generate(
        label="argmax-for-sampling",
        says="the likeliest character is taken: nothing is drawn",
        right=_DRAW,
        wrong="code = z_t.argmax(axis=1)",
        hint="What is u for?",
    ),
    _generate(
        label="temperature-ignored",
        says="the temperature plays no part",
        right=_DRAW,
        wrong="code = sample(z_t, 1.0, u[t])",
        hint="Follow the argument: where is the temperature read?",
    ),
    _generate(
        label="same-u-at-every-step",
        says="every draw uses the first row of u",
        right=_DRAW,
        wrong="code = sample(z_t, temperature, u[0])",
        hint="There is a row of uniform numbers for each step.",
    ),
    _generate(
        label="first-character-repeated",
        says="the text begins with `first`, and its last character is missing",
        right=_KEEP,
        wrong="codes[t] = written",
        also=((_DRAW, "written, code = code, sample(z_t, temperature, u[t])"),),
        hint="codes[0] is the first character that the network has drawn.",
    ),
    _generate(
        label="output-of-the-old-state",
        says="the logits are read from the state before the step",
        right=_STEP,
        wrong="h_old, h_t = h_t, rnn_step(x_t, h_t, params)",
        also=((_Z, "z_t = output_layer(h_old[None], head)[0]"),),
        hint="The network reads a character, and says then what comes next.",
    ),
    _generate(
        label="logits-as-input",
        says="the softmax of the logits is fed back, not the character that was drawn",
        right=_X,
        wrong="x_t = np.eye(K)[first] if t == 0 else np.exp(z_t) / np.exp(z_t).sum(axis=1, keepdims=True)",
        hint="In training the network has read characters, one-hot. What does it read here?",
    ),
    _generate(
        label="no-b_y",
        says="b_y is missing from the logits",
        right=_Z,
        wrong="z_t = h_t @ head.W_hy.T",
        hint="b_y holds how frequent each character is by itself.",
    ),
    _generate(
        label="returns-h0",
        says="the state that comes back is h0",
        right=_RETURN,
        wrong="return codes, h0",
        hint="With h_L one could go on writing.",
    ),
    _generate(
        label="time-reversed-u",
        says="the uniform numbers are used from the last to the first",
        right=_LOOP,
        wrong="for t in reversed(range(len(u))):",
        hint="A text is written from its beginning.",
    ),
    *FEEDING,
)
