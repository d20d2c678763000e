"""Run a rebuilt notebook: the student's code in a sandbox, the graded cells on this side of it."""

import time

import numpy as np
from nbformat.v4 import new_output

from rnncourse.grading.notebook import findings
from rnncourse.grading.notebook.scorer import Scorer
from rnncourse.grading.sandbox.remote import ProcessEnded, Remote
from rnncourse.grading.sandbox.running import running_sandbox

MIMES = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a student's output: nothing that a browser runs."""

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
    return [*problems, f"{sandbox.lost} twice"]


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
    remote = Remote(sandbox, limits, files)
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
                score = scorer.score(cell.source, maximum)
                cell.outputs = _shown_score(score, count)
                problems += [f"{about['grade_id']}: {score.problem}"] if score.problem else []
                continue
            if about.get("locked"):
                scorer.prepare(cell.source)
            if cell.source.strip():
                cell.outputs = _run(remote, cell.source, count)
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


def _run(remote, source, count):
    """Run a student's cell; return its outputs."""
    try:
        return [_output(shown, count) for shown in remote.cell(source)]
    except ProcessEnded as ended:
        text = f"The process that ran this cell {ended}"
        return [new_output("error", ename="ProcessEnded", evalue=str(ended), traceback=[text])]


def _output(shown, count):
    """Make a notebook's output of what the student's process says that a cell has shown."""
    kind = shown.get("kind")
    if kind in ("result", "display"):
        data = shown.get("data") if isinstance(shown.get("data"), dict) else {}
        data = {mime: str(data[mime]) for mime in MIMES if mime in data}
        if kind == "result":
            return new_output("execute_result", data=data, execution_count=count)
        return new_output("display_data", data=data)
    if kind == "error":
        trace = str(shown.get("traceback")).split("\n")
        return new_output("error", ename=str(shown.get("name")), evalue=str(shown.get("value")), traceback=trace)
    return new_output("stream", name="stderr" if kind == "stderr" else "stdout", text=str(shown.get("text")))
