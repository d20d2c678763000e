"""Grade a class: submissions go to an executor, outcomes come back to one committer, and any crash can be resumed."""

import concurrent.futures
import logging
import multiprocessing
import os
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory

from rnncourse.authoring.release import CourseError, problem_sets
from rnncourse.grading import jobs, runs, sandbox, submissions
from rnncourse.grading.commit import Committer
from rnncourse.grading.execute import graded_cells
from rnncourse.grading.ingest import locked_cells
from rnncourse.grading.journal import Journal

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
NEW_POOLS = 20
"""How often killed workers are replaced before giving up."""


class _App(NbGrader):
    name = "nbgrader-autograde"


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

    Raises
    ------
    CourseError
        If there is no such problem set, or it is not released.
    SandboxError
    """

    def __init__(self, course, problem_set, allow_unsafe=False, again=False):
        self._course = Path(course).resolve()
        if problem_set not in problem_sets(self._course):
            known = ", ".join(problem_sets(self._course))
            raise CourseError(f"there is no problem set {problem_set!r}; this course has {known}")
        self._app, self._coursedir = _configured(self._course, problem_set)
        options = self._app.config.SandboxedExecute
        tier = sandbox.tier(allow_unsafe or options.get("allow_unsafe", False) is True)
        self._limits = dict(options.get("limits", {}).get(problem_set, {}))
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
        depends = [{one: asdict(rule) for one, rule in rules.items()}, str(self._seed), self._limits, self._extra]
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
            outcome = self._journal.read(one.key)
            if outcome:
                self.run.to_enter.append(outcome)
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
            one.name: jobs.NotebookRules(str(release / f"{one.name}.ipynb"), locked_cells(one), graded_cells(one))
            for one in notebooks
        }

    def grade(self, workers):
        """Do what is to be done.

        Parameters
        ----------
        workers : int
            Processes.

        Yields
        ------
        student : str
            Whose grade has just been entered.
        """
        try:
            for outcome in self.run.to_enter:
                yield self._enter(outcome)
            yield from self._grade_rest(workers)
        finally:
            self._committer.close()

    def _grade_rest(self, workers):
        left = {job.key: job for job in self.run.jobs}
        for _ in range(NEW_POOLS):
            if not left:
                return
            pool = concurrent.futures.ProcessPoolExecutor(
                min(workers, len(left)),
                mp_context=multiprocessing.get_context("fork"),
                initializer=jobs.prepare_worker,
                initargs=(os.getpid(),),
            )
            try:
                waiting = {pool.submit(jobs.grade, job): job for job in left.values()}
                for future in concurrent.futures.as_completed(waiting):
                    job = waiting.pop(future)
                    try:
                        outcome = future.result()
                    except BrokenProcessPool:  # somebody killed a worker: the rest goes to new ones
                        continue
                    except Exception as error:
                        self.run.failed[job.student] = f"{type(error).__name__}: {error}"
                        left.pop(job.key)
                        continue
                    self._journal.write(outcome)
                    left.pop(job.key)
                    yield self._enter(outcome)
            except BrokenProcessPool:  # while jobs were handed out
                pass
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                for process in list((pool._processes or {}).values()):
                    process.terminate()
        for job in left.values():
            self.run.failed[job.student] = "its worker was killed again and again"

    def _enter(self, outcome):
        student = outcome["student"]
        self._committer.enter(outcome, self._folders[student])
        self._journal.entered(outcome["key"])
        if outcome["troubles"]:
            self.run.troubles[student] = outcome["troubles"]
        return student


def _configured(course, problem_set):
    """nbgrader's application and course directory, as nbgrader_config.py has them."""
    app = _App()
    before = os.getcwd()
    os.chdir(course)
    try:
        app.initialize([])
    finally:
        os.chdir(before)
    app.log.setLevel(logging.ERROR)
    coursedir = CourseDirectory(parent=app)
    coursedir.root, coursedir.assignment_id = str(course), problem_set
    return app, coursedir
