"""Grade again what the checks may now see otherwise, say which points would change, and only then enter them.

What has been graded again waits beside the journal until it is entered, so that a look at the changes costs the
grading once, and a run that was interrupted goes on.
"""

from dataclasses import dataclass

from rnncourse.grading.gradebook import state
from rnncourse.grading.notebook.graded_cells import exercise_name
from rnncourse.grading.run.choose_pool import choose_pool
from rnncourse.grading.run.driver import Driver
from rnncourse.grading.run.entering import batched
from rnncourse.grading.run.journal import Journal


@dataclass(frozen=True)
class Change:
    """Points of one graded cell that are not what they were; `by_hand` are a person's, which stay in force."""

    student: str
    exercise: str
    before: float | None
    after: float
    by_hand: float | None


class Regrade(Driver):
    """Grades again what has a grade.

    Parameters
    ----------
    course : path
    problem_set : str
    everything : bool
        Also where the checks are as they were: the same seed and the same checks give the same points.
    **options
        Of `Driver`.
    """

    def __init__(self, course, problem_set, everything=False, **options):
        self._everything, self._waiting, self._latest, self._before = everything, None, None, {}
        self.cells, self.ungraded, self._found = set(), 0, []
        super().__init__(course, problem_set, **options)
        self._graded = list(self._found)

    def _take(self, submission):
        """Sort one submission: only what has a grade that may change is graded."""
        if self._latest is None:
            self._waiting = Journal(state.folder(self._course, self.run.problem_set) / "waiting")
            self._latest, self._versions = self._history.latest(), self._history.versions()
        key = submission.key
        if not (self._journal.is_entered(key) and self._committer.has(submission.student)):
            self.ungraded += 1
            return
        cells = self._may_change(submission)
        if not cells:
            self.run.already += 1
            return
        self.cells |= cells
        if self._is_waiting(key) and not self._everything:
            self._found.append(key)
        else:
            self.run.jobs.append(self._job(submission))

    @property
    def count(self):
        """Count the submissions whose points may change."""
        return len(self.run.jobs) + len(self._found)

    @property
    def waiting(self):
        """Count the submissions that are graded, and not entered."""
        return len(self._graded)

    def _may_change(self, submission):
        """Find the graded cells of a submission whose points may change."""
        if self._everything:
            return set(self._version.cells)
        line = self._latest.get(submission.student, {})
        if line.get("key") != submission.key:
            return set(self._version.cells)  # nobody knows what made its grade
        known = self._versions.get(line["checks"], {})
        return set(self._version.differing(known)) - set(line.get("unwritten", ()))

    def _is_waiting(self, key):
        """Tell whether a submission has been graded by the checks as they are now, and waits to be entered."""
        try:
            return self._waiting.is_graded(key) and self._waiting.read(key).get("checks") == self._version.id
        except ValueError:
            return False

    def grade(self, workers):
        """Grade again; nothing is entered.

        Parameters
        ----------
        workers : int
            Processes, where there is no scheduler.

        Yields
        ------
        student : str
            Who has just been graded.
        """
        if self.run.jobs:
            with choose_pool(self._scheduler, workers) as pool:
                for ended in pool.outcomes(self.run.jobs):
                    for outcome in self._keep(ended, self._waiting):
                        self._graded.append(outcome["key"])
                        if outcome["problems"]:
                            self.run.problems[outcome["student"]] = outcome["problems"]
                        yield outcome["student"]

    def changes(self):
        """Compare what was graded with what the gradebook has.

        Returns
        -------
        changes : list of Change
            By student.
        """
        changes = []
        for keys in batched(self._graded):
            outcomes = [self._waiting.read(key) for key in keys]
            before = self._committer.points([outcome["student"] for outcome in outcomes])
            changes += [change for outcome in outcomes for change in _changes(outcome, before[outcome["student"]])]
        for change in changes:
            self._before.setdefault(change.student, {})[change.exercise] = change.before
        return sorted(changes, key=lambda change: (change.student, change.exercise))

    def enter(self):
        """Enter what was graded, with its history; what it has changed is in the history as `was`.

        Yields
        ------
        student : str
            Whose grade has just been entered.
        """
        for keys in batched(self._graded):
            outcomes = [self._waiting.read(key) for key in keys]
            for outcome in outcomes:
                outcome["was"] = self._before.get(outcome["student"], {})
            key_of = {outcome["student"]: outcome["key"] for outcome in outcomes}
            for student in self._enter(outcomes, why="changed"):
                self._waiting.forget(key_of[student])
                yield student

    def close(self):
        """Close the gradebook."""
        self._committer.close()


def _changes(outcome, before):
    """List the changes of one submission."""
    for notebook, scores in outcome["scores"].items():
        for grade_id, after in scores.items():
            was, by_hand = before.get(notebook, {}).get(grade_id, (None, None))
            if after is not None and (was is None or abs(after - was) > 1e-9):
                exercise = exercise_name(grade_id)
                name = f"{notebook}/{exercise}" if len(outcome["scores"]) > 1 else exercise
                yield Change(outcome["student"], name, was, after, by_hand)
