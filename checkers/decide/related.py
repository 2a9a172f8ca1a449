"""Whether a relation between two formulas is true: equal, different, smaller, larger, congruent."""

from __future__ import annotations

from fractions import Fraction

from checkers.decide.decision import Bounds, Decision, TooLarge, Undefined, Unsupported, undecided
from checkers.decide.equal import equal
from checkers.decide.exact import Exact
from checkers.decide.system import Algebra
from checkers.finding import Verdict
from checkers.formula.tree import Call, Node, Number, Sum, names
from checkers.limits import Work, taking

_ORDERS = {"<": -1, ">": 1, "≤": -1, "≥": 1}
_OPPOSITES = {Verdict.HOLDS: Verdict.FAILS, Verdict.FAILS: Verdict.HOLDS, Verdict.UNKNOWN: Verdict.UNKNOWN}


def related(
    left: Node,
    op: str,
    right: Node,
    *,
    modulus: Node | None = None,
    bounds: Bounds = Bounds(),  # noqa: B008  (frozen)
    algebra: Algebra | None = None,
    work: Work | None = None,
) -> Decision:
    """What `equal` says, for one of = ≠ < > ≤ ≥ ≡; orders and congruences are decided between numbers only.

    `≈` is UNKNOWN: how near is near enough is for the rule that asks. `work` is that of `equal`.
    """
    if op == "≡" and modulus is not None:
        return _congruent(left, right, modulus, bounds, algebra, work)
    if op not in ("=", "≠", *_ORDERS):
        return undecided(f"{op} is not decided")
    found = equal(left, right, bounds=bounds, algebra=algebra, work=work)
    is_free = bool(names(left) | names(right))
    if op == "=" or found.verdict is Verdict.UNKNOWN:
        return found
    if op == "≠":
        if is_free and found.verdict is Verdict.FAILS:
            return undecided("it may be equal for some values")
        return Decision(_OPPOSITES[found.verdict], found.tier, found.evidence, found.order)
    if found.verdict is Verdict.HOLDS:
        return Decision(Verdict.HOLDS if op in "≤≥" else Verdict.FAILS, found.tier, found.evidence)
    if not found.order:
        return undecided("neither is known to be the larger")
    verdict = Verdict.HOLDS if found.order == _ORDERS[op] else Verdict.FAILS
    return Decision(verdict, found.tier, found.evidence, found.order)


def _congruent(
    left: Node, right: Node, modulus: Node, bounds: Bounds, algebra: Algebra | None, work: Work | None
) -> Decision:
    if names(left) | names(right) | names(modulus):
        return undecided("a congruence with names")
    try:
        # 1/2 modulo 7 is 4: what is no whole number there is a residue too, and not the fraction.
        with taking(work, at_most=bounds.work) as mine:
            for part in (left, right, modulus):
                Exact({}, mine, bits=bounds.bits).whole(part)
    except (Unsupported, Undefined, TooLarge) as error:
        return undecided(str(error))
    span = (left.span[0], right.span[1])
    rest = Call(span, "mod", (Sum(span, (left, right), (False, True)), modulus))
    return equal(rest, Number(span, Fraction(0)), bounds=bounds, algebra=algebra, work=work)
