"""Apply operators to the places of a textbook function: a term dropped, transposed, of the wrong sign, and so on.

An operator takes a `Place` and a node of its syntax tree. It yields, for each way in which it applies there, a piece of
a label, a sentence, and the edits: (start, end, new) in the text.
"""

from rnncourse.misconceptions.slips.operators import functions, matrices, names, steps, sums

OPERATORS = sums.OPERATORS + matrices.OPERATORS + functions.OPERATORS + steps.OPERATORS + names.OPERATORS
"""All operators, the likelier mistakes first."""
