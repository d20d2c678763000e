"""Find the line on which a mistake stands: where a small edit makes of the learner's function what it is without it.

What is found is only where: neither the edit nor what it writes is kept.
"""

import contextlib
import io
from itertools import chain, islice

from rnncourse.checks.diagnosis.diagnosis import same
from rnncourse.checks.diagnosis.repair.expressions import expression_edits
from rnncourse.checks.diagnosis.repair.likeness import change_of_text, change_of_tree, likeness
from rnncourse.checks.diagnosis.repair.source import Source, exchanged
from rnncourse.checks.diagnosis.repair.statements import bodies, insertions, statement_edits, variables
from rnncourse.checks.execution.calling import call

MOST = 400
"""How many edits are tried: a count and no clock, so that no answer varies."""

COMPARED = 5000
"""How many edits are compared with what mends the textbook, those of the likeliest lines first."""

NEAR = 0.25
"""How much likelier an edit is of a line on which a mistake may stand."""

SECONDS = 0.5
"""Of an edited function, on one probe."""


def mended_lines(candidates, mistakes, function, driven, guesses):
    """Find the lines on which mistakes stand.

    Parameters
    ----------
    candidates : Candidates
    mistakes : tuple of int
        Those that together do what the function does.
    function : callable
        The learner's.
    driven : callable
        The same, as it is called with a probe's arguments.
    guesses : list of int or None
        For each mistake the line on which it may stand: its edits are tried first.

    Returns
    -------
    lines : list of int or None
        For each mistake a line of which an edit mends it and nothing else, on all probes.
    """
    trials = _Trials(candidates, mistakes, function, driven)
    places = [
        (live, node, body, k)
        for live, node in trials.source.functions
        for body in bodies(node)
        for k, statement in enumerate(body)
        if not hasattr(statement, "name")  # a function or class inside
    ]
    wanted = [change_of_text(candidates.mended_text(mistake)) for mistake in mistakes]
    for trial in sorted(islice(_edits(places, wanted, guesses), COMPARED), key=lambda trial: -trial[0]):
        if trials.over:
            break
        trials.run(*trial[1:])
    # A guess in what is not edited, a lambda say, stands: another place would be one in which it can be mended too.
    editable = [not line or any(_on(place, line) for place in places) for line in guesses]
    return [line if sought else None for line, sought in zip(trials.lines, editable, strict=True)]


def _edits(places, wanted, guesses):
    """Yield all edits: how likely each is to mend something, the function that it is of, and the statement."""

    def guessed(place):
        return any(_on(place, line) for line in guesses if line)

    for place in sorted(places, key=guessed, reverse=True):
        live, node, body, k = place
        names, near = variables(node), NEAR * guessed(place)
        for edit in chain(statement_edits(body, k), expression_edits(body[k], names), insertions(body[k], names)):
            change = change_of_tree(edit.old, edit.new)
            yield near + max(likeness(change, each) for each in wanted), live, node, body[k], edit


def _on(place, line):
    """Tell whether the statement of a place is on a line."""
    *_, body, k = place
    return body[k].lineno <= line <= _last_line(body[k])


def _last_line(statement):
    """Tell the last line of a statement, of one that holds others the last of its head."""
    return statement.body[0].lineno - 1 if hasattr(statement, "body") else statement.end_lineno


class _Trials:
    """Edits that have been tried, and the lines that have been found."""

    def __init__(self, candidates, mistakes, function, driven):
        self.source, self.lines = Source(function), [None] * len(mistakes)
        self._probes, self._last = candidates.probes, len(candidates.right) - 1
        self._function, self._driven = function, driven
        self._count, self._tried = len(candidates.exercise.outputs), set()
        self._wanted = []
        for mistake in mistakes:
            others = tuple(other for other in mistakes if other != mistake)
            self._wanted.append([candidates.outcome(others, k) for k in range(self._last + 1)])

    @property
    def over(self):
        """Tell whether all lines are found, or enough has been tried."""
        return None not in self.lines or len(self._tried) >= MOST

    def run(self, live, node, statement, edit):
        """Try an edit of a statement."""
        back = edit.exchange()
        code = self.source.compiled(live, node)
        back.exchange()
        if code is not None and code not in self._tried:
            self._tried.add(code)
            with exchanged(live, code), contextlib.redirect_stdout(io.StringIO()):
                self._compare(statement.lineno)

    def _compare(self, line):
        """Look which mistake is gone, on the smallest probe first."""
        outcome = self._outcome(self._last)
        for j, wanted in enumerate(self._wanted):
            first = self.lines[j] is None and wanted[self._last] and same(outcome, wanted[self._last])
            if first and all(same(self._outcome(k), wanted[k]) for k in range(self._last)):
                self.lines[j] = line

    def _outcome(self, k):
        arguments = self._probes[k].arguments
        return call(self._driven, arguments, self._count, seconds=SECONDS, own=self._function, tries=1)
