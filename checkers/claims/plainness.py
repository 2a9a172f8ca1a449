"""Whether a relation that does not hold can be meant as the calculation that it looks like."""

from __future__ import annotations

from fractions import Fraction

from checkers.claims.statement import Relation
from checkers.claims.units import currencies
from checkers.decide.plain import plain_value
from checkers.formula.tree import Node, Number, Percent, Sum, has

MAX_POWER = 30


def is_plain(relation: Relation, text: str) -> bool:
    """Whether both sides speak of the same kind of thing, and a calculation is asserted."""
    left, right = relation.left, relation.right
    if isinstance(left, Percent) or (isinstance(left, Number) and (relation.starts_chain or relation.follows_name)):
        return False
    if _is_misprint(left, right, text):
        return False
    if has(left, Percent) != has(right, Percent) or (has(left, Percent) and not _all_percent(left, right)):
        return False
    if len(currencies(left) | currencies(right)) > 1:
        return False
    return not _is_range(left, text)


def _is_misprint(left: Node, right: Node, text: str) -> bool:
    """Whether a raised minus was lost, `10-3 = 0.001`, or a point sets thousands apart, `10^3 = 1.000`."""
    if not isinstance(right, Number):
        return False
    value = plain_value(left)
    if right.places == 3 and value is not None and value == right.value * 1000:
        return True
    if not isinstance(left, Sum) or len(left.terms) != 2 or " " in text[left.span[0] : left.span[1]]:
        return False
    base, power = left.terms
    if not isinstance(base, Number) or not isinstance(power, Number) or base.value != 10 or power.value > MAX_POWER:
        return False
    return left.minus[1] and power.value.denominator == 1 and right.value == Fraction(1, 10 ** int(power.value))


def _all_percent(left: Node, right: Node) -> bool:
    terms = left.terms if isinstance(left, Sum) else (left,)
    return isinstance(right, Percent) and all(isinstance(term, Percent) for term in terms)


def _is_range(node: Node, text: str) -> bool:
    """Whether `3-5` may mean from 3 to 5."""
    if not isinstance(node, Sum) or len(node.terms) != 2 or not node.minus[1]:
        return False
    first, second = node.terms
    is_tight = " " not in text[node.span[0] : node.span[1]]
    return is_tight and isinstance(first, Number) and isinstance(second, Number) and first.value < second.value
