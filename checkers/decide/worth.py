"""The number that a formula without names is: exact where it is a fraction, else to forty digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checkers.decide.analytic import readings
from checkers.decide.decision import Bounds, Undefined, Unsupported
from checkers.decide.exact import Exact
from checkers.decide.field import Work
from checkers.decide.manner import Manner
from checkers.formula.tree import Node, Number

DIGITS = 40
"""To which a number that is no fraction is told."""
CLOSE = Fraction(1, 10 ** (DIGITS - 5))


@dataclass(frozen=True, slots=True)
class Worth:
    """A real number; `exact` is False where it was rounded to 40 digits."""

    value: Fraction
    exact: bool = True

    def is_near(self, other: Worth) -> bool:
        """Whether the two are the same as far as their digits go."""
        if self.exact and other.exact:
            return self.value == other.value
        scale = max(abs(self.value), abs(other.value), Fraction(1))
        return abs(self.value - other.value) <= scale * CLOSE


def worth(node: Node, *, manner: Manner = Manner(), bounds: Bounds = Bounds()) -> Worth:  # noqa: B008  (frozen)
    """The real number that the formula is; raises Unsupported, Undefined or TooLarge where there is none."""
    if isinstance(node, Number):
        return Worth(node.value)
    work = Work(bounds.work)
    try:
        return Worth(Exact({}, work, bits=bounds.bits).value(node))
    except Unsupported:
        return Worth(_rounded(node, work, manner), exact=False)


def manners(left: Node, right: Node) -> Iterator[Manner]:
    """The readings of what both formulas leave open: the base of a bare `log`, degrees or radians."""
    for _, manner in readings(left, right):
        yield manner


def _rounded(node: Node, work: Work, manner: Manner) -> Fraction:
    # The library takes a tenth of a second to import, and most formulas need none of it.
    from checkers.decide.numeric import real_value

    found = [real_value(node, work, digits=digits, manner=manner) for digits in (DIGITS + 10, 2 * DIGITS)]
    scale = max(abs(found[1]), Fraction(1))
    if abs(found[0] - found[1]) * 10**DIGITS > scale:
        raise Undefined("its digits are not certain")
    return found[1]
