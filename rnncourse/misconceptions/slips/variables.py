"""Find what the variables of a function are: where each is assigned, how, and how often it is read."""

import ast
from collections import Counter

from rnncourse.misconceptions.slips.text import Text

NOT_THE_LEARNERS = {"dh_T", "dstate_T", "dstate_t", "state0", "state_prev", "state_t", "params", "cache", "activation"}
"""Arguments that the textbook has and a learner's function has not."""


class Variables(Text):
    """The text of a function, and its variables.

    Parameters
    ----------
    text : str
        The source of one function.

    Attributes
    ----------
    stored : Counter
        How often each name is assigned.
    loops : list of ast.For
    arguments : set of str
        What the function is given, unpacked names included.
    """

    def __init__(self, text):
        super().__init__(text)
        names = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name)]
        self.stored = Counter(node.id for node in names if isinstance(node.ctx, ast.Store))
        self._first = {}
        for node in names:
            if isinstance(node.ctx, ast.Store):
                self._first[node.id] = min(node.lineno, self._first.get(node.id, node.lineno))
        self._carried = {name for name, times in self.stored.items() if times > 1}
        self._given = [argument.arg for argument in self.tree.args.args]
        self.loops = [node for node in ast.walk(self.tree) if isinstance(node, ast.For)]
        self._never = {inner for statement in self._for_relu() for inner in ast.walk(statement)}
        self._definitions = dict(self._defined())
        self.arguments = {*self._given, *self._unpacked()}

    def _defined(self):
        """Yield each name that is assigned once, and not by means of itself, with its value."""
        assigned = [node for node in self.statements() if isinstance(node, ast.Assign) and len(node.targets) == 1]
        targets = [(node.targets[0].id, node.value) for node in assigned if isinstance(node.targets[0], ast.Name)]
        times = Counter(name for name, _ in targets)
        for name, value in targets:
            if times[name] == 1 and name not in {inner.id for inner in ast.walk(value) if isinstance(inner, ast.Name)}:
                yield name, value

    def _unpacked(self):
        """Yield the names into which arguments are unpacked, and into which those are."""
        given = set(self._given)
        for node in self.statements():
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in given:
                names = {name.id for name in ast.walk(node.targets[0]) if isinstance(name, ast.Name)}
                given |= names
                yield from names

    def _for_relu(self):
        """List the statements that are for the other activation, which no exercise has."""
        choices = [
            choice
            for choice in ast.walk(self.tree)
            if isinstance(choice, ast.If) and self.code(choice.test).startswith("activation ==")
        ]
        after = [
            statement
            for choice in choices
            if isinstance(choice.body[-1], ast.Return) and choice in self.tree.body
            for statement in self.tree.body[self.tree.body.index(choice) + 1 :]
        ]
        return [*after, *(statement for choice in choices for statement in choice.orelse)]

    def statements(self):
        """Yield the statements, and after each loop or condition those in it; none that is for ReLU alone."""
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.stmt) and node is not self.tree)
        return (node for node in nodes if node not in self._never)

    def uses(self, name):
        """Count how often a variable is read."""
        read = (node for statement in self.tree.body for node in ast.walk(statement) if node not in self._never)
        return sum(isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) for node in read)

    def definition(self, name):
        """Find the value of a name that is assigned once; None of all others."""
        return self._definitions.get(name)

    def definition_with(self, name, node, kept):
        """Write the value of a name that is assigned once, with one node of it, or all, replaced by another."""
        whole = self._definitions[name]
        before, after = self.text[self.start(whole) : self.start(node)], self.text[self.end(node) : self.end(whole)]
        return before + self.code(kept) + after

    def readable(self):
        """List the variables that have a value at the statement."""
        line = self.statement.lineno
        stored = [
            name for name, first in self._first.items() if first < line or (self.in_loop and name in self._carried)
        ]
        given = [
            argument for argument in self._given if argument not in self.stored and argument not in NOT_THE_LEARNERS
        ]
        return stored + given
