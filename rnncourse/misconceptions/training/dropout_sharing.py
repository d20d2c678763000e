"""List what goes wrong where a mask is shared, or scaled by what was drawn."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_dropout = partial(Misconception, exercise="dropout", see="04_training#sec-dropout")
_KEEP = "keep = rng.random(mask_shape) >= rate"
_MASK = "mask = keep.astype(x.dtype) / (1 - rate)"
_OFF = "return x, np.ones(mask_shape, x.dtype)"

SHARING = (
    _dropout(
        label="shared-over-the-batch",
        says="one mask per sequence is drawn anew at each step, and shared by all samples",
        right=_KEEP,
        wrong='keep = (rng.random((T, B, H)) if per == "step" else rng.random((T, 1, H)).repeat(B, axis=1)) >= rate',
        hint="Along which axis does the mask of a sequence stay the same?",
    ),
    _dropout(
        label="mask-of-the-last-step",
        says="the mask of a sequence is that of its last step",
        right=_KEEP,
        wrong='keep = (rng.random((T, B, H)) if per == "step" else rng.random((T, B, H))[-1:]) >= rate',
        hint="The numbers are used in their order: which come first?",
    ),
    _dropout(
        label="scales-by-the-share-kept",
        says="the mask is divided by the share of entries that happened to be kept",
        right=_MASK,
        wrong="mask = keep.astype(x.dtype) / keep.mean()",
        hint="1 - rate is known before anything is drawn.",
    ),
    _dropout(
        label="input-scaled-at-evaluation",
        says="x is multiplied by 1 - rate at evaluation, and the mask is left at 1",
        right=_OFF,
        wrong="return x * (1 - rate), np.ones(mask_shape, x.dtype)",
        hint="If training has made up for what is dropped, what is left to do at evaluation?",
    ),
    _dropout(
        label="evaluation-mask-is-zero",
        says="the mask at evaluation is zero",
        right=_OFF,
        wrong="return x, np.zeros(mask_shape, x.dtype)",
        hint="The mask is what x is multiplied by. By what is it multiplied at evaluation?",
    ),
    _dropout(
        label="evaluation-mask-is-1-minus-rate",
        says="the mask at evaluation is 1 - rate",
        right=_OFF,
        wrong="return x, (1 - rate) * np.ones(mask_shape, x.dtype)",
        hint="The mask is what x is multiplied by. By what is it multiplied at evaluation?",
    ),
)
