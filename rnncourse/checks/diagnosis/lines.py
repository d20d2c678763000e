"""Find the line of the learner's own code that makes a mistake: the first to make a number that only the mistake makes.

The textbook with all mistakes found makes some numbers on its way that it does not make with one of them mended. Where
the learner's code first makes such a number, that mistake is likely to be; where a small edit of another line mends it,
it is there. The code stays as it is, and no right line is shown.
"""

import linecache
import re
from pathlib import Path

import rnncourse
from rnncourse.checks.diagnosis.repair.mended import mended_lines
from rnncourse.checks.diagnosis.statements import element_loop_head, loop_head, statement
from rnncourse.checks.diagnosis.traces import first_to_make, first_to_repeat, last_zeros
from rnncourse.checks.execution.calling import call
from rnncourse.checks.execution.substitutes import written_function
from rnncourse.checks.execution.trace import traced

COURSE = Path(rnncourse.__file__).parent
"""Holds our own files: what stands there, such as a mutant of the catalogue, is no learner's line."""

ZEROS = re.compile(r"zeros|\b0 \*")
"""How a mistake is written that makes an array of zeros."""


def own_lines(candidates, mistakes, function, driven):
    """Find the learner's lines.

    Parameters
    ----------
    candidates : Candidates
    mistakes : tuple of int
        Those that together do what the function does.
    function : callable
        The learner's.
    driven : callable
        The same, as it is called with a probe's arguments.

    Returns
    -------
    lines : list of (int, int, str) or None
        For each mistake a statement, where one is found: its first line, its last line, and its text.
    """
    file = _file(function)
    if file is None:
        return [None] * len(mistakes)
    found = [None] * len(mistakes)
    for k in range(len(candidates.right) - 1, -1, -1):  # the smallest probe first
        if None not in found:
            break
        made = _made(driven, candidates.probes[k], file)
        for j, mistake in enumerate(mistakes):
            if found[j] is None:
                without = tuple(other for other in mistakes if other != mistake)
                line = _line(candidates, mistakes, without, k, made)
                found[j] = line and statement(file, _moved(candidates, mistake, file, line))
    if candidates.exercise.slow:
        return found
    guesses = [line and line[0] for line in found]
    mended = mended_lines(candidates, mistakes, function, driven, guesses)
    return [statement(file, line) if line else guess for line, guess in zip(mended, found, strict=True)]


def _made(driven, probe, file):
    """Trace a function on a probe, with the limits and the silence of any other call."""
    made = []
    call(lambda *values: made.extend(traced(driven, values, file)), probe.arguments, tries=1)
    return made


def _moved(candidates, mistake, file, line):
    """Move from a line that makes wrong numbers to the head of the loop that leads there, if that is the mistake."""
    about = candidates.about_steps(mistake)
    return {"loop": loop_head, "index": element_loop_head}[about](file, line) if about else line


def _line(candidates, mistakes, without, k, made):
    """Find the first line that makes what all mistakes make, or zeros, and not those without the one."""
    given, firsts = candidates.given(k), []
    for all_of_them, the_others in zip(candidates.look(mistakes, k), candidates.look(without, k), strict=True):
        firsts.append(first_to_make(made, all_of_them, the_others, given))
    first = min(firsts)
    repeated = first_to_repeat(made, candidates.look(mistakes, k)[1], candidates.look(without, k)[1], given)
    first = repeated if repeated < len(made) else first
    (missing,) = set(mistakes) - set(without)
    if ZEROS.search(" ".join(span.new for span in candidates.slips[missing].spans)):
        computed, others = candidates.look(mistakes, k)[0], candidates.look(without, k)[0]
        steps = candidates.probes[k].dims.get("T", 0) + 1
        zeros = last_zeros(made[:first], computed, others, steps)
        first = zeros if zeros >= 0 else first
    return made[first][0] if first < len(made) else None


def _file(function):
    """Find the learner's file, in which a function or an object's class is written; None where it cannot be read."""
    if hasattr(type(function), "with_substitutes"):
        return None  # the learner's is in another process
    written = written_function(function)
    file = written and written.__code__.co_filename
    ours = file is None or Path(file).is_relative_to(COURSE)
    return file if not ours and linecache.getlines(file) else None
