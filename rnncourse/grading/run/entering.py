"""Enter what was graded into the gradebook, all of it or of several attempts the best, and note what is entered."""

from rnncourse.grading.gradebook.commit import timestamp
from rnncourse.grading.run.submissions import content

BATCH = 100
"""Submissions that are entered in one transaction, at most."""


class Entering:
    """Enters outcomes of one problem set.

    Parameters
    ----------
    committer : Committer
    notes : tuple of (Journal, History, Attempts or None)
        Where it is noted what is entered. With attempts, of several the best is entered; else the last.
    version : Version
        Of the checks.
    run : Run
        Is told what was entered, refused and passed over.
    folders : dict of str to path
        What was handed in, by student.
    """

    def __init__(self, committer, notes, version, run, folders):
        self._journal, self._history, self._attempts = notes
        self._committer, self._version, self._run, self._folders = committer, version, run, folders

    def enter(self, outcomes, why):
        """Enter outcomes.

        Parameters
        ----------
        outcomes : list of dict
            Of `jobs.grade`, of different students.
        why : str
            For the history: "first", "again" or "changed".

        Yields
        ------
        student : str
            Who is entered, or passed over.
        """
        if self._attempts is None:
            yield from self._enter_all(outcomes, why)
            return
        better = []
        for outcome in outcomes:
            if self._passes_over(outcome):
                yield outcome["student"]
            else:
                better.append(outcome)
        for student in self._enter_all(better, why):
            self._attempts.note(student, content(self._folders[student]))
            yield student

    def _passes_over(self, outcome):
        """Pass over an attempt, and say so, where an earlier one in the gradebook is worth as much or more."""
        student = outcome["student"]
        folder = self._folders[student]
        before = self._committer.standing.points(student)
        now = self._committer.standing.worth(outcome, timestamp(folder))
        if before is None or now > before or content(folder) == self._attempts.entered(student):
            return False
        self._journal.entered(outcome["key"])
        self._run.passed_over[student] = f"{now:g} points; an earlier attempt has {before:g}, and the best counts"
        return True

    def _enter_all(self, outcomes, why):
        """Enter outcomes: the more have come, the more make a transaction, so that a busy committer catches up."""
        for batch in batched(outcomes):
            refused = self._committer.enter([(outcome, self._folders[outcome["student"]]) for outcome in batch])
            self._run.failed |= refused
            batch = [outcome for outcome in batch if outcome["student"] not in refused]
            self._history.add(batch, self._version, why, tier=self._run.tier)
            for outcome in batch:
                self._journal.entered(outcome["key"])
            for outcome in batch:
                if outcome["problems"]:
                    self._run.problems[outcome["student"]] = outcome["problems"]
                self._run.entered += 1
                yield outcome["student"]


def batched(items):
    """Split items into lists of at most `BATCH`."""
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
