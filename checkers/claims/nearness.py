"""In what sense two unequal numbers may be said to be equal: rounded, about, printed by a machine, or carelessly."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from checkers.claims.statement import Relation
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.worth import Worth, worth
from checkers.formula.tree import Call, Name, Node, Number, Power, Product, Sum, bare, has, names, numbers
from checkers.formula.written import unit_of

NEAR = Fraction(1, 200)
"""Share by which a product of rounded decimals may miss before it is called wrong."""
LOOSE = Fraction(1, 20)
"""Share by which an `≈` may miss the digits that it states before it is called wrong."""
PI_MISS = Fraction(1, 500)
"""By which a number may miss pi that stands for it: 22/7, 3.14."""
PRINTED = Fraction(1, 10**12)
DOUBLE = Fraction(1, 2**50)
"""A decimal of so many places was printed by a machine, whose numbers have 53 bits: `140/60=2.3333333333333335`."""

How: TypeAlias = Literal[
    "exact", "rounded", "about", "runs on", "cut off", "misrounded", "made whole", "near", "loose", "open"
]


def held(relation: Relation, left: Worth, right: Worth) -> How | None:
    """In what sense an equality holds: exactly, rounded to its own digits, or about; None when in none."""
    if left.is_near(right):
        return "exact"
    miss, unit = abs(left.value - right.value), unit_of(relation.right)
    if unit is not None and unit <= PRINTED and miss <= DOUBLE * _largest(relation):
        return "rounded"
    if unit is not None and unit < 1 and miss <= unit / 2:
        return "rounded"
    if relation.op == "≈" and unit is not None:
        is_cut = unit < 1 and miss < unit and _is_cut(left, right, unit)
        if is_cut or 2 * miss <= max(unit, _round_unit(relation.right)):
            return "about"
    return "about" if _is_usual_pi(relation, left, right) else None


def is_loose(relation: Relation, left: Worth, right: Worth) -> bool:
    """Whether an `≈` is rough: not right to its digits, and no different number."""
    unit = unit_of(relation.right)
    miss = abs(left.value - right.value)
    return relation.op == "≈" and (is_close(left, right) or (unit is not None and miss < unit))


def is_close(left: Worth | None, right: Worth | None) -> bool:
    """Whether two numbers differ by a few hundredths of them at most."""
    if left is None or right is None:
        return False
    return abs(left.value - right.value) <= LOOSE * abs(left.value)


def _round_unit(right: Node) -> Fraction:
    """What the last digit of a whole number is worth that is not 0: 100 for 300; 0 for other numbers."""
    if not isinstance(right, Number) or right.value.denominator != 1 or not right.value:
        return Fraction(0)
    digits = str(right.value.numerator)
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def _is_usual_pi(relation: Relation, left: Worth, right: Worth) -> bool:
    """Whether pi alone is equated with one of the numbers that stand for it: 3.14, 22/7."""
    alone = any(isinstance(bare(side), Name) for side in (relation.left, relation.right))
    return alone and abs(left.value - right.value) <= PI_MISS


def _largest(relation: Relation) -> Fraction:
    """The largest number written in it, by which a machine's error grows."""
    return max(
        (abs(number.value) for side in (relation.left, relation.right) for number in numbers(side)), default=Fraction(0)
    )


def careless(relation: Relation, left: Worth, right: Worth) -> How | None:
    """In which way an unequal relation may be careless writing and not a wrong number."""
    miss, unit = abs(left.value - right.value), unit_of(relation.right)
    if _runs_on(relation.right, left):
        return "runs on"
    if relation.op == "=" and unit is not None and miss < unit and not _is_whole(left):
        return "made whole" if unit >= 1 else "cut off" if _is_cut(left, right, unit) else "misrounded"
    has_decimals = any(number.places for number in numbers(relation.left)) or (
        "pi" in names(relation.left) and any(number.places for number in numbers(relation.right))
    )
    is_near = miss <= NEAR * abs(left.value)
    return "near" if has_decimals and is_near and has(relation.left, Product, Power, Call) else None


def _is_whole(value: Worth) -> bool:
    """Whether it is a whole number, as the tangent of 45 degrees is though it was not calculated exactly."""
    return value.is_near(Worth(Fraction(round(value.value)), exact=value.exact))


def _is_cut(left: Worth, right: Worth, unit: Fraction) -> bool:
    """Whether the digits behind were left out instead of rounded."""
    return abs(right.value) == abs(left.value) // unit * unit


def _runs_on(right: Node, left: Worth) -> bool:
    """Whether the right side takes the left one's result and goes on: `2 + 3 = 5 + 4`."""
    if not isinstance(right, Sum | Product):
        return False
    first: Node = right
    while isinstance(first, Product | Sum):
        first = first.factors[0] if isinstance(first, Product) else first.terms[0]
    try:
        return worth(first).is_near(left)
    except (Unsupported, Undefined, TooLarge):
        return False
