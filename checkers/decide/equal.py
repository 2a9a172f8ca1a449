"""Whether two formulas have the same value, for all values of their names."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from checkers.decide.algebra import Algebra, shared
from checkers.decide.analytic import CONSTANTS, analytic
from checkers.decide.decision import Bounds, Decision, TooLarge, Undefined, Unsupported, undecided
from checkers.decide.exact import Exact
from checkers.decide.field import Work
from checkers.decide.modular import PRIMES, RANDOM, Modular
from checkers.decide.points import Point, whole_points
from checkers.finding import Json, Verdict
from checkers.formula.tree import (
    Call,
    Collection,
    Degrees,
    Group,
    Interval,
    Matrix,
    Negative,
    Node,
    Power,
    Series,
    children,
    names,
)
from checkers.formula.written import shown

_NO_VALUES = frozenset({"∞", "∅"})
MAX_PAIRS = 400
"""Of parts of two sets."""
_WHOLE_ONLY = frozenset({"factorial", "binom", "gcd", "lcm", "mod"})


def equal(left: Node, right: Node, *, bounds: Bounds = Bounds(), algebra: Algebra | None = None) -> Decision:  # noqa: B008
    """HOLDS when both are the same wherever both have a value, FAILS with a point where they differ, else UNKNOWN.

    Deterministic: points are drawn from fixed seeds and work is counted. Names are taken as free, so `x + 1` and `5`
    differ; `pi` is the number, `e` and `i` are read both as numbers and as names, a logarithm without a base both
    as natural and decimal, and FAILS means in every reading.
    """
    left, right = _bare(left), _bare(right)
    if _size(left, bounds.nodes) + _size(right, bounds.nodes) > bounds.nodes:
        return undecided("it is too long")
    if isinstance(left, Collection | Interval | Matrix) or isinstance(right, Collection | Interval | Matrix):
        return _parts_equal(left, right, bounds, algebra)
    if (names(left) | names(right)) & _NO_VALUES:
        return undecided("it has signs that are no numbers")
    if _is_angle(left) != _is_angle(right):
        return undecided("degrees stand on one side only")
    return _by_tiers(left, right, bounds, algebra)


def _by_tiers(left: Node, right: Node, bounds: Bounds, algebra: Algebra | None) -> Decision:
    work, reasons = Work(bounds.work), list[str]()
    for tier in (_exact, _modular, _points, analytic):
        try:
            found = tier(left, right, bounds, work)
        except TooLarge as error:
            return undecided(str(error))
        except (Unsupported, Undefined) as error:
            reasons.append(str(error))
            continue
        if found is not None:
            return found
    if not (names(left) or names(right)) and any("divides by zero" in reason for reason in reasons):
        return undecided("it divides by zero")
    return _by_algebra(left, right, bounds, algebra or shared(), reasons)


def _exact(left: Node, right: Node, bounds: Bounds, work: Work) -> Decision | None:
    """Both sides as fractions, when neither has a name."""
    if names(left) or names(right):
        return None
    field = Exact({}, work, bits=bounds.bits)
    return _compared("exact", field.value(left), field.value(right), {})


def _compared(tier: str, one: Fraction, other: Fraction, point: Point) -> Decision:
    evidence: dict[str, Json] = {"left": shown(one), "right": shown(other)}
    if point:
        evidence["point"] = {name: shown(value) for name, value in point.items()}
    order = 0 if point else (one > other) - (one < other)
    return Decision(Verdict.HOLDS if one == other else Verdict.FAILS, tier, evidence, order)


def _modular(left: Node, right: Node, bounds: Bounds, work: Work) -> Decision | None:
    """Random points modulo large primes: equal at all is the same, different at one is not, for rational functions."""
    free = sorted(names(left) | names(right))
    seen = 0
    for at, prime in enumerate(PRIMES[: bounds.points]):
        drawn = random.Random(f"{at}")  # noqa: S311  (points, not secrets)
        field = Modular({name: drawn.randrange(RANDOM, prime) for name in free}, work, prime=prime)
        try:
            same = field.value(left) == field.value(right)
        except Undefined:
            continue
        if not same:
            is_certain = not field.opaque and not CONSTANTS & set(free)
            return _counterexample(left, right, free, bounds, work) if is_certain else None
        seen += 1
    return Decision(Verdict.HOLDS, "modular", {"points": seen}) if seen >= 2 else None


def _counterexample(left: Node, right: Node, free: Sequence[str], bounds: Bounds, work: Work) -> Decision:
    """FAILS, with small whole numbers at which the two differ where such are found."""
    for point in whole_points(free, 12):
        field = Exact(point, work, bits=bounds.bits)
        try:
            found = _compared("modular", field.value(left), field.value(right), point)
        except (Undefined, Unsupported):
            continue
        except TooLarge:
            break
        if found.verdict is Verdict.FAILS:
            return found
    return Decision(Verdict.FAILS, "modular", {})


def _points(left: Node, right: Node, bounds: Bounds, work: Work) -> Decision | None:
    """Small whole numbers, for formulas that have a value only there: factorials, sums up to n, remainders."""
    free = sorted(names(left) | names(right))
    if not free or CONSTANTS & set(free) or not (_needs_whole(left) or _needs_whole(right)):
        return None
    seen = 0
    for point in whole_points(free, 12):
        field = Exact(point, work, bits=bounds.bits)
        try:
            found = _compared("points", field.value(left), field.value(right), point)
        except Undefined:
            continue
        if found.verdict is Verdict.FAILS:
            return found
        seen += 1
    return Decision(Verdict.HOLDS, "points", {"points": seen}) if seen >= 6 else None


def _needs_whole(node: Node) -> bool:
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Call) and here.name in _WHOLE_ONLY and any(names(arg) for arg in here.args):
            return True
        if isinstance(here, Power) and isinstance(_bare(here.base), Negative) and names(here.exponent):
            return True
        if isinstance(here, Series) and (names(here.first) or names(here.last)):
            return True
        waiting.extend(children(here))
    return False


def _by_algebra(left: Node, right: Node, bounds: Bounds, algebra: Algebra, reasons: Sequence[str]) -> Decision:
    try:
        shows, reason = algebra.shows_equal(left, right, seconds=bounds.seconds)
    except Unsupported as error:
        return undecided(reasons[-1] if reasons else str(error))
    if shows:
        return Decision(Verdict.HOLDS, "algebra", {})
    return undecided(reason if reason == "deadline" or not reasons else reasons[-1])


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.inside
    return node


def _is_angle(node: Node) -> bool:
    """Whether degrees stand in it that no function takes."""
    return isinstance(node, Degrees) or (not isinstance(node, Call) and any(map(_is_angle, children(node))))


def _size(node: Node, most: int) -> int:
    count, waiting = 0, [node]
    while waiting and count <= most:
        count += 1
        waiting.extend(children(waiting.pop()))
    return count


def _parts_equal(left: Node, right: Node, bounds: Bounds, algebra: Algebra | None) -> Decision:
    """Collections, intervals and matrices, part by part; a set in any order."""
    shape = _shape(left)
    if shape != _shape(right) or shape is None:
        return undecided("different kinds of things")
    ask = partial(equal, bounds=bounds, algebra=algebra)
    mine, theirs = children(left), children(right)
    if shape[0] == "set":
        return _same_sets(mine, theirs, ask)
    if len(mine) != len(theirs):
        return Decision(Verdict.FAILS, "exact", {"left": f"{len(mine)} parts", "right": f"{len(theirs)} parts"})
    found = [ask(one, other) for one, other in zip(mine, theirs, strict=True)]
    for verdict in (Verdict.FAILS, Verdict.UNKNOWN, Verdict.HOLDS):
        for each in found:
            if each.verdict is verdict:
                return each
    return Decision(Verdict.HOLDS, "exact", {})


def _same_sets(mine: Sequence[Node], theirs: Sequence[Node], ask: Callable[[Node, Node], Decision]) -> Decision:
    """Every part of each set has to be in the other; parts written twice count once."""
    if len(mine) * len(theirs) > MAX_PAIRS:
        return undecided("too many parts")
    table = [[ask(one, other).verdict for other in theirs] for one in mine]
    for row in [*table, *map(list, zip(*table, strict=True))]:
        if Verdict.HOLDS not in row:
            is_clear = Verdict.UNKNOWN not in row
            return Decision(Verdict.FAILS, "exact", {}) if is_clear else undecided("some parts cannot be compared")
    if bool(mine) != bool(theirs):
        return Decision(Verdict.FAILS, "exact", {})
    return Decision(Verdict.HOLDS, "exact", {})


def _shape(node: Node) -> tuple[object, ...] | None:
    match node:
        case Collection(kind=kind):
            return (kind,)
        case Interval(open_first=first, open_last=last):
            return ("interval", first, last)
        case Matrix(rows=rows):
            return ("matrix", len(rows), len(rows[0]))
        case _:
            return None
