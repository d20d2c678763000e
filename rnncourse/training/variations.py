"""Name the variations of the notes' model that chapter 4 compares, as its table of results and its figures do.

`rnncourse.language.said` says each of them; to all that looks up a result it is its English name.
"""

from rnncourse.language import phrase

NOTES = phrase("the notes' model")
VARIATIONS = (
    NOTES,
    phrase("no dropout"),
    phrase("one mask per sequence"),
    phrase("one layer"),
    phrase("weight decay 1"),
    phrase("clipped at 1"),
    phrase("200 epochs"),
    phrase("200 epochs, no dropout"),
    phrase("jitter 0.1"),
    phrase("rescaling 0.1"),
    "LSTM",
    "GRU",
)
