"""Show the progress of a run or a search with rich: steps done, losses, rate and time left; nothing when piped."""

import sys
from contextlib import contextmanager
from importlib.util import find_spec


class ProgressBar:
    """What a `progress_bar` block updates.

    Parameters
    ----------
    bar : rich.progress.Progress or None
        None shows nothing.
    total, done : int
    unit : str
    """

    def __init__(self, bar, total, done, unit):
        self._bar, self._unit = bar, unit
        self._task = None if bar is None else bar.add_task("", total=total, completed=done, text="", rate="")

    def update(self, done, text):
        """Show how many steps are done, and what is to say about the last one."""
        if self._bar is None:
            return
        speed = self._bar.tasks[self._task].speed
        rate = f"{speed:.1f} {self._unit}s/s" if speed else ""
        self._bar.update(self._task, completed=done, text=text, rate=rate)


@contextmanager
def progress_bar(total, done=0, show=None, unit="epoch"):
    """Show a bar inside a ``with`` block, for `total` steps of which `done` are done.

    Parameters
    ----------
    total, done : int
    show : bool or None
        None: in a terminal and in a notebook, and not when piped.
    unit : str
        What a step is called.

    Yields
    ------
    ProgressBar

    Notes
    -----
    Drawn by rich, in a notebook with ipywidgets; where one of them is not installed, nothing is shown.

    Examples
    --------
    >>> with progress_bar(600, unit="step") as bar:  # doctest: +SKIP
    ...     for step in range(1, 601):
    ...         bar.update(step, "loss 0.12")
    """
    notebook = _in_notebook()
    wanted = (notebook or sys.stdout.isatty()) if show is None else show
    # Without ipywidgets rich draws nothing in a notebook, and warns on stderr.
    if not wanted or find_spec("rich") is None or (notebook and find_spec("ipywidgets") is None):
        yield ProgressBar(None, total, done, unit)
        return
    with _rich(unit) as bar:
        yield ProgressBar(bar, total, done, unit)


def _rich(unit):
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (unit, MofNCompleteColumn(), BarColumn(), TextColumn("{task.fields[text]}"))
    return Progress(*columns, TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), console=Console())


def _in_notebook():
    """Tell whether a Jupyter kernel runs this."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and type(ipython.get_ipython()).__name__ == "ZMQInteractiveShell"
