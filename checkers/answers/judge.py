"""Questions about formulas that two answers raise, all within one budget of work."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.equal import equal
from checkers.decide.exact import Exact
from checkers.decide.system import Algebra
from checkers.decide.worth import worth
from checkers.finding import Verdict
from checkers.formula.tree import Node, functions, names
from checkers.formula.write import same_shape
from checkers.limits import Work

MAX_WORK = 24_000
"""For one pair of answers; what is asked when it is spent stays open."""
MAX_ASKED = 2
"""Questions that go to the algebra system; the others of a long list stay open."""
MAX_PARTS = 400
"""Pairs of the parts of two answers."""
MAX_BITS = 1_024
"""Of values at a point."""
APART = Fraction(1, 10**30)
"""Share by which two numbers of forty digits are certain to differ."""
_OF_ONE_READING = frozenset({"root", "abs", "factorial", "binom"})


class _NoAlgebra(Algebra):
    """Stands in for the algebra system when it was asked enough."""

    def shows_equal(self, left: Node, right: Node, *, seconds: float, patience: float = math.inf) -> tuple[bool, str]:
        raise Unsupported("too much was asked")


_NO_ALGEBRA = _NoAlgebra()


class Judge:
    """Answers questions until its work is spent, and then none; `tolerance` is how much numbers may differ."""

    def __init__(self, work: Work, *, tolerance: Fraction | None = None) -> None:
        self.work = work
        self.tolerance = tolerance
        self.asked = 0

    def equal(self, one: Node, other: Node) -> Verdict:
        """Whether two formulas are the same for all values of their names."""
        if same_shape(one, other):
            return Verdict.HOLDS
        found = equal(one, other, algebra=_NO_ALGEBRA, work=self.work).verdict
        if found is not Verdict.UNKNOWN or self.asked >= MAX_ASKED:
            return found
        if self._clearly_differ(one, other):
            return Verdict.FAILS
        self.asked += 1
        return equal(one, other, work=self.work).verdict

    def worth(self, node: Node) -> Fraction | None:
        """The number that a formula is: exactly, or to forty digits; None where it is none."""
        try:
            return worth(node, work=self.work).value
        except (Undefined, Unsupported, TooLarge):
            return None

    def exact(self, node: Node, point: Mapping[str, Fraction]) -> Fraction | None:
        """The value of a formula at a point, where it is a fraction."""
        try:
            return Exact(point, self.work, bits=MAX_BITS).value(node)
        except (Undefined, Unsupported, TooLarge):
            return None

    def _clearly_differ(self, one: Node, other: Node) -> bool:
        """Whether two numbers that can be read in one way only are far apart: then no algebra system need be asked."""
        if not (names(one) | names(other)) <= {"pi"} or not (functions(one) | functions(other)) <= _OF_ONE_READING:
            return False
        first, second = self.worth(one), self.worth(other)
        if first is None or second is None:
            return False
        return abs(first - second) > max(abs(first), abs(second), Fraction(1)) * APART


def both(found: Sequence[Verdict]) -> Verdict:
    """HOLDS when all hold, FAILS when one fails, else UNKNOWN."""
    for verdict in (Verdict.FAILS, Verdict.UNKNOWN):
        if verdict in found:
            return verdict
    return Verdict.HOLDS
