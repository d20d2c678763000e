"""List what goes wrong in dropout."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.misconceptions.training.dropout_sharing import SHARING
from rnncourse.reference import dropout

TEXTBOOK = dropout.dropout

_dropout = partial(Misconception, exercise="dropout", see="04_training#sec-dropout")
_SHAPE = 'mask_shape = (T, B, H) if per == "step" else (1, B, H)'
_OFF = "if not train:"
_OFF_ANSWER = "return x, np.ones(mask_shape, x.dtype)"
_KEEP = "keep = rng.random(mask_shape) >= rate"
_MASK = "mask = keep.astype(x.dtype) / (1 - rate)"
_RETURN = "return x * mask, mask.astype(x.dtype)"

MISCONCEPTIONS = (
    _dropout(
        label="not-inverted",
        says="what stays is not scaled up",
        right=_MASK,
        wrong="mask = keep.astype(x.dtype)",
        hint="With a fifth of the entries gone, the sum of the next layer is too small. What restores its mean?",
    ),
    _dropout(
        label="scaled-by-rate",
        says="what stays is divided by the rate of dropping",
        right=_MASK,
        wrong="mask = keep.astype(x.dtype) / rate",
        hint="Which share of the entries is left? Test your factor for a rate close to 0.",
    ),
    _dropout(
        label="rate-for-keep-probability",
        says="rate is taken for the probability of keeping: that share is left, and divided by rate",
        right=_KEEP,
        wrong="keep = rng.random(mask_shape) < rate",
        also=((_MASK, "mask = keep.astype(x.dtype) / rate"),),
        hint="Some libraries want the probability of keeping, this exercise wants that of dropping. "
        "What does a rate of 0 do to x?",
    ),
    _dropout(
        label="rate-for-keep-probability-at-the-top",
        says="rate is taken for the probability of keeping: as many of the largest u are kept, and divided by rate",
        right=_KEEP,
        wrong="keep = rng.random(mask_shape) >= 1 - rate",
        also=((_MASK, "mask = keep.astype(x.dtype) / rate"),),
        hint="Some libraries want the probability of keeping, this exercise wants that of dropping. "
        "What does a rate of 0 do to x?",
    ),
    _dropout(
        label="scaled-down",
        says="what stays is made smaller",
        right=_MASK,
        wrong="mask = keep.astype(x.dtype) * (1 - rate)",
        hint="Fewer entries have to make up for those that are gone. Do they have to grow or to shrink?",
    ),
    _dropout(
        label="keeps-the-variance",
        says="what stays is scaled by one over the square root",
        right=_MASK,
        wrong="mask = keep.astype(x.dtype) / np.sqrt(1 - rate)",
        hint="The expected value of the mask has to be 1. Work it out for yours.",
    ),
    _dropout(
        label="scales-at-evaluation",
        says="training does not scale, and evaluation multiplies instead",
        right=_MASK,
        wrong="mask = keep.astype(x.dtype)",
        also=((_OFF_ANSWER, "return x * (1 - rate), np.full(mask_shape, 1 - rate, x.dtype)"),),
        hint="That is dropout as it was first published. The inverted form leaves evaluation alone.",
    ),
    _dropout(
        label="scales-both-times",
        says="evaluation scales as well, though training already has",
        right=_OFF_ANSWER,
        wrong="return x * (1 - rate), np.full(mask_shape, 1 - rate, x.dtype)",
        hint="Inverted dropout pays in training, so that evaluation costs nothing.",
    ),
    _dropout(
        label="drops-the-others",
        says="what should stay is dropped, and what should be dropped stays",
        right=_KEEP,
        wrong="keep = rng.random(mask_shape) < rate",
        hint="rate is the probability of dropping. At a rate of 0.1, how many entries should be left?",
    ),
    _dropout(
        label="other-end",
        says="the right number of entries stays, but not those with u at or above the rate",
        right=_KEEP,
        wrong="keep = rng.random(mask_shape) < 1 - rate",
        hint="As a random mask this is as good. The exercise says which end of u is dropped, to make it checkable.",
    ),
    _dropout(
        label="never-switched-off",
        says="evaluation drops entries too",
        right=_OFF,
        wrong="if train is None:",
        hint="A forecast should not change when you ask for it twice. What does train say?",
    ),
    _dropout(
        label="switched-off-in-training",
        says="train is read the wrong way round",
        right=_OFF,
        wrong="if train:",
        hint="When is the mask needed, in training or at evaluation?",
    ),
    _dropout(
        label="mask-at-every-step",
        says="each step has a mask of its own even when one should serve the sequence",
        right=_SHAPE,
        wrong="mask_shape = (T, B, H)",
        hint="What does per say, and which numbers of u does it leave unused?",
    ),
    _dropout(
        label="one-mask-always",
        says="the first step's mask serves all steps even when each should have its own",
        right=_SHAPE,
        wrong="mask_shape = (1, B, H)",
        hint='Compare the masks of two steps for per="step".',
    ),
    _dropout(
        label="per-reversed",
        says='"step" and "sequence" have changed places',
        right=_SHAPE,
        wrong='mask_shape = (1, B, H) if per == "step" else (T, B, H)',
        hint='For per="step" there are T masks. Which branch makes them?',
    ),
    _dropout(
        label="one-mask-for-the-batch",
        says="all samples of the batch lose the same entries",
        right=_KEEP,
        wrong="keep = (rng.random(mask_shape) >= rate)[:, :1] & np.ones(mask_shape, bool)",
        hint="A mask is shared over time, if at all, and never over the batch.",
    ),
    _dropout(
        label="mask-without-scale",
        says="the mask that comes back lacks the scale: a backward pass with it is too small",
        right=_RETURN,
        wrong="return x * mask, keep.astype(x.dtype)",
        hint="The backward pass is dy * mask. It has to multiply by what the forward pass multiplied by.",
    ),
    _dropout(
        label="mask-twice",
        says="the mask is applied twice",
        right=_RETURN,
        wrong="return x * mask * mask, mask.astype(x.dtype)",
        hint="Dropping twice changes nothing. Scaling twice does.",
    ),
    _dropout(
        label="mutates-x",
        says="x is overwritten",
        right=_RETURN,
        wrong="x *= mask\n    return x, mask.astype(x.dtype)",
        hint="The layer below still needs its output for its own backward pass. Return a new array.",
    ),
    *SHARING,
)
