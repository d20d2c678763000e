"""Train a stacked model: mini-batches, validation on the last part, early stopping, checkpoints."""

from pathlib import Path

import numpy as np

from rnncourse.training.batches import prepare
from rnncourse.training.optimisers import Adam
from rnncourse.training.progress import progress_bar
from rnncourse.training.resume import load_run, save_run
from rnncourse.training.run import Run, Settings


def fit(
    model,
    x,
    y,
    *,
    epochs=50,
    batch_size=32,
    optimiser=None,
    clip=None,
    validation=0.2,
    mask=None,
    early_stopping=None,
    augment=None,
    shuffle=True,
    seed=0,
    backend="numpy",
    dtype=None,
    device=None,
    params=None,
    checkpoint=None,
    resume=False,
    progress=None,
):
    """Train a model, and remember what happened.

    Parameters
    ----------
    model : Model
    x : array of shape (T, N, D), or integers of shape (T, N) for OneHot
        N sequences in the order of time.
    y : array
        (N, K) or classes (N,) when many-to-one; (T, N, K) or classes (T, N) otherwise.
    epochs, batch_size : int, optional
    optimiser : SGD or Adam, optional
        Adam() by default.
    clip : float, optional
        Largest global norm of the gradients; None does not clip.
    validation : float, int, tuple or None, optional
        The share or number of the *last* sequences that are set aside, or (x_val, y_val[, mask_val]), or None.
    mask : array of shape (T, N), optional
        1 where a step counts.
    early_stopping : EarlyStopping, optional
    augment : callable, optional
        ``augment(x, y, rng) -> x, y`` on each training batch; never on the validation part.
    shuffle : bool, optional
        Draw the training sequences in a new order in each epoch (after the split, so nothing leaks).
    seed : int, optional
        Fixes weights, order, dropout and augmentation: on one machine the run repeats bit for bit.
    backend : {"numpy", "torch"}, optional
        Both draw the same random numbers, so their histories agree up to rounding.
    dtype : dtype, optional
        float32 or float64; that of x by default (float64 for classes).
    device : str, optional
        For torch: "cpu" or "cuda".
    params : tuple, optional
        Weights to start from, as `init_params` returns them.
    checkpoint : str or Path, optional
        File to which the whole state goes after each epoch.
    resume : bool, optional
        Continue from the checkpoint if the file is there: bit for bit as if the run had never stopped.
    progress : bool, optional
        Show a progress bar; None: unless the output is piped.

    Returns
    -------
    Fitted

    Raises
    ------
    ValueError, TypeError
        Wrong shapes, classes or NaN in the data, named in the notes' letters; a checkpoint of another run.
    FloatingPointError
        If the loss or the gradient is no longer a number.
    """
    train, held_out = prepare(model, x, y, mask, validation)
    dtype = np.dtype(dtype or (train.x.dtype if np.issubdtype(train.x.dtype, np.floating) else np.float64))
    optimiser = Adam() if optimiser is None else optimiser
    settings = Settings(
        optimiser, batch_size, clip, early_stopping, augment, shuffle, seed, backend, dtype.name, device
    )  # fmt: skip
    _check(epochs, early_stopping, held_out, checkpoint, resume)
    run = Run(model, settings, train, held_out, params)
    if resume and Path(checkpoint).exists():
        load_run(run, checkpoint)
    with progress_bar(epochs, len(run.history), progress) as bar:
        while len(run.history) < epochs and not run.stopped:
            run.epoch()
            if checkpoint is not None:
                save_run(run, checkpoint)
            bar.update(len(run.history), run.describe())
    return run.fitted()


def _check(epochs, early_stopping, held_out, checkpoint, resume):
    if epochs < 1:
        raise ValueError(f"epochs is {epochs}; expected at least 1")
    if early_stopping is not None and held_out is None:
        raise ValueError("early_stopping watches the validation loss, but validation is None; set a part aside")
    if resume and checkpoint is None:
        raise ValueError("resume is True but checkpoint is None; give the file to resume from")
    if checkpoint is not None and not Path(checkpoint).resolve().parent.is_dir():
        raise FileNotFoundError(f"checkpoint is {str(checkpoint)!r}, but its folder does not exist; make it first")
