"""Plain arithmetic without ceremony: whole numbers stay whole numbers, and whatever is more is left to others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from checkers.formula.tree import Group, Negative, Node, Number, Percent, Power, Product, Sum

MAX_BITS = 512
"""Of a value on the way; beyond it the exact tier counts what the work costs."""
MAX_HEIGHT = 40

Value: TypeAlias = "int | Fraction"


def plain_value(node: Node, height: int = MAX_HEIGHT) -> Value | None:
    """The value of sums, products, quotients and small powers of written numbers; None for everything else.

    None too for a number before a fraction, which may be meant in two ways, and where it divides by zero or a value
    has more than 512 bits. Whole values come as `int`, because fractions cost twenty times as much.
    """
    find = _OF.get(type(node))
    if find is None or height == 0:
        return None
    found = find(node, height - 1)
    if found is None or found.numerator.bit_length() > MAX_BITS or found.denominator.bit_length() > MAX_BITS:
        return None
    return found


def _of_number(node: Any, height: int) -> Value | None:
    value: Fraction = node.value
    return value.numerator if value.denominator == 1 else value


def _of_group(node: Any, height: int) -> Value | None:
    # A bracket in the text is wider than what stands in it; a mixed number is not.
    if node.span == node.inside.span and type(node.inside) is Sum:
        return None
    return plain_value(node.inside, height)


def _of_negative(node: Any, height: int) -> Value | None:
    value = plain_value(node.of, height)
    return None if value is None else -value


def _of_percent(node: Any, height: int) -> Value | None:
    value = plain_value(node.of, height)
    return None if value is None else Fraction(value) / 100


def _of_sum(node: Any, height: int) -> Value | None:
    total: Value = 0
    for term, minus in zip(node.terms, node.minus, strict=True):
        value = plain_value(term, height)
        if value is None or total.denominator.bit_length() > MAX_BITS:
            return None
        total = total - value if minus else total + value
    return total


def _of_product(node: Any, height: int) -> Value | None:
    total: Value = 1
    for factor, under in zip(node.factors, node.under, strict=True):
        value = plain_value(factor, height)
        if value is None or (under and not value) or total.numerator.bit_length() > MAX_BITS:
            return None
        total = _quotient(total, value) if under else total * value
    return total


def _quotient(above: Value, under: Value) -> Value:
    if isinstance(above, int) and isinstance(under, int) and not above % under:
        return above // under
    return Fraction(above) / under


def _of_power(node: Any, height: int) -> Value | None:
    base, exponent = plain_value(node.base, height), plain_value(node.exponent, height)
    if base is None or not isinstance(exponent, int) or not 0 < exponent <= MAX_BITS:
        return None
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    return base**exponent if bits * exponent <= MAX_BITS else None


_OF: Mapping[type, Callable[[Any, int], Value | None]] = {
    Number: _of_number,
    Group: _of_group,
    Negative: _of_negative,
    Percent: _of_percent,
    Sum: _of_sum,
    Product: _of_product,
    Power: _of_power,
}
