"""Search settings on a grid or at random; every validation part comes after its training part."""

from dataclasses import dataclass

import numpy as np

from rnncourse.training.fitting import fit
from rnncourse.training.model import Model
from rnncourse.training.progress import progress_bar


@dataclass(frozen=True)
class SearchResult:
    """The settings that were tried and their errors.

    Attributes
    ----------
    settings : list of dict
    scores : array of shape (settings, folds)
        Validation error, lower is better; inf where training diverged.
    """

    settings: list
    scores: np.ndarray

    @property
    def mean(self):
        """Mean score of each setting over its folds: array of shape (settings,)."""
        return self.scores.mean(axis=1)

    @property
    def best(self):
        """Find the setting with the lowest mean score. That score was chosen for being low: it is no fair estimate."""
        return self.settings[int(np.argmin(self.mean))]

    def __str__(self):
        """Write an aligned table, best first."""
        order = np.argsort(self.mean, kind="stable")
        names = list(self.settings[0])
        rows = [[*names, "mean", "by fold"]]
        for i in order:
            cells = [f"{self.settings[i][name]}" for name in names]
            rows.append([*cells, f"{self.mean[i]:.4g}", " ".join(f"{score:.4g}" for score in self.scores[i])])
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        return "\n".join("  ".join(f"{c:<{w}}" for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)

    def heat_map(self, row, column):
        """Draw the mean score over two settings: `rnncourse.plotting.training.plot_search`."""
        from rnncourse.plotting.training import plot_search

        return plot_search(self, row, column)


def grid_search(build, grid, folds, *, n_jobs=1, progress=None, **options):
    """Train one network for each combination of settings and each fold.

    Parameters
    ----------
    build : callable
        ``build(**setting)`` returns a Model, or (Model, dict of options for `fit`).
    grid : dict of str to list
        Values of each setting: scikit-learn's ParameterGrid.
    folds : ForecastingData, CharacterData, or list of them
        From `rnncourse.data.rolling_origin` (several origins) or `forecasting_data` (the last part). Each is scaled
        on its own training part, and validated on what comes after it.
    n_jobs : int, optional
        Processes, by joblib; the result does not depend on it.
    progress : bool, optional
        As in `fit`.
    **options
        For `fit`, in every run: epochs, seed, backend and so on.

    Returns
    -------
    SearchResult
        Scores are root mean squared errors in the units of the series where the fold has a scaler and the loss is
        the squared error; validation losses otherwise.
    """
    from sklearn.model_selection import ParameterGrid

    return _search(build, list(ParameterGrid(grid)), folds, n_jobs, progress, options)


def random_search(build, distributions, folds, *, n_iter=20, search_seed=0, n_jobs=1, progress=None, **options):
    """Train one network for each of `n_iter` settings drawn at random, and each fold.

    Parameters
    ----------
    distributions : dict of str to list or scipy.stats distribution
        What to draw from: scikit-learn's ParameterSampler.
    n_iter : int, optional
    search_seed : int, optional
        Fixes the draw; `seed` in `options` is that of each training run.
    build, folds, n_jobs, progress, **options
        As in `grid_search`.

    Returns
    -------
    SearchResult

    Notes
    -----
    Source: Bergstra and Bengio (2012), "Random search for hyper-parameter optimization".
    """
    from sklearn.model_selection import ParameterSampler

    settings = list(ParameterSampler(distributions, n_iter, random_state=search_seed))
    return _search(build, settings, folds, n_jobs, progress, options)


def _search(build, settings, folds, n_jobs, progress, options):
    from joblib import Parallel, delayed

    folds = list(folds) if isinstance(folds, list | tuple) else [folds]
    for fold in folds:
        if not hasattr(fold, "validation"):
            raise TypeError(
                f"folds holds a {type(fold).__name__}; expected what rnncourse.data.rolling_origin, forecasting_data "
                "or character_data return: parts of a series in the order of time"
            )
    for taken in {"validation", "checkpoint", "resume"} & set(options):
        raise TypeError(f"{taken} is not an option of a search: each fold brings its own validation part")
    jobs = [(setting, fold) for setting in settings for fold in folds]
    work = (delayed(_score)(build, setting, fold, options) for setting, fold in jobs)
    scores = []
    with progress_bar(len(jobs), show=progress, unit="run") as bar:
        for score in Parallel(n_jobs, return_as="generator")(work):
            scores.append(score)
            bar.update(len(scores), f"best {min(scores):.4g}")
    return SearchResult(settings, np.reshape(scores, (len(settings), len(folds))))


def _score(build, setting, fold, options):
    built = build(**setting)
    model, own = (built, {}) if isinstance(built, Model) else built
    try:
        run = fit(model, fold.x, fold.y, validation=fold.validation, progress=False, **{**options, **own})
    except FloatingPointError:
        return np.inf  # diverged: a finding about the setting, not a reason to lose the rest of the search
    if model.loss == "mse" and hasattr(fold, "scaler"):
        error = fold.scaler.inverse(run.predict(fold.x_val)) - fold.scaler.inverse(fold.y_val)
        return float(np.sqrt(np.mean(error**2)))
    stopping = {**options, **own}.get("early_stopping")
    return run.history.val_loss[-1] if stopping is None else min(run.history.val_loss)
