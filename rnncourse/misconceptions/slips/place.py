"""Find the places of a function where a mistake can be made, and what stands around them."""

import ast
from collections import Counter

from rnncourse.misconceptions.slips.text import Text

NOT_THE_LEARNERS = {"dh_T", "dstate_T", "dstate_t", "state0", "state_prev", "state_t", "params", "cache", "activation"}
"""Arguments that the textbook has and a learner's function has not."""


class Place(Text):
    """The text of a function, and the statement that is being looked at.

    Parameters
    ----------
    text : str
        The source of one function.
    returns : dict of str
        What it returns: for each name its shape, as the docstring has it.

    Attributes
    ----------
    statement : ast.stmt
        The one at which operators are applied.
    in_loop : bool
        Whether it is in a loop.
    stored : Counter
        How often each name is assigned.
    loops : list of ast.For
    arguments : set of str
        What the function is given, unpacked names included.
    """

    def __init__(self, text, returns):
        self._returns = returns
        super().__init__(text)
        names = [node for node in ast.walk(self.tree) if isinstance(node, ast.Name)]
        self.stored = Counter(node.id for node in names if isinstance(node.ctx, ast.Store))
        self._first = {}
        for node in names:
            if isinstance(node.ctx, ast.Store):
                self._first[node.id] = min(node.lineno, self._first.get(node.id, node.lineno))
        self._carried = {name for name, times in self.stored.items() if times > 1}
        self._given = [argument.arg for argument in self.tree.args.args]
        self.arguments = {argument.arg for argument in self.tree.args.args}
        self.loops = [node for node in ast.walk(self.tree) if isinstance(node, ast.For)]
        self._unsaid = {"np", *(loop.target.id for loop in self.loops if isinstance(loop.target, ast.Name))}
        self._called = {node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        self._powers = {
            node.left for node in ast.walk(self.tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
        }
        self._in_loops = {inner for loop in self.loops for inner in ast.walk(loop)} - set(self.loops)
        self._never = {inner for statement in self._for_relu() for inner in ast.walk(statement)}
        assigned = [node for node in self.statements() if isinstance(node, ast.Assign) and len(node.targets) == 1]
        stored = Counter(target.id for node in assigned for target in node.targets if isinstance(target, ast.Name))
        self._definitions = {
            node.targets[0].id: node.value
            for node in assigned
            if isinstance(node.targets[0], ast.Name)
            and stored[node.targets[0].id] == 1
            and node.targets[0].id not in {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
        }
        for statement in self.statements():
            unpacked = isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name)
            if unpacked and statement.value.id in self.arguments:
                self.arguments |= {node.id for node in ast.walk(statement.targets[0]) if hasattr(node, "id")}

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

    def uses(self, name):
        """Count how often a variable is read."""
        read = (node for statement in self.tree.body for node in ast.walk(statement) if node not in self._never)
        return sum(isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) for node in read)

    def statements(self):
        """Yield the statements, and after each loop or condition those in it; none that is for ReLU alone."""
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.stmt) and node is not self.tree)
        return (node for node in nodes if node not in self._never)

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

    def definition(self, name):
        """Find the value of a name that is assigned once; None of all others."""
        return self._definitions.get(name)

    def definition_line(self, name):
        """Find the last line of the value of a name that is assigned once."""
        return self._definitions[name].end_lineno

    def definition_with(self, name, node, kept):
        """Write the value of a name that is assigned once, with one node of it, or all, replaced by another."""
        whole = self._definitions[name]
        before, after = self.text[self.start(whole) : self.start(node)], self.text[self.end(node) : self.end(whole)]
        return before + self.code(kept) + after

    def shape(self, name):
        """Say the shape of something returned, as the docstring has it; "" if it does not."""
        return self._returns.get(name, "")

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
