"""Find the line of the learner's own code that makes a mistake: the first to make a number that only the mistake makes.

The textbook with all mistakes found makes some numbers on its way that it does not make with one of them mended. Where
the learner's code first makes such a number, that mistake is. No line is changed, and none of the right ones is shown.
"""

import ast
import linecache
import textwrap
from collections import Counter
from functools import lru_cache

import numpy as np

from rnncourse.checks.execution.calling import call
from rnncourse.checks.execution.substitutes import written_function
from rnncourse.checks.execution.trace import traced

NEAR = 1e-9
"""How near two numbers are that are the same, in relation to themselves."""


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
                found[j] = line and _statement(file, line)
    return found


def _made(driven, probe, file):
    """Trace a function on a probe, with the limits and the silence of any other call."""
    made = []
    call(lambda *values: made.extend(traced(driven, values, file)), probe.arguments, tries=1)
    return made


def _statement(file, line):
    """Find the statement on a line: its first line, its last one, and its text."""
    text = "".join(linecache.getlines(file))
    first, last = next((span for span in _statements(text) if span[0] <= line <= span[1]), (line, line))
    lines = text.splitlines()[first - 1 : last]
    return first, last, textwrap.dedent("\n".join(lines)).strip()


@lru_cache(maxsize=8)
def _statements(text):
    """List the first and the last line of each statement that holds no others."""
    try:
        nodes = ast.walk(ast.parse(text))
    except SyntaxError:
        return []
    simple = (node for node in nodes if isinstance(node, ast.stmt) and not hasattr(node, "body"))
    return [(node.lineno, node.end_lineno) for node in simple]


def _line(candidates, mistakes, without, k, made):
    """Find the first line that makes a number, or zeros, that all mistakes make and not those without the one."""
    given, firsts = candidates.given(k), []
    for all_of_them, the_others in zip(candidates.look(mistakes, k), candidates.look(without, k), strict=True):
        only = _only(_numbers(all_of_them), np.concatenate([_numbers(the_others), given]))
        firsts.append(next((i for i, (_, entries) in enumerate(made) if _mostly(entries, only)), len(made)))
    first = min(firsts)
    computed, others = candidates.look(mistakes, k)[0], candidates.look(without, k)[0]
    sizes = _zeros(computed) - _zeros(others)
    steps = candidates.probes[k].dims.get("T", 0) + 1  # zeros for the first state may stand before all others
    sizes |= Counter({size * steps: 1 for size in sizes})
    zeros = [i for i, (_, entries) in enumerate(made[:first]) if len(entries) in sizes and not entries.any()]
    first = zeros[-1] if zeros else first
    return made[first][0] if first < len(made) else None


def _zeros(values):
    """Count the arrays of zeros of each size."""
    return Counter(value.size for value in values if value.size > 1 and not value.any())


def _numbers(values):
    return np.concatenate([np.zeros(0), *(value.ravel() for value in values)])


def _file(function):
    """Find the file in which a function, or the class of an object, is written; None if it cannot be read."""
    if hasattr(type(function), "with_substitutes"):
        return None  # the learner's is in another process
    written = written_function(function)
    code = written and written.__code__
    return code.co_filename if code and linecache.getlines(code.co_filename) else None


def _only(numbers, others):
    """Sort out the numbers that are not among the others, nor so simple that anything might make them."""
    numbers = numbers[np.isfinite(numbers) & (np.abs(numbers) != 1) & (numbers != 0)]
    return np.sort(numbers[~_among(numbers, np.sort(others))])


def _among(numbers, ordered):
    """Tell which numbers are in an ordered array, but for rounding and for their sign."""
    if not len(ordered):
        return np.zeros(len(numbers), bool)
    at = np.searchsorted(ordered, numbers)
    near = [np.abs(ordered[np.clip(at + step, 0, len(ordered) - 1)] - numbers) for step in (-1, 0)]
    return np.minimum(*near) <= NEAR * np.abs(numbers)


def _mostly(entries, only):
    """Tell whether most entries are among those that only the mistake makes."""
    entries = entries[(entries != 0) & (np.abs(entries) != 1)]
    return bool(len(only) and len(entries)) and _among(entries, only).mean() > 0.5
