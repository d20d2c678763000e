"""List all mistakes of an exercise: the catalogue's, those of the functions that it calls, and those of operators."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from rnncourse.misconceptions import CATALOGUE, TEXTBOOK
from rnncourse.misconceptions.slips.operators import OPERATORS, REPEATED
from rnncourse.misconceptions.slips.place import Place
from rnncourse.misconceptions.slips.program import Span, program_of

ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


@dataclass(frozen=True)
class Slip:
    """A mistake as a change of a program's text.

    Parameters
    ----------
    label, says, hint, see : str
        As a `Misconception` has them.
    spans : tuple of Span
    place : str
        What the changed line computes, of those that operators make: "delta_h".
    """

    label: str
    says: str
    hint: str
    see: str
    spans: tuple[Span, ...]
    place: str = ""


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
    where = f", at the {ORDINALS.get(times, f'{times}th')} such place" if slip.place else ""
    return replace(slip, label=f"{slip.label}-{times}", says=slip.says + where)


def _as_slip(record, spans):
    return Slip(record.label, record.says, record.hint, record.see, spans)


def _composed(program, exercise, known):
    """Apply all operators at all places of a program, the operators that are likelier first."""
    slips, alike = [], {}
    for name, text in program.texts.items():
        place = Place(text, _returned(program.functions[name]))
        for node in place.nodes():
            target = place.target(node)
            for operator in OPERATORS:
                for piece, says, edits in operator(place, node):
                    spans = tuple(Span(name, *edit) for edit in sorted(edits))
                    label = _label(f"{target.removeprefix('the ')} {piece}")
                    hint = f"Compare with its formula the line that computes {target}."
                    slip = Slip(label, f"{target} {says}", hint, _section(known, place, spans), spans, target)
                    slips.append((OPERATORS.index(operator), len(slips), slip))
                    if operator in REPEATED and not target.startswith("the "):
                        alike.setdefault((name, piece, says), {}).setdefault(target, slip)
    everywhere = [_everywhere(*kind[1:], found) for kind, found in alike.items() if len(found) > 1]
    return [slip for _, _, slip in sorted(slips, key=lambda entry: entry[:2])] + everywhere


def _everywhere(piece, says, found):
    """Make one mistake wherever it can be made: a slip of an idea, not of the pen."""
    spans = tuple(sorted({span for slip in found.values() for span in slip.spans}))
    first, hint = next(iter(found.values())), "Compare the lines of all of them with their formulas."
    *others, last = found
    return Slip(
        _label(f"each {piece}"), f"each of {', '.join(others)} and {last} {says}", hint, first.see, spans, "all of them"
    )


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
