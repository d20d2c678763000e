"""The progress bar of a run or a search: steps done, losses, rate and time left; nothing when the output is piped."""

from contextlib import nullcontext


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


class progress_bar:
    """Context manager for `total` steps of which `done` are done.

    Parameters
    ----------
    total, done : int
    show : bool or None
        None: in a terminal and in a notebook, not when piped and not without rich.
    unit : str
        What a step is called.
    """

    def __init__(self, total, done=0, show=None, unit="epoch"):
        self.context, self.bar = nullcontext(), _Quiet()
        if show is False:
            return
        try:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
        except ImportError:
            return
        console = Console()
        if show or console.is_terminal or console.is_jupyter:
            columns = (unit, MofNCompleteColumn(), BarColumn(), TextColumn("{task.fields[text]}"))
            self.context = Progress(*columns, TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), console=console)
            self.bar = _Bar(
                self.context, self.context.add_task("", total=total, completed=done, text="", rate=""), unit
            )

    def __enter__(self):
        self.context.__enter__()
        return self.bar

    def __exit__(self, *error):
        return self.context.__exit__(*error)
