"""Grade a class: submissions go to an executor, outcomes come back to one committer, and any crash can be resumed."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from rnncourse.authoring.course_language import course_language
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.release import require_problem_set
from rnncourse.authoring.released import translated_notebooks
from rnncourse.grading.deadlines.course_file import read_deadlines
from rnncourse.grading.gradebook import state
from rnncourse.grading.gradebook.cells import graded_cells, locked_cells
from rnncourse.grading.gradebook.commit import Committer
from rnncourse.grading.gradebook.configuration import configured
from rnncourse.grading.run import jobs, submissions
from rnncourse.grading.run.attempts import Attempts
from rnncourse.grading.run.checks_version import version_of
from rnncourse.grading.run.choose_pool import choose_pool, choose_tier
from rnncourse.grading.run.entering import Entering, batched
from rnncourse.grading.run.history import History
from rnncourse.grading.run.journal import Journal
from rnncourse.grading.sandbox import limits
from rnncourse.grading.text import described
from rnncourse.language import ENGLISH

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Run:
    """What one run is to do, and has done."""

    problem_set: str
    tier: str
    jobs: list = field(default_factory=list)
    to_enter: list = field(default_factory=list)
    already: int = 0
    entered: int = 0
    problems: dict = field(default_factory=dict)
    failed: dict = field(default_factory=dict)
    lateness: dict = field(default_factory=dict)
    passed_over: dict = field(default_factory=dict)

    @property
    def todo(self):
        """Count the submissions that are left."""
        return len(self.jobs) + len(self.to_enter)

    def found(self):
        """Say what was done, as JSON can write it."""
        names = ("problem_set", "tier", "already", "entered", "failed", "problems")
        return {name: getattr(self, name) for name in names}


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
    only, skip : collection of str
        Students: these and no others, where there are any; and these not.

    Raises
    ------
    CourseError
        If there is no such problem set, or it is not released.
    SandboxError
    PoolError
        If the scheduler does not answer, or its workers are not fit to grade.
    """

    def __init__(self, course, problem_set, allow_unsafe=False, again=False, scheduler=None, db=None, only=(), skip=()):
        self._course = Path(course).resolve()
        require_problem_set(self._course, problem_set)
        self._app, self._coursedir = configured(self._course, problem_set, db)
        options = self._app.config.SandboxedExecute
        self._scheduler = scheduler
        unsafe = allow_unsafe or options.get("allow_unsafe", False) is True
        tier = choose_tier(scheduler, unsafe, options.get("tier", ""))
        self._limits = limits.read(options.get("limits", {}), problem_set)
        self._extra = tuple(options.get("extra", {}).get(problem_set, ()))
        self._seed, self._language = state.seed(self._course, problem_set), course_language(self._course)
        folder = state.folder(self._course, problem_set)
        self._journal, self._history = Journal(folder / "journal"), History(folder / "history.jsonl")
        self._deadlines = read_deadlines(self._course, problem_set)
        self._committer = Committer(self._app, self._coursedir, problem_set, self._deadlines)
        self.run = Run(problem_set, tier)
        self._folders, self._students = {}, {}
        self._again, self._rules, self._last_keys = again, self._read_rules(problem_set), None
        self._version = version_of({name: rule.tests for name, rule in self._rules.items()})
        attempts = Attempts(folder / "attempts") if self._deadlines.attempts == "best" else None
        notes = self._journal, self._history, attempts
        self._entering = Entering(self._committer, notes, self._version, self.run, self._folders)
        self._plan(only, skip)
        self.run.lateness = self._committer.update_lateness()

    def _plan(self, only, skip):
        """Sort the submissions: entered already, graded and to be entered, to be graded."""
        name = self.run.problem_set
        depends = [
            {notebook: [rule.locked, rule.tests] for notebook, rule in self._rules.items()},
            str(self._seed),
            self._limits,
            self._extra,
            *([self._language] if self._language != ENGLISH else []),  # English keys are as they were
        ]
        submitted = Path(self._coursedir.format_path(self._coursedir.submitted_directory, ".", ".")).resolve()
        unknown = {*only, *skip}
        for submission in submissions.find(submitted, name, tuple(self._rules), depends):
            unknown.discard(submission.student)
            if submission.student in skip or (only and submission.student not in only):
                continue
            if submission.problem:
                self.run.failed[submission.student] = submission.problem
                continue
            self._folders[submission.student] = submission.folder
            self._students[submission.key] = submission.student
            self._take(submission)
        if unknown:
            raise CourseError(
                f"nothing of {name} was handed in by {', '.join(sorted(unknown))}; is the name spelt right?"
            )

    def _take(self, submission):
        """Sort one submission."""
        if self._again:
            self._journal.forget(submission.key)
        if self._journal.is_entered(submission.key):
            if self._committer.has(submission.student) and self._counts(submission):
                self.run.already += 1
                return
            self._journal.forget(submission.key)
        if self._journal.is_graded(submission.key):
            self.run.to_enter.append(submission.key)
        else:
            self.run.jobs.append(self._job(submission))

    def _counts(self, submission):
        """Tell whether what was handed in is what the gradebook has, and not a version that a newer one replaced."""
        if self._deadlines.attempts == "best":
            return True  # it has been weighed against the others
        if self._last_keys is None:
            self._last_keys = {student: line.get("key") for student, line in self._history.latest().items()}
        return self._last_keys.get(submission.student, submission.key) == submission.key

    def _job(self, submission):
        """Make the job of one submission."""
        return jobs.Job(
            key=submission.key,
            student=submission.student,
            folder=str(submission.folder),
            notebooks={notebook: str(path) if path else None for notebook, path in submission.notebooks.items()},
            rules=self._rules,
            seed=self._seed,
            tier=self.run.tier,
            limits=self._limits,
            extra=self._extra,
            language=self._language,
        )

    def _read_rules(self, name):
        """Read from the gradebook how each notebook of the problem set is graded."""
        release = Path(self._coursedir.format_path(self._coursedir.release_directory, ".", name))
        notebooks = self._committer.notebooks()
        missing = [notebook.name for notebook in notebooks if not (release / f"{notebook.name}.ipynb").exists()]
        if not notebooks or missing:
            raise CourseError(f"{name} is not released; run: rnncourse release {name}")
        translated = tuple(map(nbformat.writes, translated_notebooks(self._course, name, self._language)))
        return {
            notebook.name: jobs.NotebookRules(
                released=(release / f"{notebook.name}.ipynb").read_text(encoding="utf-8"),
                locked=locked_cells(notebook),
                tests=graded_cells(notebook),
                translated=translated if notebook.name == name else (),
            )
            for notebook in notebooks
        }

    def grade(self, workers):
        """Grade and enter what is to be graded and entered.

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
                yield from self._enter(self._kept(keys))
            if self.run.jobs:
                with choose_pool(self._scheduler, workers) as pool:
                    for ended in pool.outcomes(self.run.jobs):
                        yield from self._enter(self._keep(ended))
        finally:
            self._committer.close()

    def _keep(self, ended, journal=None):
        """Put outcomes into the journal, or into another one; note the errors in the place of others."""
        outcomes = []
        for job, outcome in ended:
            try:
                why = described(outcome) if isinstance(outcome, Exception) else outcome.get("failed")
                if not why:
                    outcome["checks"] = self._version.id
                    (journal or self._journal).write(outcome)
                    outcomes.append(outcome)
            except Exception as error:
                why = described(error)
            if why:
                self.run.failed[job.student] = why
        return outcomes

    def _kept(self, keys):
        """Read outcomes from the journal; one that cannot be read is forgotten, so that the next run grades it."""
        outcomes = []
        for key in keys:
            try:
                outcomes.append(self._journal.read(key))
            except Exception as error:
                self._journal.forget(key)
                self.run.failed[self._students[key]] = f"what was graded cannot be read again: {described(error)}"
        return outcomes

    def _enter(self, outcomes, why=None):
        """Enter outcomes."""
        return self._entering.enter(outcomes, why or ("again" if self._again else "first"))
