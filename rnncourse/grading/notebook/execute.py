"""Run a rebuilt notebook: the student's code in a sandbox, the graded cells on this side of it."""

import time

import numpy as np
from nbformat.v4 import new_output

from rnncourse.checks.execution.calling import OutOfTimeError
from rnncourse.grading.notebook import findings
from rnncourse.grading.notebook.outputs import OutputBudget
from rnncourse.grading.notebook.scorer import Scorer
from rnncourse.grading.sandbox.base import SandboxError
from rnncourse.grading.sandbox.protocol.answers import ProcessEnded
from rnncourse.grading.sandbox.remote import Remote
from rnncourse.grading.sandbox.running import running_sandbox
from rnncourse.grading.text import one_line
from rnncourse.language import say

TRIES = 2
"""How often a submission is graded whose sandbox was killed from outside."""


def execute_with_retry(notebook, tests, *, seed, tier, extra=(), limits, files=None):
    """Run `execute` in this process's sandbox, and once more in a fresh one if that was killed from outside.

    No student's process can reach the sandbox's own, and the second time is the first over again: what a student could
    bring about by it is a person who looks.

    Parameters
    ----------
    tier : "bubblewrap", "podman" or "plain"
    extra : tuple of str
        Distributions that the notebook may import.
    notebook, tests, seed, limits, files
        As in `execute`.

    Returns
    -------
    problems : list of str
    """
    for _ in range(TRIES):
        sandbox = running_sandbox(tier, extra)
        problems = execute(notebook, tests, seed, sandbox, limits, files)
        if not sandbox.lost:
            return problems
    return [*problems, say("{how} twice", how=sandbox.lost)]


def execute(notebook, tests, seed, sandbox, limits, files=None):
    """Run a rebuilt notebook and put the outputs into it.

    Parameters
    ----------
    notebook : NotebookNode
    tests : dict
        Source and points by `grade_id`, of `gradebook.cells.graded_cells`.
    seed : int
    sandbox : Sandbox
    limits : Limits
    files : dict of str to bytes
        What lies beside the notebook.

    Returns
    -------
    problems : list of str
        What a person has to look at.
    """
    files = {name: np.frombuffer(content, np.uint8) for name, content in (files or {}).items()}
    remote, budget = Remote(sandbox, limits, files), OutputBudget(limits)
    scorer, problems, count, start = Scorer(remote, seed), [], 0, time.monotonic()
    try:
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            count += 1
            cell.execution_count, cell.outputs = count, []
            about = cell.metadata.get("nbgrader", {})
            if about.get("grade_id") in tests:
                cell.source, maximum = tests[about["grade_id"]]
                score = scorer.score(cell.source, maximum, shared=True)
                cell.outputs = _shown_score(score, count)
                problems += [f"{about['grade_id']}: {score.problem}"] if score.problem else []
                continue
            try:
                if about.get("locked"):
                    scorer.prepare(cell.source)
                if cell.source.strip():
                    cell.outputs = _run(remote, cell.source, count, budget)
            except SandboxError:
                raise
            except (Exception, OutOfTimeError) as error:  # whatever it is, the other cells are graded
                problems.append(
                    say(
                        "cell {number} could not be run: {kind}: {error}",
                        number=count,
                        kind=type(error).__name__,
                        error=one_line(error),
                    )
                )
    finally:
        remote.close()
    findings.note(notebook, seconds=round(time.monotonic() - start, 2), tier=sandbox.tier)
    return problems


def _shown_score(score, count):
    """Make the outputs of a graded cell: the report, and the one bare number that nbgrader counts."""
    report = {"text/plain": score.text} | ({"text/html": score.html} if score.html else {})
    outputs = [new_output("stream", name="stdout", text=score.printed[:10_000])] if score.printed else []
    if score.findings:
        report[findings.MIME] = score.findings
    outputs.append(new_output("display_data", data=report))
    number = {"text/plain": repr(float(score.points))}
    return [*outputs, new_output("execute_result", data=number, execution_count=count)]


def _run(remote, source, count, budget):
    """Run a student's cell; return its outputs, of which `budget` allows so many."""
    try:
        return budget.outputs(remote.cell(source), count)
    except ProcessEnded as ended:
        text = say("The process that ran this cell {ended}", ended=ended)
        return [new_output("error", ename="ProcessEnded", evalue=str(ended), traceback=[text])]
