"""Show a person how a run goes: the tier first, then a bar with the rate and the time left, then what to look at."""

import time

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rnncourse.grading.text import one_line

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
        for _ in with_bar(driver.grade(workers), run.todo, "graded", console):
            pass
    titles = {
        "penalty worked out anew": run.lateness,
        "attempt passed over": run.passed_over,
        "could not be graded": run.failed,
        "need a person": run.problems,
    }
    for title, found in titles.items():
        for student, why in found.items():
            reasons = "; ".join(map(one_line, [why] if isinstance(why, str) else why))
            console.print(f"{title}: {one_line(student)}: {reasons}", highlight=False, markup=False)
    if run.failed:
        again = f"rnncourse grade {run.problem_set} --only STUDENT"
        console.print(f"To take one of these up again: {again}; to leave one out: --skip STUDENT", highlight=False)
    return not run.failed


def with_bar(steps, total, done, console):
    """Pass steps on, and show a bar with the rate and the time left meanwhile; at the end say what was done, how fast.

    Parameters
    ----------
    steps : iterable
    total : int
    done : str
        What a step has done: "graded".
    console : rich.console.Console

    Yields
    ------
    step : object
    """
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    start, count, rate = time.monotonic(), 0, ""
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=total, rate="")
        for step in steps:
            count += 1
            rate = f"{60 * count / (time.monotonic() - start):.0f} per minute"
            progress.update(task, advance=1, rate=rate)
            yield step
    console.print(f"{count} {done}, {rate}", highlight=False)
