"""Grade a class: submissions go to an executor, outcomes come back to one committer, and any crash can be resumed."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from rnncourse.authoring.release import CourseError, require_problem_set
from rnncourse.grading import jobs, limits, pools, runs, submissions
from rnncourse.grading.commit import Committer
from rnncourse.grading.configuration import configured
from rnncourse.grading.execute import graded_cells
from rnncourse.grading.ingest import locked_cells
from rnncourse.grading.journal import Journal

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
BATCH = 100
"""Submissions that are entered in one transaction, at most."""


@dataclass
class Run:
    """What one run is to do, and has done."""

    problem_set: str
    tier: str
    jobs: list = field(default_factory=list)
    to_enter: list = field(default_factory=list)
    already: int = 0
    troubles: dict = field(default_factory=dict)
    failed: dict = field(default_factory=dict)

    @property
    def todo(self):
        """How many submissions are left."""
        return len(self.jobs) + len(self.to_enter)


class Driver:
    """Grades one problem set of a course.

    Parameters
    ----------
    course : path
        The course directory.
    problem_set : str
    allow_unsafe : bool
        Run student code in plain processes where there is no sandbox.
    again : bool
        Grade everything again, also what is graded already.
    scheduler : str, optional
        Address of a dask scheduler, such as "tcp://host:8786"; processes of this machine by default.
    db : str, optional
        The gradebook, such as "postgresql://user@host/name"; as nbgrader_config.py has it by default.

    Raises
    ------
    CourseError
        If there is no such problem set, or it is not released.
    SandboxError
    PoolError
        If the scheduler does not answer, or its workers are not fit to grade.
    """

    def __init__(self, course, problem_set, allow_unsafe=False, again=False, scheduler=None, db=None):
        self._course = Path(course).resolve()
        require_problem_set(self._course, problem_set)
        self._app, self._coursedir = configured(self._course, problem_set, db)
        options = self._app.config.SandboxedExecute
        self._scheduler = scheduler
        unsafe = allow_unsafe or options.get("allow_unsafe", False) is True
        tier = pools.tier(scheduler, unsafe, options.get("tier", ""))
        self._limits = limits.read(options.get("limits", {}), problem_set)
        self._extra = tuple(options.get("extra", {}).get(problem_set, ()))
        self._seed = runs.seed(self._course, problem_set)
        self._journal = Journal(runs.folder(self._course, problem_set) / "journal")
        self._committer = Committer(self._app, self._coursedir, problem_set)
        self.run = Run(problem_set, tier)
        self._folders = {}
        self._plan(again)

    def _plan(self, again):
        """Sort the submissions: entered already, graded and to be entered, to be graded."""
        name = self.run.problem_set
        rules = self._rules(name)
        depends = [
            {one: [rule.locked, rule.tests] for one, rule in rules.items()},
            str(self._seed),
            self._limits,
            self._extra,
        ]
        submitted = Path(self._coursedir.format_path(self._coursedir.submitted_directory, ".", ".")).resolve()
        for one in submissions.find(submitted, name, tuple(rules), depends):
            self._folders[one.student] = one.folder
            if again:
                self._journal.forget(one.key)
            if self._journal.is_entered(one.key):
                if self._committer.has(one.student):
                    self.run.already += 1
                    continue
                self._journal.forget(one.key)
            if self._journal.is_graded(one.key):
                self.run.to_enter.append(one.key)
                continue
            files = {notebook: str(path) if path else None for notebook, path in one.notebooks.items()}
            how = (rules, self._seed, self.run.tier, self._limits, self._extra)
            self.run.jobs.append(jobs.Job(one.key, one.student, str(one.folder), files, *how))

    def _rules(self, name):
        """How each notebook of the problem set is graded, from the gradebook."""
        release = Path(self._coursedir.format_path(self._coursedir.release_directory, ".", name))
        notebooks = self._committer.notebooks()
        missing = [one.name for one in notebooks if not (release / f"{one.name}.ipynb").exists()]
        if not notebooks or missing:
            raise CourseError(f"{name} is not released; run: rnncourse release {name}")
        return {
            one.name: jobs.NotebookRules(
                (release / f"{one.name}.ipynb").read_text(encoding="utf-8"), locked_cells(one), graded_cells(one)
            )
            for one in notebooks
        }

    def grade(self, workers):
        """Do what is to be done.

        Parameters
        ----------
        workers : int
            Processes, where there is no scheduler.

        Yields
        ------
        student : str
            Whose grade has just been entered.
        """
        try:
            for keys in batched(self.run.to_enter):
                yield from self._enter([self._journal.read(key) for key in keys])
            if self.run.jobs:
                with pools.pool(self._scheduler, workers) as pool:
                    for ended in pool.outcomes(self.run.jobs):
                        yield from self._enter(self._keep(ended))
        finally:
            self._committer.close()

    def _keep(self, ended):
        """Put outcomes into the journal; those that are none are noted."""
        outcomes = []
        for job, outcome in ended:
            if isinstance(outcome, Exception):
                self.run.failed[job.student] = f"{type(outcome).__name__}: {outcome}"
            else:
                self._journal.write(outcome)
                outcomes.append(outcome)
        return outcomes

    def _enter(self, outcomes):
        """Enter outcomes: the more have come, the more make a transaction, so that a busy committer catches up."""
        for batch in batched(outcomes):
            refused = self._committer.enter([(outcome, self._folders[outcome["student"]]) for outcome in batch])
            self.run.failed |= refused
            batch = [outcome for outcome in batch if outcome["student"] not in refused]
            for outcome in batch:
                self._journal.entered(outcome["key"])
            for outcome in batch:
                if outcome["troubles"]:
                    self.run.troubles[outcome["student"]] = outcome["troubles"]
                yield outcome["student"]


def batched(items):
    """Items in lists of at most `BATCH`."""
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
