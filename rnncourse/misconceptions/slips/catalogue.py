"""List all mistakes of an exercise: the catalogue's, those of the functions that it calls, and those of operators."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from rnncourse.language import enumeration, phrase
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK
from rnncourse.misconceptions.slips.operators import OPERATORS, REPEATED
from rnncourse.misconceptions.slips.place import Place
from rnncourse.misconceptions.slips.program import Span, program_of


@dataclass(frozen=True)
class Slip:
    """A mistake as a change of a program's text. What it says and its hint are `Phrase`s.

    Parameters
    ----------
    label, says, hint, see : str
        As a `Misconception` has them.
    spans : tuple of Span
    place : str
        What the changed line computes, of those that operators make: "delta_h".
    does : str
        What is said of the place, of those that operators make: `says` without its first words.
    """

    label: str
    says: str
    hint: str
    see: str
    spans: tuple[Span, ...]
    place: str = ""
    does: str = ""


@cache
def slips_of(exercise):
    """List the mistakes of an exercise, the catalogue's first.

    Parameters
    ----------
    exercise : str

    Returns
    -------
    named, inherited, composed : tuples of Slip
        Those of the catalogue; the catalogue's of the functions that the textbook calls; and all that operators make.
        No two of them have one label, or make the same change.
    """
    program = program_of(TEXTBOOK[exercise])
    called = [
        name for name, textbook in TEXTBOOK.items() if name != exercise and textbook in program.functions.values()
    ]
    records = [CATALOGUE[exercise], [record for name in called for record in CATALOGUE[name]]]
    seen, labels, lists = set(), Counter(), []
    found = [[_as_slip(record, program.spans(record)) for record in part] for part in records]
    found.append(_composed(program, exercise, [slip for part in found for slip in part]))
    for part in found:
        lists.append([])
        for slip in part:
            if slip.spans and slip.spans not in seen:
                seen.add(slip.spans)
                labels[slip.label] += 1
                again = labels[slip.label] > 1  # the same at another place
                lists[-1].append(_again(slip, labels[slip.label]) if again else slip)
    return tuple(map(tuple, lists))


def _again(slip, times):
    """Tell a mistake from the same one at an earlier place."""
    label = f"{slip.label}-{times}"
    if not slip.place:
        return replace(slip, label=label)
    return replace(slip, label=label, says=_at_place(slip.says, times), does=_at_place(slip.does, times))


def _at_place(says, times):
    """Say at which of several places a mistake is."""
    if times == 2:
        return phrase("{says}, at the second such place", says=says)
    if times == 3:
        return phrase("{says}, at the third such place", says=says)
    if times == 4:
        return phrase("{says}, at the fourth such place", says=says)
    if times == 5:
        return phrase("{says}, at the fifth such place", says=says)
    return phrase("{says}, at the {number}th such place", says=says, number=times)


def _as_slip(record, spans):
    return Slip(record.label, phrase(record.says), phrase(record.hint), record.see, spans)


def _composed(program, exercise, known):
    """Apply all operators at all places of a program, the operators that are likelier first."""
    slips, alike = [], {}
    for name, text in program.texts.items():
        place = Place(text, _returned(program.functions[name]))
        for node in place.nodes():
            target = place.target(node)
            for operator in OPERATORS:
                for piece, does, edits in operator(place, node):
                    spans = tuple(Span(name, *edit) for edit in sorted(edits))
                    label = _label(f"{target.removeprefix('the ')} {piece}")
                    says = phrase("{target} {does}", target=target, does=does)
                    hint = phrase("Compare with its formula the line that computes {target}.", target=target)
                    slip = Slip(label, says, hint, _section(known, place, spans), spans, target, does)
                    slips.append((OPERATORS.index(operator), len(slips), slip))
                    if operator in REPEATED and not target.startswith("the "):
                        alike.setdefault((name, piece, does), {}).setdefault(target, slip)
    everywhere = [_everywhere(*kind[1:], found) for kind, found in alike.items() if len(found) > 1]
    return [slip for _, _, slip in sorted(slips, key=lambda entry: entry[:2])] + everywhere


def _everywhere(piece, does, found):
    """Make one mistake wherever it can be made: a slip of an idea, not of the pen."""
    spans = tuple(sorted({span for slip in found.values() for span in slip.spans}))
    first, hint = next(iter(found.values())), phrase("Compare the lines of all of them with their formulas.")
    says = phrase("each of {targets} {does}", targets=enumeration(found), does=does)
    return Slip(_label(f"each {piece}"), says, hint, first.see, spans, phrase("all of them"), says)


def _label(words):
    """Make a label of words and pieces of code; axes are left out."""
    return re.sub(r"\W+", "-", re.sub(r"\((axis|dtype)=[^()]*\)", "", words)).strip("-")


def _returned(function):
    """Read in a docstring the names of what a function returns, and their shapes."""
    _, _, said = (function.__doc__ or "").partition("Returns\n")
    return dict(re.findall(r"^ {4}(\w+) : (?:array of shape )?(.*)$", said.partition("\n\n")[0], re.MULTILINE))


def _section(known, place, spans):
    """Find where the book explains a place: where a known mistake stands in the same line, or in the nearest one."""
    line, name = place.line(spans[0].start), spans[0].function
    near = [
        (abs(place.line(span.start) - line), slip.see) for slip in known for span in slip.spans if span.function == name
    ]
    return min(near)[1] if near else known[0].see
