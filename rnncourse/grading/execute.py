"""nbgrader's step that runs a notebook, with the student's code behind walls and the graded cells on this side."""

import os
import time
from pathlib import Path

import numpy as np
from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Dict, Unicode

from rnncourse.grading import findings, limits, reading, runs, sandbox
from rnncourse.grading.remote import ProcessEnded, Remote
from rnncourse.grading.scorer import Scorer

MIMES = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a student's output: nothing that a browser runs."""

TRIES = 2
"""How often a submission is graded whose sandbox was killed from outside."""

_nurseries = {}  # by process too: a forked one must leave its parent's alone


def nursery(tier, extra=()):
    """This process's nursery: started once, and again if it has ended."""
    key = (os.getpid(), tier, tuple(extra))
    if key in _nurseries and (_nurseries[key].lost or not _nurseries[key].alive):
        _nurseries.pop(key).close()
    if key not in _nurseries:
        _nurseries[key] = sandbox.start(tier, extra)
    return _nurseries[key]


def close_nurseries():
    """End what `nursery` has started."""
    for key in [one for one in _nurseries if one[0] == os.getpid()]:
        _nurseries.pop(key).close()


def refuse_without_sandbox(about):
    """Stop nbgrader before it grades anything without a sandbox or with limits that are none; `about` logs."""
    options = about.config.SandboxedExecute
    try:
        sandbox.tier(options.get("allow_unsafe", False) is True, options.get("tier", ""))
        for problem_set in options.get("limits", {}):
            limits.read(options.limits, problem_set)
    except (sandbox.SandboxError, limits.LimitsError) as error:
        about.log.error("rnncourse: %s", error)
        raise NbGraderException(str(error)) from None


class SandboxedExecute(NbGraderPreprocessor):
    """In the place of nbgrader's Execute."""

    allow_unsafe = Bool(False, help="Run student code in plain processes where there is no sandbox.").tag(config=True)
    tier = Unicode("", help="'bubblewrap' or 'podman'; by default the first that works.").tag(config=True)
    limits = Dict(help="By problem set, see limits.Limits: {'ps6_beyond': {'memory': 8 << 30}}.").tag(config=True)
    extra = Dict(help="What a problem set's notebooks may import: {'ps6_beyond': ['torch']}.").tag(config=True)

    def preprocess(self, notebook, resources):
        """Run one notebook; its graded cells get one number each."""
        about = resources["nbgrader"]
        assignment, name = about["assignment"], about["notebook"]
        course = Path(self.parent.parent.coursedir.root)
        with Gradebook(about["db_url"]) as gradebook:
            tests = graded_cells(gradebook.find_notebook(name, assignment))
        execute_again(
            notebook,
            tests,
            runs.seed(course, assignment),
            (sandbox.tier(self.allow_unsafe, self.tier), self.extra.get(assignment, ())),
            limits.Limits(**limits.read(self.limits, assignment)),
            reading.files_beside(resources["metadata"]["path"]),
        )
        return notebook, resources


def graded_cells(found):
    """Source and points of a notebook's automatically graded cells, by id, from the gradebook."""
    by_hand = {cell.name for cell in found.solution_cells}
    points = {cell.name: float(cell.max_score) for cell in found.grade_cells if cell.cell_type == "code"}
    return {
        cell.name: (cell.source, points[cell.name])
        for cell in found.source_cells
        if cell.name in points and cell.name not in by_hand
    }


def execute_again(notebook, tests, seed, walls, limits, files=None):
    """`execute` in the nursery for some walls, and once more in a fresh one if that was killed from outside.

    Behind walls no student's process can reach the nursery, and the second time is the first over again: what a student
    could bring about by it is a person who looks.

    Parameters
    ----------
    walls : tuple
        The arguments of `nursery`.
    """
    for _ in range(TRIES):
        home = nursery(*walls)
        troubles = execute(notebook, tests, seed, home, limits, files)
        if not home.lost:
            return troubles
    return [*troubles, f"{home.lost} twice"]


def execute(notebook, tests, seed, nursery, limits, files=None):
    """Run a rebuilt notebook and put the outputs into it.

    Parameters
    ----------
    notebook : NotebookNode
    tests : dict
        Of `graded_cells`.
    seed : int
    nursery : Nursery
    limits : Limits
    files : dict of str to bytes
        What lies beside the notebook.

    Returns
    -------
    troubles : list of str
        What a person has to look at.
    """
    files = {name: np.frombuffer(content, np.uint8) for name, content in (files or {}).items()}
    remote = Remote(nursery, limits, files)
    scorer, troubles, count, start = Scorer(remote, seed), [], 0, time.monotonic()
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
                troubles += [f"{about['grade_id']}: {score.trouble}"] if score.trouble else []
                continue
            if about.get("locked"):
                scorer.prepare(cell.source)
            if cell.source.strip():
                cell.outputs = _run(remote, cell.source, count)
    finally:
        remote.close()
    findings.note(notebook, seconds=round(time.monotonic() - start, 2), tier=nursery.tier)
    return troubles


def _shown_score(score, count):
    """The report, and the one bare number that nbgrader counts."""
    report = {"text/plain": score.text} | ({"text/html": score.html} if score.html else {})
    outputs = [new_output("stream", name="stdout", text=score.printed[:10_000])] if score.printed else []
    if score.findings:
        report[findings.MIME] = score.findings
    outputs.append(new_output("display_data", data=report))
    number = {"text/plain": repr(float(score.points))}
    return [*outputs, new_output("execute_result", data=number, execution_count=count)]


def _run(remote, source, count):
    try:
        return [_output(one, count) for one in remote.cell(source)]
    except ProcessEnded as ended:
        text = f"The process that ran this cell {ended}"
        return [new_output("error", ename="ProcessEnded", evalue=str(ended), traceback=[text])]


def _output(one, count):
    kind = one.get("kind")
    if kind in ("result", "display"):
        data = one.get("data") if isinstance(one.get("data"), dict) else {}
        data = {mime: str(data[mime]) for mime in MIMES if mime in data}
        if kind == "result":
            return new_output("execute_result", data=data, execution_count=count)
        return new_output("display_data", data=data)
    if kind == "error":
        trace = str(one.get("traceback")).split("\n")
        return new_output("error", ename=str(one.get("name")), evalue=str(one.get("value")), traceback=trace)
    return new_output("stream", name="stderr" if kind == "stderr" else "stdout", text=str(one.get("text")))
