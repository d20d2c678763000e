"""Apply operators to the places of a textbook function: a term dropped, transposed, of the wrong sign, and so on.

An operator takes a `Place` and a node of its syntax tree. It yields, for each way in which it applies there, a piece of
a label, a sentence, and the edits: (start, end, new) in the text.
"""

from rnncourse.misconceptions.slips.operators import (
    functions,
    matrices,
    names,
    sequences,
    statistics,
    steps,
    sums,
    uses,
)

_ROOMS = (sums, matrices, statistics, functions, steps, names, uses, sequences)

OPERATORS = tuple(operator for room in _ROOMS for operator in room.OPERATORS)
"""All operators, the likelier mistakes first."""

REPEATED = frozenset(
    (
        functions.mistake_a_derivative,
        functions.exchange_an_activation,
        functions.cover_other_terms,
        matrices.transpose_a_factor,
        statistics.average,
        matrices.join_otherwise,
        sequences.keep_one_sample,
        steps.assign_otherwise,
    )
)
"""Those of an idea, not of the pen: who makes the mistake once may make it wherever it can be made."""
