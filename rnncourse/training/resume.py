"""Save a run's state in a checkpoint and load it: weights, optimiser, generator, history, early stopping."""

import numpy as np

from rnncourse.training.batches import fingerprint
from rnncourse.training.checkpoint import read_checkpoint, write_checkpoint
from rnncourse.training.fitted import Fitted
from rnncourse.training.history import History
from rnncourse.training.model import from_dict, to_dict
from rnncourse.training.params import flatten, init_params, names, unflatten


def save_run(run, path):
    """Write the whole state of a run.

    Parameters
    ----------
    run : Run
    path : str or Path
    """
    arrays = _named("params/", run, run.params)
    if run.early_stopping is not None:
        arrays |= _named("best/", run, run.early_stopping.best_params)
    for kind, values in run.optimiser.to_arrays().items():
        arrays |= {f"optimiser/{kind}/{place}": value for place, value in enumerate(values)}
    meta = {
        **_identity(run),
        "D": run.D,
        "history": run.history.to_dict(),
        "rng": run.rng.bit_generator.state,
        "best": None if run.early_stopping is None else [run.early_stopping.best, run.early_stopping.best_epoch],
        "stopped": run.stopped,
    }
    write_checkpoint(path, arrays, meta)


def load_run(run, path):
    """Put a run, made with the same model, data and settings, into the state that `save_run` wrote.

    Parameters
    ----------
    run : Run
    path : str or Path

    Raises
    ------
    ValueError
        If the checkpoint belongs to another run; says in what they differ.
    """
    arrays, meta = read_checkpoint(path)
    mine, theirs = _flat(_identity(run)), _flat(meta)
    differ = [f"{key} is {mine[key]!r}, was {theirs.get(key)!r}" for key in mine if mine[key] != theirs.get(key)]
    if differ:
        raise ValueError(f"{path} belongs to another run: {'; '.join(differ)}; resume with what it was, or start anew")
    run.params = run.put_all(_in_order(arrays, "params/", run.like))
    run.history = History(**meta["history"])
    run.rng.bit_generator.state = meta["rng"]
    count = len(flatten(run.like))
    kinds = {name.split("/")[1] for name in arrays if name.startswith("optimiser/")}
    run.optimiser.from_arrays(
        {k: [arrays[f"optimiser/{k}/{i}"] for i in range(_count(arrays, k, count))] for k in kinds}
    )
    if run.early_stopping is not None:
        run.early_stopping.best, run.early_stopping.best_epoch = meta["best"]
        run.early_stopping.best_params = run.put_all(_in_order(arrays, "best/", run.like))


def load(path, device=None):
    """Load the trained model in a checkpoint: the best weights if the run had early stopping, else the last.

    Parameters
    ----------
    path : str or Path
        Written by ``fit(..., checkpoint=path)``.
    device : str, optional
        Where `predict` runs, for a torch run.

    Returns
    -------
    Fitted
    """
    arrays, meta = read_checkpoint(path)
    model = from_dict(meta["model"])
    like = init_params(model, meta["D"], np.random.default_rng(0))
    params = unflatten(_in_order(arrays, "best/" if meta["best"] else "params/", like), like)
    backend = meta["settings"]["backend"]
    return Fitted(model, params, History(**meta["history"]), meta["stopped"], backend, device)


def _identity(run):
    """Describe what must agree when a run is resumed."""
    return {
        "model": to_dict(run.model),
        "data": fingerprint(run.train, run.held_out),
        "settings": run.settings.to_dict(),
    }


def _flat(meta):
    return {"model": meta["model"], "data": meta["data"], **meta["settings"]}


def _named(prefix, run, params):
    flat = [run.backend.get(theta) for theta in flatten(params)]
    return {prefix + name: array for name, array in zip(names(run.like), flat, strict=True)}


def _in_order(arrays, prefix, like):
    return [arrays[prefix + name] for name in names(like)]


def _count(arrays, kind, count):
    """Count the arrays of one kind of optimiser state: one per parameter, or one in all (Adam's t)."""
    return sum(f"optimiser/{kind}/{place}" in arrays for place in range(count))
