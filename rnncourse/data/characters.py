"""Encode a text that comes with Python as a sequence of character codes."""

from dataclasses import dataclass

import numpy as np

from rnncourse.data.windowing import split_series


@dataclass(frozen=True)
class Alphabet:
    """The characters of a text, in order; a character's code is its place.

    Attributes
    ----------
    characters : str
        Each character once, sorted.
    """

    characters: str

    @classmethod
    def of(cls, text):
        """Collect the alphabet of a text."""
        return cls("".join(sorted(set(text))))

    def __len__(self):
        return len(self.characters)

    def encode(self, text):
        """Encode a text as an integer array of shape (L,)."""
        places = {character: code for code, character in enumerate(self.characters)}
        unknown = set(text) - set(places)
        if unknown:
            raise ValueError(f"text holds {sorted(unknown)!r}, which this alphabet of K = {len(self)} does not")
        return np.fromiter((places[character] for character in text), np.int64, len(text))

    def decode(self, codes):
        """Decode an integer array of shape (L,) into a text."""
        return "".join(self.characters[code] for code in np.asarray(codes).ravel())


@dataclass(frozen=True)
class CharacterData:
    """Windows of a text, split by position: x, y and x_val, y_val are integer arrays of shape (T, N)."""

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    alphabet: Alphabet

    @property
    def validation(self):
        """Pair x_val and y_val: what `rnncourse.training.fit` takes as `validation`."""
        return self.x_val, self.y_val


def corpus():
    """Load the text of Python's help topics, about 465,000 characters (it differs a little between Python versions)."""
    from pydoc_data.topics import topics

    return "\n".join(topics[name] for name in sorted(topics))


def character_windows(codes, T, stride=None):
    """Cut codes into windows whose target is the same window one character later.

    Parameters
    ----------
    codes : integer array of shape (L,)
    T : int
        Length of a window.
    stride : int, optional
        Characters from one window's start to the next one's; T (no overlap) by default.

    Returns
    -------
    x, y : integer arrays of shape (T, N)
        y[t] = x[t + 1]: at each step the target is the next character.
    """
    codes = np.asarray(codes)
    stride = T if stride is None else stride
    if codes.ndim != 1 or not np.issubdtype(codes.dtype, np.integer):
        raise ValueError(f"codes has shape {codes.shape} and dtype {codes.dtype}; expected integers of shape (L,)")
    if T < 1 or stride < 1 or len(codes) < T + 1:
        raise ValueError(
            f"T is {T}, stride is {stride} and codes has length {len(codes)}; expected T >= 1, stride >= 1 and "
            f"at least T + 1 = {T + 1} characters"
        )
    starts = np.arange(0, len(codes) - T, stride)  # (N,)
    places = np.arange(T)[:, None] + starts  # (T, N)
    return codes[places], codes[places + 1]


def character_data(text=None, T=50, validation=0.1, stride=None):
    """Cut a text into windows: its first part for training, its last part for validation.

    Parameters
    ----------
    text : str, optional
        `corpus()` by default.
    T, stride
        As in `character_windows`.
    validation : float in (0, 1), or int, optional

    Returns
    -------
    CharacterData
        The alphabet is that of the whole text: which characters exist is known before training.
    """
    text = corpus() if text is None else text
    alphabet = Alphabet.of(text)
    train, held_out = split_series(alphabet.encode(text), validation)
    return CharacterData(*character_windows(train, T, stride), *character_windows(held_out, T, stride), alphabet)
