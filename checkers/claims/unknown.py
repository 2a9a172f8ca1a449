"""Equations in one unknown, with the polynomial whose roots solve them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checkers.claims.statement import Statement
from checkers.claims.statements import reading_of, statements
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.plain import plain_value
from checkers.decide.polynomial import Polynomial
from checkers.decide.quotient import difference_of, quotient_of
from checkers.decide.roots import Line, line_of, simple, without
from checkers.formula.tree import Group, Name, Negative, Node, Number, Percent, has, names
from checkers.limits import Work
from checkers.trace import Trace

MAX_WORK = 1_500
"""Of one equation that is multiplied out."""
BY_EQUATION = 20
"""Work of an equation of the first degree that is made simple; it grows with the square."""
MAX_NEAR = 30
"""Equations that are asked whether something follows from them."""
_FUNCTIONS = re.compile(r"(?<![A-Za-z\\])([A-Za-z])(?:'*\(|\^\{?-1\}?\s*\()")


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a statement says of the one name in it."""

    statement: Statement
    name: str
    roots: Line
    """A polynomial with just the solutions as its roots, each once; a number when it has none, else empty."""

    @property
    def value(self) -> Fraction | None:
        """What the name is, where the statement is of the form `x = number`."""
        node = self.solved
        return -self.roots[0] if node is not None and len(self.roots) == 2 else None

    @property
    def solved(self) -> Node | None:
        """The last part of a statement of the form `x = number`, else None."""
        parts = self.statement.parts
        return parts[-1] if isinstance(unsigned(parts[0]), Name) and not names(parts[-1]) - {"pi"} else None

    @property
    def is_bare(self) -> bool:
        """Whether nothing is left to calculate: `x = 3`."""
        return isinstance(unsigned(self.solved), Number) if self.solved is not None else False


def unsigned(node: Node | None) -> Node | None:
    """The node without brackets and signs around it."""
    while isinstance(node, Group | Negative):
        node = node.inside if isinstance(node, Group) else node.of
    return node


def unknowns(trace: Trace) -> Mapping[int, Unknown]:
    """What each statement says of one name, by the `id` of the statement; ask for it by `trace.once(unknowns)`.

    A name of which only one statement speaks is left out: nothing follows from it, and it solves nothing.
    """
    work = trace.budget.work()
    found: dict[int, Unknown] = {}
    prompt = trace.of_text(reading_of, trace.prompt).statements
    often = Counter(name_of(statement) for statement in (*prompt, *trace.once(statements)))
    for statement in trace.once(statements):
        here = unknown_of(statement) if often[name_of(statement)] > 1 else None
        if here is not None:
            found[id(statement)] = here
            degree = len(here.roots)
            if work.left < BY_EQUATION * degree * degree:
                break
            work.spend(BY_EQUATION * degree * degree)
    return found


def unknown_of(statement: Statement) -> Unknown | None:
    """The one name of an equation, or of a chain that ends in calculations; None for all else."""
    name = name_of(statement)
    if not name:
        return None
    try:
        return Unknown(statement, name, _roots(statement, name))
    except (Unsupported, Undefined, TooLarge):
        return None


def name_of(statement: Statement) -> str:
    """The name that the statement is an equation for; empty when it is none, or has several."""
    free = [names - {"pi"} for names in statement.free]
    of_all = frozenset[str]().union(*free)
    if len(of_all) != 1 or of_all & {"e", "i"} or set(statement.ops) != {"="} or (len(free) > 2 and any(free[1:])):
        return ""
    if any(has(part, Percent) for part in statement.parts):  # of what, and whether 8 % is 8 or 0.08, is open
        return ""
    (name,) = of_all
    return name


def _roots(statement: Statement, name: str) -> Line:
    work = Work(MAX_WORK)
    left, right = statement.parts[0], statement.parts[-1]
    value = plain_value(right) if isinstance(left, Name) else None
    if value is not None:
        return (-Fraction(value), Fraction(1))
    found = difference_of(left, right, work)
    line = line_of(found.above, name)
    if len(line) < 2:
        return line
    under = quotient_of(left, work).under * quotient_of(right, work).under
    return without(simple(line), line_of(under, name))


def zero_of(statement: Statement) -> Polynomial | None:
    """What is zero where an equation in two or more names is true; None where it is no rational function of them."""
    free = frozenset[str]().union(*map(names, statement.parts)) - {"pi"}
    if len(free) < 2 or free & {"e", "i"} or statement.ops != ("=",):
        return None
    try:
        found = difference_of(statement.parts[0], statement.parts[1], Work(MAX_WORK)).above
    except (Unsupported, Undefined, TooLarge):
        return None
    return found if len(found.names) > 1 else None


def function_names(*texts: str) -> frozenset[str]:
    """The letters that are used as functions, `f(x)` or `f^{-1}(x)`, somewhere in the texts."""
    return frozenset(letter for text in texts for letter in _FUNCTIONS.findall(text))


def is_told(wanted: Line, known: Sequence[Unknown], name: str, work: Work) -> bool:
    """Whether all solutions are among those of something that is known of the name; the last few are asked."""
    near = [each for each in known if each.name == name and len(each.roots) > 1][-MAX_NEAR:]
    for each in near:
        work.spend(cost_of(wanted, each.roots))
        if not without(wanted, each.roots)[1:]:
            return True
    return False


def cost_of(one: Line, other: Line) -> int:
    """The work of dividing one by the other until nothing is left."""
    return 10 * len(one) * len(other)
