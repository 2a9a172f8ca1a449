"""Questions about formulas that two answers raise, all within one budget of work."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from checkers.decide.decision import Bounds, TooLarge, Undefined, Unsupported
from checkers.decide.equal import equal
from checkers.decide.exact import Exact
from checkers.decide.system import Algebra
from checkers.decide.worth import worth
from checkers.finding import Verdict
from checkers.formula.tree import Node
from checkers.formula.write import same_shape
from checkers.limits import Work

MAX_WORK = 24_000
"""For one pair of answers; what is asked when it is spent stays open."""
THOROUGH = 2
"""The first questions may go to the algebra system, the others of a long list may not."""
MAX_PARTS = 400
"""Pairs of the parts of two answers."""
_SMALL = Bounds(work=2_000, bits=1_024)


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
        self.asked += 1
        is_thorough = self.asked <= THOROUGH
        bounds, algebra = (Bounds(), None) if is_thorough else (_SMALL, _NO_ALGEBRA)
        return equal(one, other, bounds=bounds, algebra=algebra, work=self.work).verdict

    def worth(self, node: Node) -> Fraction | None:
        """The number that a formula is: exactly, or to forty digits; None where it is none."""
        try:
            return worth(node, bounds=_SMALL, work=self.work).value
        except (Undefined, Unsupported, TooLarge):
            return None

    def exact(self, node: Node, point: Mapping[str, Fraction]) -> Fraction | None:
        """The value of a formula at a point, where it is a fraction."""
        try:
            return Exact(point, self.work, bits=_SMALL.bits).value(node)
        except (Undefined, Unsupported, TooLarge):
            return None


def both(found: Sequence[Verdict]) -> Verdict:
    """HOLDS when all hold, FAILS when one fails, else UNKNOWN."""
    for verdict in (Verdict.FAILS, Verdict.UNKNOWN):
        if verdict in found:
            return verdict
    return Verdict.HOLDS
