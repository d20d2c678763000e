"""Find the places of a function where a mistake can be made, and what stands around them."""

import ast

from rnncourse.language import enumeration, phrase
from rnncourse.misconceptions.slips.variables import Variables


class Place(Variables):
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
    """

    def __init__(self, text, returns):
        super().__init__(text)
        self._returns = returns
        self._unsaid = {"np", *(loop.target.id for loop in self.loops if isinstance(loop.target, ast.Name))}
        self._called = {node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        self._powers = {
            node.left for node in ast.walk(self.tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
        }
        self._in_loops = {inner for loop in self.loops for inner in ast.walk(loop)} - set(self.loops)

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
        return phrase("the part made of {names}", names=enumeration(self._names(node) or [phrase("a number")]))

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
            if self._holds(value, node):
                entries = value.elts if isinstance(value, ast.Tuple) else []
                inner = next((each for each in entries if self._holds(each, node)), None)
                # A learner has no tuple of all that the way back needs: what is in it has names of its own.
                return inner.id if isinstance(inner, ast.Name) else name
        if isinstance(self.statement, ast.For):
            return phrase("the loop")
        if isinstance(self.statement, ast.Assign | ast.AugAssign):
            return self._name(getattr(self.statement, "target", None) or self.statement.targets[0])
        return phrase("the result" if isinstance(self.statement, ast.Return) else "the condition")

    def _holds(self, whole, node):
        """Tell whether a node is a part of another one."""
        return self.start(whole) <= self.start(node) and self.end(node) <= self.end(whole)

    def is_value(self, node):
        """Tell whether a node is all that is assigned to a name."""
        return any(value is node for value, _ in self.values())
