"""Predict characters by counting: n-grams, interpolated after Witten and Bell."""

from collections import Counter, defaultdict

import numpy as np


def bits_per_character(codes, held_out, K, order):
    """Measure how many bits an n-gram model, counted on one text, needs for each character of another.

    p_n(c | last n - 1) = (count + d p_{n-1}(c)) / (total + d), where d is the number of different characters that have
    followed those n - 1; p_0 is 1/K.

    Parameters
    ----------
    codes, held_out : integer arrays of shape (L,)
    K : int
        Characters in the alphabet.
    order : int
        n, at least 1.

    Returns
    -------
    bits : float
    """
    tables = [_count(codes.tolist(), n) for n in range(order)]
    text = held_out.tolist()
    bits = 0.0
    for place in range(1, len(text)):
        p = 1 / K
        for length in range(min(order - 1, place) + 1):
            followers = tables[length].get(tuple(text[place - length : place]))
            if followers is None:
                break  # an unseen context has no longer one that was seen
            counts, total = followers
            p = (counts[text[place]] + len(counts) * p) / (total + len(counts))
        bits -= np.log2(p)
    return bits / (len(text) - 1)


def _count(text, length):
    """Count, for each context of `length` characters, what followed it, how often, and how often in all."""
    followers = defaultdict(Counter)
    for place in range(length, len(text)):
        followers[tuple(text[place - length : place])][text[place]] += 1
    return {context: (counts, counts.total()) for context, counts in followers.items()}
