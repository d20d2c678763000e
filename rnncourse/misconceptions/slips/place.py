"""Find the places of a function's text: where each node of its syntax tree stands, and what stands around it."""

import ast
from bisect import bisect_right
from collections import Counter
from itertools import accumulate

NOT_THE_LEARNERS = {"dh_T", "dstate_T", "dstate_t", "state0", "state_prev", "state_t", "params", "cache", "activation"}
"""Arguments that the textbook has and a learner's function has not."""


class Place:
    """The text of a function, and the statement that is being looked at.

    Parameters
    ----------
    text : str
        The source of one function.
    returns : list of str
        The names of what it returns.

    Attributes
    ----------
    statement : ast.stmt
        The one at which operators are applied.
    in_loop : bool
        Whether it is in a loop.
    stored : Counter
        How often each name is assigned.
    arguments : set of str
        What the function is given, unpacked names included.
    """

    def __init__(self, text, returns):
        self._returns = returns
        self.text, self.tree = text, ast.parse(text).body[0]
        self._lines = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
        names = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name)]
        self.stored = Counter(node.id for node in names if isinstance(node.ctx, ast.Store))
        self._first = {}
        for node in names:
            if isinstance(node.ctx, ast.Store):
                self._first[node.id] = min(node.lineno, self._first.get(node.id, node.lineno))
        self._carried = {name for name, times in self.stored.items() if times > 1}
        self._given = [argument.arg for argument in self.tree.args.args]
        self.arguments = {argument.arg for argument in self.tree.args.args}
        loops = [node.target for node in ast.walk(self.tree) if isinstance(node, ast.For)]
        self._unsaid = {"np", *(target.id for target in loops if isinstance(target, ast.Name))}
        self._called = {node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        self._powers = {
            node.left for node in ast.walk(self.tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
        }
        self._in_loops = {
            inner for loop in ast.walk(self.tree) if isinstance(loop, ast.For) for inner in ast.walk(loop)
        } - {loop for loop in ast.walk(self.tree) if isinstance(loop, ast.For)}
        for statement in self.statements():
            unpacked = isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name)
            if unpacked and statement.value.id in self.arguments:
                self.arguments |= {node.id for node in ast.walk(statement.targets[0]) if hasattr(node, "id")}

    def statements(self):
        """Yield the statements, and after each loop or condition those in it."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.stmt) and node is not self.tree)

    def nodes(self):
        """Yield a statement at a time the nodes that are its own, not those of statements in it."""
        for statement in self.statements():
            self.statement, waiting = statement, [statement]
            while waiting:
                node = waiting.pop(0)
                yield node
                waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr | ast.keyword)]

    @property
    def in_loop(self):
        """Tell whether the statement is in a loop."""
        return self.statement in self._in_loops

    def start(self, node):
        """Find where a node begins in the text."""
        return self._lines[node.lineno - 1] + node.col_offset

    def end(self, node):
        """Find where a node ends in the text."""
        return self._lines[node.end_lineno - 1] + node.end_col_offset

    def line(self, position):
        """Find the line of a position, from 0."""
        return bisect_right(self._lines, position) - 1

    def code(self, node):
        """Write a node as it stands in the text."""
        return self.text[self.start(node) : self.end(node)]

    def is_variable(self, node):
        """Tell whether a node is a variable, one of its steps, or its transpose."""
        if isinstance(node, ast.Attribute) and node.attr == "T":
            return self.is_variable(node.value)
        if isinstance(node, ast.Subscript):
            return isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Name | ast.BinOp | ast.Constant)
        return isinstance(node, ast.Name | ast.Constant)

    def short(self, node):
        """Name a node in a label: a variable by its name, all else by the names of what it is made of."""
        return self.code(node) if self.is_variable(node) else " ".join(self._names(node))

    def part(self, node):
        """Name a node in a sentence: never more of the textbook's code than a variable."""
        if self.is_variable(node):
            return self.code(node)
        *others, last = self._names(node) or ["a number"]
        return f"the part made of {', '.join(others)} and {last}" if others else f"the part made of {last}"

    def _names(self, node):
        """List the variables that a node reads, each once."""
        read = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name) and not self.called(inner))
        return list(dict.fromkeys(name.id for name in sorted(read, key=self.start) if name.id not in self._unsaid))

    def operator(self, node):
        """Find the operator of a sum or product: its begin and end, spaces included, and itself."""
        start, end = self.end(node.left), self.start(node.right)
        between = self.text[start:end]
        before = len(between) - len(between.lstrip(")"))
        after = len(between.rstrip("("))
        return start + before, start + after, between.strip(" ()")

    def symbol(self, node, new):
        """Replace the operator of a sum or product."""
        start, end, old = self.operator(node)
        at = self.text.index(old, start, end)
        return at, at + len(old), new

    def power_of(self, node):
        """Tell whether a node is raised to a power."""
        return node in self._powers

    def called(self, node):
        """Tell whether a node is the function of a call."""
        return node in self._called

    def values(self):
        """Pair what the statement assigns with the names to which it is assigned; a returned value with its name."""
        statement = self.statement
        if isinstance(statement, ast.Return):
            values = statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value]
            return list(zip(values, self._returns, strict=False))
        if isinstance(statement, ast.AugAssign):
            return [(statement.value, self._name(statement.target))]
        if isinstance(statement, ast.Assign):
            target, value = statement.targets[0], statement.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                return [(part, self._name(name)) for name, part in zip(target.elts, value.elts, strict=False)]
            return [(value, self._name(target))]
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) and statement.value.args:
            return [(statement.value.args[0], self._name(statement.value.func).removesuffix(".append"))]
        return []

    def _name(self, node):
        return self.code(node.value) if isinstance(node, ast.Subscript) else self.code(node)

    def target(self, node):
        """Name what a node is for: the variable to which the value is assigned of which it is a part."""
        for value, name in self.values():
            if self.start(value) <= self.start(node) and self.end(node) <= self.end(value):
                return name
        if isinstance(self.statement, ast.For):
            return "the loop"
        if isinstance(self.statement, ast.Assign | ast.AugAssign):
            return self._name(getattr(self.statement, "target", None) or self.statement.targets[0])
        return "the condition"

    def is_value(self, node):
        """Tell whether a node is all that is assigned to a name."""
        return any(value is node for value, _ in self.values())

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
