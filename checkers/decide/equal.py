"""Whether two formulas have the same value, for all values of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checkers.decide.analytic import CONSTANTS, analytic
from checkers.decide.decision import Bounds, Decision, TooLarge, Undefined, Unsupported, undecided
from checkers.decide.exact import Exact
from checkers.decide.modular import PRIMES, RANDOM, Modular
from checkers.decide.parts import HAVING_PARTS, parts_equal
from checkers.decide.points import Point, residue_point, whole_points
from checkers.decide.survey import Below, Survey, survey
from checkers.decide.system import DEADLINE, Algebra, shared
from checkers.finding import Json, Verdict
from checkers.formula.tree import Call, Degrees, Negative, Node, Power, Series, bare, children
from checkers.formula.written import shown
from checkers.limits import Work, taking

_NO_VALUES = frozenset({"∞", "∅"})
ASKING = 10
"""What one question costs, besides a quarter for each node: it is looked at, and an answer is written."""
_WHOLE_ONLY = frozenset({"factorial", "binom", "gcd", "lcm", "mod"})


def equal(
    left: Node,
    right: Node,
    *,
    bounds: Bounds = Bounds(),  # noqa: B008  (frozen)
    algebra: Algebra | None = None,
    work: Work | None = None,
) -> Decision:
    """HOLDS when both are the same wherever both have a value, FAILS with a point where they differ, else UNKNOWN.

    Deterministic: points are drawn from fixed seeds and work is counted. Names are taken as free, so `x + 1` and `5`
    differ; `pi` is the number, `e` and `i` are read both as numbers and as names, a logarithm without a base both
    as natural and decimal, and FAILS means in every reading.

    It takes from `work`, when that is given, what it needs of it and at most what the bounds allow; what is left by
    then makes it UNKNOWN. Raises Late where the time of the check is over to which the work belongs.
    """
    with taking(work, at_most=bounds.work) as mine:
        return _Asked(bounds, algebra, mine).equal(left, right)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question, with the work that all of its parts share."""

    bounds: Bounds
    algebra: Algebra | None
    work: Work

    def equal(self, left: Node, right: Node) -> Decision:
        try:
            return self._decided(bare(left), bare(right))
        except TooLarge as error:
            return undecided(str(error))

    def _decided(self, left: Node, right: Node) -> Decision:
        seen = survey(left, right, self.bounds)
        self.work.spend(ASKING + seen.size // 4)
        if isinstance(left, HAVING_PARTS) or isinstance(right, HAVING_PARTS):
            return parts_equal(left, right, self.equal)
        if not _NO_VALUES.isdisjoint(seen.free):
            return undecided("it has signs that are no numbers")
        if Degrees in seen.kinds and _is_angle(left) != _is_angle(right):
            return undecided("degrees stand on one side only")
        return self._by_tiers(left, right, seen)

    def _by_tiers(self, left: Node, right: Node, seen: Survey) -> Decision:
        reasons: list[str] = []
        for tier in (_exact, _modular, _points, analytic):
            try:
                found = tier(left, right, seen, self.bounds, self.work)
            except (Unsupported, Undefined) as error:
                reasons.append(str(error))
                continue
            if found is not None:
                return found
        if not seen.free and any("divides by zero" in reason for reason in reasons):
            return undecided("it divides by zero")
        return self._by_algebra(left, right, reasons)

    def _by_algebra(self, left: Node, right: Node, reasons: Sequence[str]) -> Decision:
        asked, patience = self.algebra or shared(), self.work.budget.seconds
        try:
            shows, reason = asked.shows_equal(left, right, seconds=self.bounds.seconds, patience=patience)
        except Unsupported as error:
            return undecided(reasons[-1] if reasons else str(error))
        if shows:
            return Decision(Verdict.HOLDS, "algebra", {})
        return undecided(reason if reason == DEADLINE or not reasons else reasons[-1])


def _exact(left: Node, right: Node, seen: Survey, bounds: Bounds, work: Work) -> Decision | None:
    """Both sides as fractions, when neither has a name."""
    if seen.free:
        return None
    field = Exact({}, work, bits=bounds.bits, below=seen.below)
    return _compared("exact", field.value(left), field.value(right), {})


def _compared(tier: str, one: Fraction, other: Fraction, point: Point) -> Decision:
    evidence: dict[str, Json] = {"left": shown(one), "right": shown(other)}
    if point:
        evidence["point"] = {name: shown(value) for name, value in point.items()}
    order = 0 if point else (one > other) - (one < other)
    return Decision(Verdict.HOLDS if one == other else Verdict.FAILS, tier, evidence, order)


def _modular(left: Node, right: Node, seen: Survey, bounds: Bounds, work: Work) -> Decision | None:
    """Points modulo large primes: equal at all is the same, different at one is not, for rational functions."""
    told = 0
    for at, prime in enumerate(PRIMES[: bounds.points]):
        point = residue_point(seen.free, at, low=RANDOM, high=prime)
        field = Modular(point, work, prime=prime, below=seen.below)
        try:
            same = field.value(left) == field.value(right)
        except Undefined:
            continue
        if not same:
            is_certain = not field.opaque and CONSTANTS.isdisjoint(seen.free)
            return _counterexample(left, right, seen, bounds, work) if is_certain else None
        told += 1
    return Decision(Verdict.HOLDS, "modular", {"points": told}) if told >= 2 else None


def _counterexample(left: Node, right: Node, seen: Survey, bounds: Bounds, work: Work) -> Decision:
    """FAILS, with small whole numbers at which the two differ where such are found."""
    for point in whole_points(seen.free, 12):
        field = Exact(point, work, bits=bounds.bits, below=seen.below)
        try:
            found = _compared("modular", field.value(left), field.value(right), point)
        except (Undefined, Unsupported):
            continue
        except TooLarge:
            break
        if found.verdict is Verdict.FAILS:
            return found
    return Decision(Verdict.FAILS, "modular", {})


def _points(left: Node, right: Node, seen: Survey, bounds: Bounds, work: Work) -> Decision | None:
    """Small whole numbers, for formulas that have a value only there: factorials, sums up to n, remainders."""
    free, below = seen.free, seen.below
    if not free or not CONSTANTS.isdisjoint(free) or not (_needs_whole(left, below) or _needs_whole(right, below)):
        return None
    told = 0
    for point in whole_points(seen.free, 12):
        field = Exact(point, work, bits=bounds.bits, below=seen.below)
        try:
            found = _compared("points", field.value(left), field.value(right), point)
        except Undefined:
            continue
        if found.verdict is Verdict.FAILS:
            return found
        told += 1
    return Decision(Verdict.HOLDS, "points", {"points": told}) if told >= 6 else None


def _needs_whole(node: Node, below: Below) -> bool:
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Call) and here.name in _WHOLE_ONLY and any(map(below.names, here.args)):
            return True
        if isinstance(here, Power) and isinstance(bare(here.base), Negative) and below.names(here.exponent):
            return True
        if isinstance(here, Series) and (below.names(here.first) or below.names(here.last)):
            return True
        waiting.extend(children(here))
    return False


def _is_angle(node: Node) -> bool:
    """Whether degrees stand in it that no function takes."""
    return isinstance(node, Degrees) or (not isinstance(node, Call) and any(map(_is_angle, children(node))))
