"""Set names in columns of a printed table, in any language: a Chinese character is as wide as two letters."""

from unicodedata import east_asian_width


def columns_of(text):
    """Count the columns that a text takes where every letter is as wide as the next.

    Parameters
    ----------
    text : str

    Returns
    -------
    columns : int
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def padded(text, columns, right=False):
    """Fill a text up with spaces, after it or before it.

    Parameters
    ----------
    text : str
    columns : int
        How many it then takes; a wider text stays as it is.
    right : bool, optional
        Set it at the right end of the column, as numbers are.

    Returns
    -------
    text : str

    Examples
    --------
    >>> padded("朴素", 6) + "|", padded("MAE", 6, right=True)
    ('朴素  |', '   MAE')
    """
    spaces = " " * (columns - columns_of(text))
    return spaces + text if right else text + spaces
