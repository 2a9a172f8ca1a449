"""Comparison at real points in numbers of many digits, in every reading that e, i, `log` and bare angles allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from checkers.decide.decision import Bounds, Decision, Undefined, undecided
from checkers.decide.manner import Manner, is_bare_angle
from checkers.decide.points import POSITIVE, RANGES, real_point
from checkers.decide.survey import Below, Survey
from checkers.finding import Json, Verdict
from checkers.formula.tree import Call, Node, children
from checkers.limits import Work

CONSTANTS = frozenset({"pi", "e", "i"})
_ALSO_NAMES = frozenset({"e", "i"})
POSITIVE_ONLY = "both sides are the same for positive values only"
NO_POINT = "it has no value at the points that were tried"


def analytic(left: Node, right: Node, seen: Survey, bounds: Bounds, work: Work) -> Decision | None:
    """HOLDS in one reading, FAILS in all of them; raises Undefined where no point told anything."""
    found: list[Decision] = []
    for reading in readings(left, right, seen.below):
        found.append(_in_reading(left, right, seen.below, work, *reading))
        if found[-1].verdict is Verdict.HOLDS:
            return found[-1]
    reasons = [str(each.evidence["reason"]) for each in found if each.verdict is Verdict.UNKNOWN]
    if POSITIVE_ONLY in reasons:
        return undecided(POSITIVE_ONLY)
    if reasons:
        raise Undefined(reasons[0])
    orders = {each.order for each in found}
    return found[0] if len(orders) == 1 else replace(found[0], order=0)


def readings(left: Node, right: Node, below: Below | None = None) -> Iterator[tuple[Sequence[str], Manner]]:
    """Which names are free in both, and what is left open in them, in every way that this may be meant."""
    below = below or Below()
    both = below.names(left) | below.names(right)
    constants = [both & CONSTANTS]
    if both & _ALSO_NAMES:
        constants.append(both & (CONSTANTS - _ALSO_NAMES))
    bases = (None, 10) if _has_bare_logarithm(left) or _has_bare_logarithm(right) else (None,)
    angles = (False, True) if _has_bare_angle(left, below) or _has_bare_angle(right, below) else (False,)
    for constant, base, in_degrees in product(constants, bases, angles):
        yield sorted(both - constant), Manner(base, in_degrees)


def _has_bare_logarithm(node: Node) -> bool:
    if isinstance(node, Call) and node.name == "log" and len(node.args) == 1:
        return True
    return any(map(_has_bare_logarithm, children(node)))


def _has_bare_angle(node: Node, below: Below) -> bool:
    if isinstance(node, Call) and is_bare_angle(node.name, node.args, below):
        return True
    return any(_has_bare_angle(child, below) for child in children(node))


def _in_reading(left: Node, right: Node, below: Below, work: Work, free: Sequence[str], manner: Manner) -> Decision:
    # The library takes a tenth of a second to import, and most decisions need none of it.
    from checkers.decide.numeric import DIGITS, agreement

    reason, positive = NO_POINT, 0
    for at in range(len(RANGES) if free else 1):
        point = real_point(free, at)
        try:
            found = agreement(left, right, point, work, manner=manner, below=below)
        except Undefined as error:
            reason = str(error)
            continue
        if found.same is None:
            reason = "both sides are too close, or too large, to tell apart"
            continue
        if not found.same:
            if at >= POSITIVE:
                return undecided(POSITIVE_ONLY)
            evidence: dict[str, Json] = {"left": found.left, "right": found.right}
            if free:
                evidence["point"] = {name: str(value) for name, value in point.items()}
            return Decision(Verdict.FAILS, "complex", evidence, 0 if free else found.order)
        positive += at < POSITIVE
    if positive >= (2 if free else 1):
        return Decision(Verdict.HOLDS, "complex", {"points": positive, "digits": DIGITS[-1]})
    return undecided(reason)
