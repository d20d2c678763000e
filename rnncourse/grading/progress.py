"""What a person sees of a run: the tier first, then a bar with the rate and the time left, then what to look at."""

import time

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

TIERS = {
    "bubblewrap": "bubblewrap: student code has no network, no files of yours, and limits",
    "podman": "podman: student code has a container of its own, no network, no files of yours, and limits",
    "plain": "NONE: student code runs as you, with your files and your network within its reach",
}


def show(driver, workers, console):
    """Run a driver to its end.

    Parameters
    ----------
    driver : Driver
    workers : int
    console : rich.console.Console

    Returns
    -------
    complete : bool
        Whether every submission has a grade.
    """
    run = driver.run
    console.print(f"sandbox: {TIERS[run.tier]}", highlight=False)
    console.print(f"{run.problem_set}: {run.todo} to grade, {run.already} graded before", highlight=False)
    if run.todo:
        _bar(driver, workers, console)
    for title, found in (("could not be graded", run.failed), ("need a person", run.troubles)):
        for student, why in found.items():
            console.print(f"{title}: {student}: {why}", highlight=False, markup=False)
    return not run.failed


def _bar(driver, workers, console):
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    start, done, rate = time.monotonic(), 0, ""
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=driver.run.todo, rate="")
        for _ in driver.grade(workers):
            done += 1
            rate = f"{60 * done / (time.monotonic() - start):.0f} per minute"
            progress.update(task, advance=1, rate=rate)
    console.print(f"{done} graded, {rate}", highlight=False)
