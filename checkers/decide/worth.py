"""The number that a formula without names is: exact where it is a fraction, else to forty digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checkers.decide.analytic import readings
from checkers.decide.decision import Bounds, TooLarge, Undefined, Unsupported
from checkers.decide.exact import Exact
from checkers.decide.manner import Manner
from checkers.decide.plain import plain_value
from checkers.decide.survey import Below, survey
from checkers.formula.tree import Node
from checkers.limits import OverLimit, Work, taking

DIGITS = 40
"""To which a number that is no fraction is told."""
_SMALL = Bounds(work=400, bits=2_048)
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


def worth(
    node: Node,
    *,
    manner: Manner = Manner(),  # noqa: B008  (frozen)
    bounds: Bounds = Bounds(),  # noqa: B008  (frozen)
    work: Work | None = None,
) -> Worth:
    """The real number that the formula is; raises Unsupported, Undefined or TooLarge where there is none.

    It takes from `work`, when that is given, at most what the bounds allow, and raises Late when its time is over.
    """
    plain = plain_value(node)
    if plain is not None:
        return Worth(Fraction(plain))
    with taking(work, at_most=bounds.work) as mine:
        below = survey(node, node, bounds).below
        try:
            return Worth(Exact({}, mine, bits=bounds.bits, below=below).value(node))
        except Unsupported:
            return Worth(_rounded(node, mine, manner, below), exact=False)


def exact_value(node: Node) -> Fraction | None:
    """The fraction that a formula without names is; None when it is none, or too much work."""
    plain = plain_value(node)
    if plain is not None:
        return Fraction(plain)
    try:
        below = survey(node, node, _SMALL).below
        return Exact({}, Work(_SMALL.work), bits=_SMALL.bits, below=below).value(node)
    except (Unsupported, Undefined, TooLarge, OverLimit):
        return None


def manners(left: Node, right: Node) -> Iterator[Manner]:
    """The readings of what both formulas leave open: the base of a bare `log`, degrees or radians."""
    for _, manner in readings(left, right):
        yield manner


def _rounded(node: Node, work: Work, manner: Manner, below: Below) -> Fraction:
    # The library takes a tenth of a second to import, and most formulas need none of it.
    from checkers.decide.numeric import real_value

    found = [real_value(node, work, digits=digits, manner=manner, below=below) for digits in (DIGITS + 10, 2 * DIGITS)]
    scale = max(abs(found[1]), Fraction(1))
    if abs(found[0] - found[1]) * 10**DIGITS > scale:
        raise Undefined("its digits are not certain")
    return found[1]
