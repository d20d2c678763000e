"""Share costly cases out between the tests of each change and the slow ones."""

import pytest


def some_of(cases, turn, share=4):
    """Mark all cases slow but every so manieth: tests that take turns see each case at each change, one of them.

    Parameters
    ----------
    cases : iterable
    turn : int
        Which of them: 0 takes the first, the one after `share` others, and so on.
    share : int

    Returns
    -------
    list of pytest.param
    """
    return [
        pytest.param(case, marks=[pytest.mark.slow] * (number % share != turn % share), id=str(case))
        for number, case in enumerate(cases)
    ]


def every_other(rows, columns, share=2):
    """Pair all rows with all columns, and mark all slow but every so manieth: each column is seen at each change.

    Parameters
    ----------
    rows, columns : iterable of str
    share : int
        With as many columns, or more, each row is seen too.

    Returns
    -------
    list of pytest.param
    """
    return [
        pytest.param(row, column, marks=[pytest.mark.slow] * ((i + j) % share > 0), id=f"{row}-{column}")
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
    ]
