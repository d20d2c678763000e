"""List what goes wrong when gradients are clipped."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import optim

TEXTBOOK = optim.clip_gradients

_clip = partial(Misconception, exercise="clip_gradients", see="04_training#sec-clipping")
_NORM = "norm = global_norm(grads)"
_SCALE = "scale = max_norm / norm if norm > max_norm else 1.0"
_CLIPPED = "clipped = [g * scale for g in grads]"

MISCONCEPTIONS = (
    _clip(
        label="per-tensor",
        says="each array is clipped by its own norm",
        right=_CLIPPED,
        wrong="clipped = [g * min(1, max_norm / np.linalg.norm(g)) for g in grads]",
        hint="All gradients together are one arrow. If its parts shrink by different factors, where does it point?",
    ),
    _clip(
        label="by-value",
        says="each entry is cut off at max_norm",
        right=_CLIPPED,
        wrong="clipped = [np.clip(g, -max_norm, max_norm) for g in grads]",
        hint="Cutting entries turns the arrow: large entries shrink, small ones stay. What keeps the direction?",
    ),
    _clip(
        label="always-rescales",
        says="the gradient is rescaled to max_norm even where it is short already",
        right=_SCALE,
        wrong="scale = max_norm / norm",
        hint="Near a minimum gradients get short, and should stay so. When is there nothing to do?",
    ),
    _clip(
        label="never-clips",
        says="the gradients come back as they went in",
        right=_SCALE,
        wrong="scale = 1.0",
        hint="Print the norm before and after: a long gradient has to come back with the norm max_norm.",
    ),
    _clip(
        label="condition-reversed",
        says="short gradients are stretched and long ones are let through",
        right=_SCALE,
        wrong="scale = max_norm / norm if norm < max_norm else 1.0",
        hint="Which gradient is the dangerous one, the long or the short?",
    ),
    _clip(
        label="factor-upside-down",
        says="the factor is upside down: long gradients get longer",
        right=_SCALE,
        wrong="scale = norm / max_norm if norm > max_norm else 1.0",
        hint="The norm is 10 and may be 5. By which number do you multiply?",
    ),
    _clip(
        label="unit-norm",
        says="a long gradient is scaled to norm 1 in the place of max_norm",
        right=_SCALE,
        wrong="scale = 1 / norm if norm > max_norm else 1.0",
        hint="Which length should a long gradient have afterwards?",
    ),
    _clip(
        label="drops-long-gradients",
        says="a long gradient becomes zero",
        right=_SCALE,
        wrong="scale = 0.0 if norm > max_norm else 1.0",
        hint="Skipping a bad step is another remedy. Clipping still takes the step, a shorter one.",
    ),
    _clip(
        label="L1-norm",
        says="the norm is the sum of absolute values",
        right=_NORM,
        wrong="norm = sum(np.abs(g).sum() for g in grads)",
        hint="Length is Pythagoras, over all entries of all arrays.",
    ),
    _clip(
        label="no-square-root",
        says="the norm lacks its square root",
        right=_NORM,
        wrong="norm = sum((g**2).sum() for g in grads)",
        hint="For the gradient (3, 4) your norm has to be 5.",
    ),
    _clip(
        label="largest-entry",
        says="the norm is the largest absolute entry",
        right=_NORM,
        wrong="norm = max(np.abs(g).max() for g in grads)",
        hint="Ten thousand entries of 1 make a long arrow, though no entry is large.",
    ),
    _clip(
        label="sum-of-norms",
        says="the norms of the arrays are added up",
        right=_NORM,
        wrong="norm = sum(np.linalg.norm(g) for g in grads)",
        hint="Two arrays with norms 3 and 4: as one long vector, what is their norm?",
    ),
    _clip(
        label="mean-of-norms",
        says="the norm is the mean of the arrays' norms",
        right=_NORM,
        wrong="norm = np.mean([np.linalg.norm(g) for g in grads])",
        hint="Put all entries into one long vector in your mind. What is its length?",
    ),
    _clip(
        label="largest-norm",
        says="the norm is that of the longest array",
        right=_NORM,
        wrong="norm = max(np.linalg.norm(g) for g in grads)",
        hint="The other arrays are parts of the same arrow.",
    ),
    _clip(
        label="norm-of-the-last",
        says="only the last array's norm counts",
        right=_NORM,
        wrong="for g in grads:\n        norm = np.linalg.norm(g)",
        hint="Look at the loop that measures: what is left of the earlier arrays when it ends?",
    ),
    _clip(
        label="norm-without-biases",
        says="the norm leaves out the biases",
        right=_NORM,
        wrong="norm = np.sqrt(sum((g**2).sum() for g in grads if g.ndim > 1))",
        hint="The arrow has all entries of all arrays, those of the vectors too. Which arrays does your sum skip?",
    ),
    _clip(
        label="biases-not-clipped",
        says="only the matrices are scaled, the biases come back as they went in",
        right=_CLIPPED,
        wrong="clipped = [g * scale if g.ndim > 1 else g for g in grads]",
        hint="If one part of an arrow keeps its length and the others shrink, where does it point?",
    ),
    _clip(
        label="root-mean-square",
        says="the squares are averaged, not added",
        right=_NORM,
        wrong="norm = np.sqrt(np.mean(np.concatenate([g.ravel() for g in grads]) ** 2))",
        hint="A norm adds the squares. How many entries there are does not divide it.",
    ),
    _clip(
        label="mutates-grads",
        says="the caller's gradients are changed in place",
        right=_CLIPPED,
        wrong="for g in grads:\n        g *= scale\n    clipped = grads",
        hint="The caller may want to log the gradient before clipping. Return new arrays.",
    ),
    _clip(
        label="largest-singular-value",
        says="the length of a matrix is its largest singular value",
        right=_NORM,
        wrong="norm = np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads))",
        hint="np.linalg.norm(g, 2) of a matrix is not the root of the sum of its squares.",
    ),
)
