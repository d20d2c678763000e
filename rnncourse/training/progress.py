"""The progress bar of a run or a search: steps done, losses, rate and time left; nothing when the output is piped."""

import sys
import time
from contextlib import nullcontext
from importlib.util import find_spec

WIDTH = 20
"""Characters of the plain bar."""


class _Quiet:
    def update(self, done, text):
        """Show nothing."""


class _Bar:
    def __init__(self, bar, task, unit):
        self.bar, self.task, self.unit = bar, task, unit

    def update(self, done, text):
        """Show how many are done."""
        task = self.bar.tasks[self.task]
        rate = f"{task.speed:.1f} {self.unit}s/s" if task.speed else ""
        self.bar.update(self.task, completed=done, text=text, rate=rate)


class _Text:
    """A line of text on stdout that is written over: for where rich is not installed, or cannot draw."""

    def __init__(self, total, done, unit):
        self.total, self.unit = total, unit
        self.first, self.start, self.shown, self.width = done, time.perf_counter(), 0.0, 0

    def update(self, done, text):
        """Show how many are done, ten times a second at most."""
        now = time.perf_counter()
        if now - self.shown < 0.1 and done < self.total:
            return
        self.shown = now
        rate = (done - self.first) / max(now - self.start, 1e-9)
        left = f"{(self.total - done) / rate:.0f} s left" if rate else ""
        bar = "#" * (WIDTH * done // max(self.total, 1))
        line = f"{self.unit} {done}/{self.total} [{bar:.<{WIDTH}}] {text}  {rate:.1f} {self.unit}s/s  {left}"
        print(f"\r{line:<{self.width}}", end="", flush=True)
        self.width = len(line)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.width:
            print()


class progress_bar:
    """Context manager for `total` steps of which `done` are done.

    Parameters
    ----------
    total, done : int
    show : bool or None
        None: in a terminal and in a notebook, and not when piped.
    unit : str
        What a step is called.

    Notes
    -----
    Drawn by rich, in a notebook with ipywidgets; as plain text where one of them is not installed.

    Examples
    --------
    >>> with progress_bar(600, unit="step") as bar:  # doctest: +SKIP
    ...     for step in range(1, 601):
    ...         bar.update(step, "loss 0.12")
    """

    def __init__(self, total, done=0, show=None, unit="epoch"):
        self.context, self.bar = nullcontext(), _Quiet()
        notebook = _in_notebook()
        if show is False or (show is None and not notebook and not sys.stdout.isatty()):
            return
        if find_spec("rich") is None or (notebook and find_spec("ipywidgets") is None):
            self.context = self.bar = _Text(total, done, unit)
        else:
            self.context, self.bar = _rich(total, done, unit)

    def __enter__(self):
        self.context.__enter__()
        return self.bar

    def __exit__(self, *error):
        return self.context.__exit__(*error)


def _in_notebook():
    """Whether a Jupyter kernel runs this."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and type(ipython.get_ipython()).__name__ == "ZMQInteractiveShell"


def _rich(total, done, unit):
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (unit, MofNCompleteColumn(), BarColumn(), TextColumn("{task.fields[text]}"))
    bar = Progress(*columns, TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), console=Console())
    return bar, _Bar(bar, bar.add_task("", total=total, completed=done, text="", rate=""), unit)
