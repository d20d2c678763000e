"""Make up a language: every message as it is, in letters of full width, so that what was never a message stands out."""

import re
import string
from functools import cache

from rnncourse.authoring.messages.package import all_messages
from rnncourse.misconceptions import TEXTBOOK
from rnncourse.misconceptions.slips.catalogue import slips_of
from rnncourse.misconceptions.slips.program import program_of

WIDE = {ord(letter): ord(letter) - 0x20 + 0xFF00 for letter in string.ascii_letters}
URL = re.compile(r"https?://\S+")
QUOTED = re.compile(r"\w+Error: [^Ａ-ｚ]*|ｌｉｎｅ \d+: [^Ａ-ｚ]*")
"""What Python says of an error, and the learner's line, as far as the next word of a message."""
SAID_BY_PYTHON = {"None", "int", "str", "float", "list", "dict", "set", "tuple", "complex", "object", "float16", "np"}
FUNCTIONS = {"tanh", "sigmoid", "relu", "softmax", "sum", "mean", "max", "min", "argmax", "exp", "log", "sqrt", "abs"}
FUNCTIONS |= {"cumsum", "std", "maximum", "minimum", "array", "dtype", "inf", "nan", "identity"}


def widened(template):
    """Write a template in wide letters; its parts keep their names."""
    pieces = []
    for literal, name, spec, _ in string.Formatter().parse(template):
        pieces.append(literal.translate(WIDE))
        if name is not None:
            pieces.append(f"{{{name}{':' * bool(spec)}{spec}}}")
    return "".join(pieces)


@cache
def made_up():
    """Translate all messages."""
    return {message.text: widened(message.text) for message in all_messages()}


def names_of_code(exercise):
    """List the words that stay as they are: those of the textbook's code, of the exercise, of Python and NumPy."""
    words = {exercise.name, *exercise.arguments, *SAID_BY_PYTHON, *FUNCTIONS}
    names = [*exercise.arguments, *(size for output in exercise.outputs for size in output.shape)]
    names += [output.name for output in exercise.outputs if " " not in output.name]
    if exercise.name in TEXTBOOK:
        program = program_of(TEXTBOOK[exercise.name])
        names += [*program.texts.values(), *program.functions, *(slip.place for slip in slips_of(exercise.name)[2])]
    return words | {word for name in names for word in re.findall(r"[A-Za-z_0-9]+", name)}


def left_in_english(text, known, labels=()):
    """List the words of a report that came through no message: no name of the code, no quoted line, no address."""
    lines = [line for line in text.splitlines() if not line.startswith("      ")]
    text = QUOTED.sub(" ", URL.sub(" ", "\n".join(lines)))
    for label in sorted(labels, key=len, reverse=True):
        text = text.replace(label, " ")
    words = re.findall(r"[A-Za-z_0-9]+", text)
    return [word for word in words if word.isalpha() and len(word) > 1 and word not in known]
