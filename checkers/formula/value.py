"""The exact value of a formula as a fraction, bounded in size before anything large is built."""

from __future__ import annotations

from fractions import Fraction

from checkers.formula.tree import Group, Negative, Node, Number, Percent, Power, Product, Sum, Unreadable

MAX_BITS = 8_192
"""Of numerator and of denominator: about 2,400 digits."""
ROOT = "it has a root, which is not plain arithmetic"


class _Stop(Exception):
    """There is no value; only for the inside of this module."""


def value_of(node: Node) -> Fraction | Unreadable:
    """The exact value, or why there is none: a division by zero, an open root, a number too large."""
    try:
        return _value(node)
    except _Stop as stop:
        return Unreadable(str(stop))


def _value(node: Node) -> Fraction:
    match node:
        case Number(value=value):
            return _small(value)
        case Group(inside=of):
            return _value(of)
        case Percent(of=of):
            return _value(of) / 100
        case Negative(of=of):
            return -_value(of)
        case Power(base=base, exponent=exponent):
            return _power(_value(base), _value(exponent))
        case Sum():
            return _sum(node)
        case Product():
            return _product(node)
        case _:
            raise _Stop("it is more than plain arithmetic")


def _sum(node: Sum) -> Fraction:
    total = Fraction(0)
    for term, minus in zip(node.terms, node.minus, strict=True):
        value = _value(term)
        _refuse_large(_bits(total) + _bits(value) + 1)
        total = total - value if minus else total + value
    return total


def _product(node: Product) -> Fraction:
    total = Fraction(1)
    for factor, under in zip(node.factors, node.under, strict=True):
        value = _value(factor)
        if under and value == 0:
            raise _Stop("it divides by zero")
        _refuse_large(_bits(total) + _bits(value))
        total = total / value if under else total * value
    return total


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        raise _Stop(ROOT)
    times = exponent.numerator
    if base == 0 and times <= 0:
        raise _Stop("zero to the power of zero or less has no value")
    if abs(base) == 1 or base == 0:
        return base if times % 2 else abs(base)
    _refuse_large(_bits(base) * abs(times))
    return base**times


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _small(value: Fraction) -> Fraction:
    _refuse_large(_bits(value))
    return value


def _refuse_large(bits: int) -> None:
    if bits > MAX_BITS:
        raise _Stop("its value is too large")
