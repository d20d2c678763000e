"""Choose where a run's submissions are graded: in processes of this machine, or by the workers of a dask scheduler."""

from rnncourse.grading.run.local_pool import LocalPool
from rnncourse.grading.run.pool import PoolError
from rnncourse.grading.sandbox import probe


def choose_tier(scheduler, allow_unsafe, wanted=""):
    """Choose the sandbox that a run promises: this machine's, or that of a scheduler's workers.

    Parameters
    ----------
    scheduler : str or None
    allow_unsafe : bool
    wanted : str
        As `probe.choose_tier` has it; a scheduler's workers know bubblewrap alone.

    Returns
    -------
    tier : "bubblewrap", "podman" or "plain"

    Raises
    ------
    SandboxError, PoolError
    """
    if scheduler is None:
        return probe.choose_tier(allow_unsafe, wanted)
    if wanted not in ("", "bubblewrap"):
        raise PoolError(f"the workers of a scheduler grade in bubblewrap; c.SandboxedExecute.tier is {wanted!r}")
    with choose_pool(scheduler, 0) as remote:
        return remote.tier(allow_unsafe or probe.allowed_unsafe())


def choose_pool(scheduler, workers):
    """Make the pool of a run: a scheduler's workers where there is a scheduler, else so many processes."""
    if scheduler is None:
        return LocalPool(workers)
    try:
        from rnncourse.grading.run.dask_pool import DaskPool
    except ImportError as error:
        raise PoolError(f"{error}; for --scheduler run: pip install 'rnncourse[scale]'") from None
    return DaskPool(scheduler)
