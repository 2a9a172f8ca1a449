"""Whether a relation without names is true: exactly, at the digits it states, or in a careless way of writing."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain

from checkers.claims.doubt import OTHER_ARITHMETIC
from checkers.claims.nearness import How, careless, held, is_close, is_loose
from checkers.claims.plainness import is_plain
from checkers.claims.statement import Relation
from checkers.claims.units import MONEY, TRADES, currencies, is_trade, without_units
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.plain import plain_value
from checkers.decide.related import related
from checkers.decide.worth import Worth, manners, worth
from checkers.finding import Verdict
from checkers.formula.rebuild import without_mixed
from checkers.formula.tree import (
    Call,
    Collection,
    Degrees,
    Interval,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Product,
    bare,
    children,
    functions,
    has,
)
from checkers.formula.written import unit_of
from checkers.limits import Work

_ORDERS: Mapping[str, Callable[[Fraction, int], bool]] = {
    "≠": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "≤": operator.le,
    "≥": operator.ge,
}
_ANGLES = frozenset({"arcsin", "arccos", "arctan"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What recalculating a relation gave; `left` and `right` are None where its sides are no real numbers."""

    verdict: Verdict
    how: How
    """In what sense it is true or false; all but `exact`, `rounded`, `about` and `open` are careless, not wrong."""
    left: Worth | None = None
    right: Worth | None = None
    reason: str = ""
    """Of an UNKNOWN."""


def judged(relation: Relation, text: str, work: Work | None = None) -> Judgement | None:
    """What recalculation says of a closed relation in its text; None where nothing certain is asserted.

    HOLDS in the kindest reading of what it leaves open, FAILS in all readings. What is computed is taken from `work`.
    """
    sides = plain_value(relation.left), plain_value(relation.right)
    if sides[0] is not None and sides[1] is not None:
        found = _compared(relation, Worth(Fraction(sides[0])), Worth(Fraction(sides[1])), work)
        return found if found is None or found.verdict is Verdict.HOLDS else _if_meant(relation, found, text)
    left, right = (without_units(side) for side in _sides(relation))
    plain = replace(relation, left=left.node, right=right.node)
    found = _kindest(chain(_readings(plain, work), _as_angles(relation, work)))
    if found is None or found.verdict is Verdict.HOLDS:
        return found
    units = left.units | right.units
    is_other = left.units != right.units and _may_be_traded(found)
    if left.is_mixed or right.is_mixed or (units and is_other):
        return None
    return _if_meant(plain, found, text)


def _if_meant(plain: Relation, found: Judgement, text: str) -> Judgement | None:
    """What was found of a relation that does not hold, unless it may be meant otherwise."""
    if _is_doubted(plain) or not is_plain(plain, text):
        return None
    if found.verdict is Verdict.UNKNOWN:
        return found
    if plain.is_traded and _may_be_traded(found):
        return None
    if currencies(plain.left) != currencies(plain.right) and _may_be_traded(found, MONEY):
        return None
    return _if_exact(plain, found)


def _if_exact(plain: Relation, found: Judgement) -> Judgement | None:
    """What was found, unless the sentence says that it estimates; where it rounds, the last digit may miss."""
    around, unit = plain.statement.around, unit_of(plain.right)
    if around is None or found.left is None or found.right is None:
        return found
    if around.is_about(*plain.statement.place) and is_close(found.left, found.right):
        return None
    is_last = unit is not None and abs(found.left.value - found.right.value) <= unit
    if found.verdict is Verdict.FAILS and is_last and around.is_rounded(*plain.statement.place):
        return Judgement(Verdict.SUSPICIOUS, "loose", found.left, found.right)
    return found


def _is_doubted(relation: Relation) -> bool:
    """Whether something speaks against it; that residues are spoken of says nothing against a congruence."""
    said = set(relation.doubts)
    return bool(said - {OTHER_ARITHMETIC} if relation.modulus is not None else said)


def _sides(relation: Relation) -> tuple[Node, Node]:
    return relation.left, relation.right


def _may_be_traded(found: Judgement, among: Set[int] = TRADES) -> bool:
    return found.left is None or found.right is None or is_trade(found.left.value, found.right.value, among)


