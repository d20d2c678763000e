"""Find what stands beside a variable: others of its letter or its step, itself a step later, other ways to join it."""

import ast
import re

from rnncourse.language import phrase

SIDES = {"t", "prev", "next", "hat", "val"}
"""Endings of names that say at which step or of which kind a variable is: those with the same one are neighbours."""

JOINED = re.compile(r"(np\.concatenate\(\[)(.*), (.*)(\], axis=1\))")


def neighbours(place, name):
    """List the variables that are named like another one, and that have a value at the statement."""
    return [other for other in place.readable() if other != name and _alike(name, other)]


def _alike(name, other):
    """Tell whether two names are of the same letter or at the same step."""
    stem, _, side = name.rpartition("_")
    others_stem, _, others_side = other.rpartition("_")
    if stem and stem == others_stem:
        return True  # W_f and W_i
    if stem == other or others_stem == name:
        return True  # m and m_hat
    if "delta" in (stem, others_stem):
        return f"d{side}" == others_stem or f"d{others_side}" == stem  # delta_h and dh_t
    return bool(stem and others_stem) and side == others_side and side in SIDES  # f_t and i_t


def later(place, name):
    """Write the same state one step later, where a name like h_prev is read from a sequence; "" if it is not."""
    stem, _, side = name.rpartition("_")
    return f"{stem}[t]" if side == "prev" and f"{stem}[t - 1]" in place.text else ""


def joined_otherwise(place, name):
    """Yield other ways to join a variable that is made of two parts: a piece of a label, a sentence, and the code."""
    for node in ast.walk(place.tree):
        assigned = isinstance(node, ast.Assign) and place.code(node.targets[0]) == name
        if match := assigned and JOINED.fullmatch(place.code(node.value)):
            start, first, second, end = match.groups()
            yield (
                f"without {first}",
                phrase("does not depend on {name}", name=first),
                f"{start}0 * {first}, {second}{end}",
            )
            yield (
                f"without {second}",
                phrase("does not depend on {name}", name=second),
                f"{start}{first}, 0 * {second}{end}",
            )
            words = phrase("joins {second} before {first}", second=second, first=first)
            yield f"{second} before {first}", words, f"{start}{second}, {first}{end}"
            for other in neighbours(place, first):
                words = phrase("reads {other} in the place of {own}", other=other, own=first)
                yield f"{other} for {first}", words, f"{start}{other}, {second}{end}"


def occurrences(place, node):
    """Group the variables that a node reads by their names."""
    groups = {}
    for name in ast.walk(node):
        if isinstance(name, ast.Name) and not place.called(name):
            groups.setdefault(name.id, []).append(name)
    return groups
