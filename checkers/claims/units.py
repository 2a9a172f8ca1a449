"""Units of measure in a formula: taken off so that the numbers can be compared, and which of them are traded."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from fractions import Fraction

from checkers.formula.lexicon import LETTER_UNITS
from checkers.formula.tree import (
    Degrees,
    Group,
    Measured,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Product,
    Sum,
    has,
    numbers,
)

TRADES = frozenset(
    {2, 3, 4, 5, 7, 8, 10, 12, 14, 16, 20, 24, 25, 28, 30, 36, 50, 52, 60, 90, 100, 120, 144, 168, 180, 360, 365, 366}
    | {1000, 1024, 1440, 1760, 2000, 3600, 5280, 10_000, 10**6, 10**9}
)
"""How many of one unit make another: 60 seconds, 12 months, 100 cents."""
MONEY = frozenset({100, 1000, 10**6})
"""The same where money stands on one side only: its cents, or thousands of it."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A formula without its units, and which these were."""

    node: Node
    units: frozenset[str]
    is_mixed: bool = False
    """Whether it adds amounts in different units."""


def without_units(node: Node) -> Plain:
    """The formula with `5 cm` and `30°` as 5 and 30; arguments of functions stay as they are."""
    if not has(node, Measured, Degrees):
        return Plain(node, frozenset())
    return _plain(node)


def with_letter_unit(node: Node, known: Set[str]) -> Node:
    """The amount in which a letter behind a number, `176 m`, is a unit, unless the letter is one of the known names."""
    if not isinstance(node, Product) or len(node.factors) != 2 or any(node.under):
        return node
    amount, letter = node.factors
    if not isinstance(amount, Number) or not isinstance(letter, Name) or letter.span[0] != amount.span[1] + 1:
        return node
    is_unit = letter.name in LETTER_UNITS and letter.name not in known
    return Measured(node.span, amount, letter.name) if is_unit else node


def is_trade(left: Fraction, right: Fraction, among: Set[int] = TRADES) -> bool:
    """Whether one may be the other counted in another unit, so many of which make one."""
    if not left or not right:
        return False
    ratio = abs(left / right)
    return max(ratio, 1 / ratio) in among


def currencies(node: Node) -> frozenset[str]:
    """The signs of money in a formula."""
    return frozenset(number.currency for number in numbers(node)) - {""}


def _plain(node: Node) -> Plain:
    match node:
        case Measured(of=of, unit=unit):
            inner = _plain(of)
            return replace(inner, units=inner.units | {unit.casefold().removesuffix("s")})
        case Degrees(of=of):
            inner = _plain(of)
            return replace(inner, units=inner.units | {"degree"})
        case Group(inside=of):
            inner = _plain(of)
            return replace(inner, node=replace(node, inside=inner.node))
        case Negative(of=of) | Percent(of=of):
            inner = _plain(of)
            return replace(inner, node=replace(node, of=inner.node))
        case Sum(terms=parts):
            found = [_plain(part) for part in parts]
            units = frozenset[str]().union(*(each.units for each in found))
            kinds = units | currencies(node)
            mixed = len(kinds) > 1 or any(each.is_mixed for each in found)
            return Plain(replace(node, terms=tuple(each.node for each in found)), units, mixed)
        case Product(factors=parts):
            found = [_plain(part) for part in parts]
            units = frozenset[str]().union(*(each.units for each in found))
            mixed = any(each.is_mixed for each in found)
            return Plain(replace(node, factors=tuple(each.node for each in found)), units, mixed)
        case _:
            return Plain(node, frozenset())