def _readings(relation: Relation, work: Work | None) -> Iterable[Judgement | None]:
    """One judgement for each way in which the relation can be meant."""
    last = relation.right
    if relation.ends_chain and isinstance(last, Call) and last.name == "factorial" and isinstance(last.args[0], Number):
        yield from _with_manners(replace(relation, right=last.args[0]), work)  # `2 + 2 = 4!` is glad, not a factorial
    yield from _with_manners(relation, work)
    products = replace(relation, left=without_mixed(relation.left), right=without_mixed(relation.right))
    if products != relation:
        yield from _with_manners(products, work)


def _as_angles(relation: Relation, work: Work | None) -> Iterable[Judgement | None]:
    """One judgement for each way in which it compares angles: `\\pi/4 = 45°`, `arctan 0.75 = 36.87`."""
    left, right = relation.left, relation.right
    if has(left, Degrees) or has(right, Degrees):
        yield from _with_manners(relation, work)
    if isinstance(bare(left), Call) and functions(left) & _ANGLES:
        factors = left, Number(left.span, Fraction(180)), Name(left.span, "pi")
        turned = Product(left.span, factors, (False, False, True))
        yield from _with_manners(replace(relation, left=turned, right=without_units(right).node), work)


def _with_manners(relation: Relation, work: Work | None) -> Iterable[Judgement | None]:
    if any(isinstance(side, Collection | Interval | Matrix) for side in (relation.left, relation.right)):
        yield _decided(relation, work)
        return
    for manner in manners(relation.left, relation.right):
        try:
            left, right = (worth(side, manner=manner, work=work) for side in _sides(relation))
        except Unsupported:
            yield _decided(relation, work)
            return
        except (Undefined, TooLarge) as error:
            yield Judgement(Verdict.UNKNOWN, "open", reason=str(error))
            continue
        yield _compared(relation, left, right, work)


def _kindest(found: Iterable[Judgement | None]) -> Judgement | None:
    ranked = {Verdict.HOLDS: 0, Verdict.SUSPICIOUS: 2, Verdict.UNKNOWN: 3, Verdict.FAILS: 4}
    return min(found, key=lambda each: ranked[each.verdict] if each is not None else 1, default=None)


def _decided(relation: Relation, work: Work | None) -> Judgement | None:
    """Of sides that are no real numbers: complex ones, matrices, congruences."""
    if relation.op not in "=≠≡":
        return None
    found = related(relation.left, relation.op, relation.right, modulus=relation.modulus, work=work)
    if found.verdict is Verdict.FAILS and _is_multiple(relation.left, relation.right):
        return None
    return Judgement(found.verdict, "exact", reason=str(found.evidence.get("reason", "")))


def _is_multiple(left: Node, right: Node) -> bool:
    """Whether both may be one direction, for which a multiple stands as well."""
    try:
        mine, theirs = ([worth(each).value for each in children(bare(side))] for side in (left, right))
    except (Unsupported, Undefined, TooLarge):
        return False
    pairs = list(zip(mine, theirs, strict=False))
    return len(mine) == len(theirs) > 1 and all(a * pairs[0][1] == b * pairs[0][0] for a, b in pairs)


def _compared(relation: Relation, left: Worth, right: Worth, work: Work | None) -> Judgement | None:
    if relation.op == "≡":
        return _decided(relation, work) if relation.modulus is not None else None
    if relation.op in "=≈":
        return _equality(relation, left, right, work)
    compare = _ORDERS.get(relation.op)
    if compare is None:
        return None
    difference = Fraction(0) if left.is_near(right) else left.value - right.value
    return Judgement(Verdict.HOLDS if compare(difference, 0) else Verdict.FAILS, "exact", left, right)


def _equality(relation: Relation, left: Worth, right: Worth, work: Work | None) -> Judgement | None:
    if relation.modulus is not None and not left.is_near(right):  # in a chain of congruences `=` may stand for one too
        return _decided(replace(relation, op="≡"), work)
    how = held(relation, left, right)
    if how is not None:
        return Judgement(Verdict.HOLDS, how, left, right)
    slip = careless(relation, left, right)
    if slip is not None:
        return Judgement(Verdict.SUSPICIOUS, slip, left, right)
    if is_loose(relation, left, right):
        return Judgement(Verdict.SUSPICIOUS, "loose", left, right)
    return Judgement(Verdict.FAILS, "exact", left, right)


def is_single(node: Node) -> bool:
    """Whether it is a written number, with a sign or a percent at most."""
    return isinstance(node, Number) or (isinstance(node, Negative | Percent) and isinstance(node.of, Number))
