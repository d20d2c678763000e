"""Change what happens from step to step: an index, a first state, a loop, an accumulation."""

import ast
import re

from rnncourse.language import phrase


def assign_otherwise(place, node):
    """Overwrite where the textbook adds up, add up where it overwrites, or never assign."""
    if node is not place.statement:
        return
    if isinstance(node, ast.AugAssign):
        at = place.text.index("+=", place.end(node.target))
        yield "overwritten", phrase("is overwritten where it has to add up"), [(at, at + 2, "=")]
        yield "never added to", phrase("is never added to"), [(place.start(node), place.end(node), "pass")]
        yield "subtracted", phrase("is subtracted from where it has to be added to"), [(at, at + 1, "-")]
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        name = place.code(node.targets[0])
        if place.in_loop and place.stored.get(name, 0) > 1:
            yield "never updated", phrase("is never updated"), [(place.start(node), place.end(node), "pass")]
            at = place.start(node.value)
            yield "accumulates", phrase("is added to where it has to be replaced"), [(at, at, f"{name} + ")]


def shift_in_time(place, node):
    """Read the step before, the first step or the last one."""
    if not (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)):
        return
    index, what, span = place.code(node.slice), place.code(node.value), (place.start(node.slice), place.end(node.slice))
    if index == "t":
        yield f"{what} one step early", phrase("reads {what} one step early, at t-1", what=what), [(*span, "t - 1")]
        yield f"{what} of step 1", phrase("reads the first step of {what} at every step", what=what), [(*span, "0")]
        yield f"{what} of step T", phrase("reads the last step of {what} at every step", what=what), [(*span, "-1")]
        yield f"{what} reversed", phrase("reads {what} in reversed time", what=what), [(*span, "-1 - t")]
    if index == "t - 1":
        yield f"{what} one step late", phrase("reads {what} one step late, at t", what=what), [(*span, "t")]
    if match := re.fullmatch(r"T - (\w)", index):
        yield f"{what} one step early", phrase("reads {what} one step early", what=what), [(*span, f"{index} - 1")]
        yield f"{what} one step late", phrase("reads {what} one step late", what=what), [(*span, f"({index} + 1) % T")]
        yield (
            f"{what} from the front",
            phrase("reads {what} from the first step on", what=what),
            [(*span, f"{match[1]} - 1")],
        )
        yield f"{what} of step T", phrase("reads the last step of {what} at every step", what=what), [(*span, "-1")]


def mistake_the_first_step(place, node):
    """Read zeros for the initial state, or the initial state at every step."""
    if isinstance(node, ast.IfExp):
        whole, body, other = (place.start(node), place.end(node)), place.code(node.body), place.code(node.orelse)
        named, first = place.short(node.orelse), place.part(node.orelse)
        if place.code(node.test).startswith("t >"):
            zeros = (place.start(node.orelse), place.end(node.orelse), f"0 * {other}")
            yield f"zeros for {named}", phrase("has zeros in the place of {part}", part=first), [zeros]
        yield f"always {named}", phrase("has {part} in any case", part=first), [(*whole, other)]
        yield f"never {named}", phrase("has {part} in any case", part=place.part(node.body)), [(*whole, body)]
    copied = isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and isinstance(node.targets[0], ast.Name)
    if copied and node.value.id in place.arguments and not place.in_loop:
        name, at = node.value.id, place.start(node.value)
        yield f"zeros for {name}", phrase("begins with zeros instead of {name}", name=name), [(at, at, "0 * ")]
        end = place.end(node.value)
        says = phrase("begins at each sample with the first row of {name}", name=name)
        yield f"first {name} for all", says, [(end, end, "[:1]")]


def mistake_the_loop(place, node):
    """Run a loop the other way, or leave out its first or its last step."""
    if not isinstance(node, ast.For):
        return
    code, start, end = place.code(node.iter), place.start(node.iter), place.end(node.iter)
    if match := re.fullmatch(r"reversed\(range\((.*)\)\)", code):
        yield "forward in time", phrase("runs from the first step to the last"), [(start, end, f"range({match[1]})")]
        yield "skips the last step", phrase("leaves out the last step"), [(start, end, f"list({code})[1:]")]
        yield "skips the first step", phrase("leaves out the first step"), [(start, end, f"list({code})[:-1]")]
    elif match := re.fullmatch(r"range\((\w+), (\w+), (\w+)\)", code):
        first, last, step = match.groups()
        yield (
            "skips the rest",
            phrase("leaves out what is shorter than a whole chunk"),
            [(start, end, f"range({first}, {last} - {step} + 1, {step})")],
        )
    elif re.fullmatch(r"range\((.*)\)", code):
        yield "backward in time", phrase("runs from the last step to the first"), [(start, end, f"reversed({code})")]
        yield "skips the last step", phrase("leaves out the last step"), [(start, end, f"list({code})[:-1]")]
        yield "skips the first step", phrase("leaves out the first step"), [(start, end, f"list({code})[1:]")]


def count_one_off(place, node):
    """Count one too many or one too few, in a range, at a border, or in a cut."""
    if isinstance(node, ast.Call) and place.code(node.func) in ("range", "min", "max"):
        counts = node.args
    elif isinstance(node, ast.Slice):
        counts = [side for side in (node.lower, node.upper) if side]
    else:
        return
    for count in counts:
        if not isinstance(count, ast.Constant):
            name, what, end = place.short(count), place.part(count), place.end(count)
            yield f"{name} and one", phrase("counts one too many, after {part}", part=what), [(end, end, " + 1")]
            yield f"{name} less one", phrase("counts one too few, before {part}", part=what), [(end, end, " - 1")]


def leave_one_as_it_is(place, node):
    """Change all entries of a list but its first or its last one."""
    if isinstance(node, ast.ListComp) and isinstance(node.generators[0].iter, ast.Name):
        whole, target = place.code(node.generators[0].iter), place.code(node.generators[0].target)
        part = f"[{place.code(node.elt)} for {target} in {whole}"
        span = (place.start(node), place.end(node))
        yield "last one left", phrase("leaves the last one as it is"), [(*span, f"[*{part}[:-1]], {whole}[-1]]")]
        yield "first one left", phrase("leaves the first one as it is"), [(*span, f"[{whole}[0], *{part}[1:]]]")]


def leave_one_out(place, node):
    """Leave the first or the last array out of what is counted over all of them."""
    given = isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.Name)
    if given and place.code(node.func).startswith("global_"):
        name, end = node.args[0].id, place.end(node.args[0])
        yield f"{name} without the last", phrase("leaves out the last of {name}", name=name), [(end, end, "[:-1]")]
        yield f"{name} without the first", phrase("leaves out the first of {name}", name=name), [(end, end, "[1:]")]


OPERATORS = (
    assign_otherwise,
    shift_in_time,
    mistake_the_first_step,
    mistake_the_loop,
    count_one_off,
    leave_one_as_it_is,
    leave_one_out,
)
