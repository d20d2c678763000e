"""A misconception is a right line and a wrong line; a mutant is the textbook function with the lines exchanged."""

import inspect
import textwrap
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Misconception:
    """One named mistake.

    Parameters
    ----------
    label : str
        Its name, unique within the exercise: "overwrites-dW_hh".
    exercise : str
        The exercise in which learners make it.
    says : str
        What the learner's function does, as a sentence: "dW_hh keeps only one time step".
    right, wrong : str
        A piece of the textbook function's source that occurs there once, and what stands in its place.
    hint : str
        What to think about; never the solution.
    see : str
        Where the book explains it: "03_loss_and_bptt#sec-bptt-weights".
    also : tuple of (right, wrong) pairs
        Further exchanges, where one line cannot say it.
    same_as : tuple of str
        Labels of the same exercise that compute the very same function.
    """

    label: str
    exercise: str
    says: str
    right: str
    wrong: str
    hint: str
    see: str
    also: tuple[tuple[str, str], ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def swaps(self):
        """All exchanges, as (right, wrong) pairs."""
        return ((self.right, self.wrong), *self.also)


@cache
def mutate(textbook, *swaps):
    """Compile a textbook function with some of its lines exchanged.

    Parameters
    ----------
    textbook : function
        A function of `rnncourse.reference`.
    *swaps : (right, wrong) pairs
        Each right piece has to occur exactly once.

    Returns
    -------
    mutant : function

    Raises
    ------
    ValueError
        If a right piece is missing from the source, or occurs more than once.
    """
    # The docstring and the comments say the same things as the code: a piece is looked for in the code alone.
    source = textwrap.dedent(inspect.getsource(textbook))
    head, doc, code = source.partition(f'"""{textbook.__doc__}"""') if textbook.__doc__ else ("", "", source)
    for right, wrong in swaps:
        if code.count(right) != 1:
            raise ValueError(
                f"{right!r} occurs {code.count(right)} times in {textbook.__name__}; a swap needs exactly one place"
            )
        code = code.replace(right, wrong)
    namespace = dict(textbook.__globals__)
    exec(compile(head + doc + code, f"<mutant of {textbook.__name__}>", "exec"), namespace)
    return namespace[textbook.__name__]
