"""Trees with parts put in the place of others: values for names, both signs for a plus-minus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from checkers.formula.rebuild import rebuilt
from checkers.formula.tree import Name, Negative, Node, Number, PlusMinus, Product, Series, Sum, bare

NOWHERE = (0, 0)


def number(value: Fraction | int) -> Number:
    """The number as a tree that was not read from anywhere."""
    return Number(NOWHERE, Fraction(value))


def infinite(node: Node) -> int:
    """1 or -1 for infinity with its sign, 0 for everything else."""
    node = bare(node)
    if isinstance(node, Negative):
        return -infinite(node.of)
    return int(isinstance(node, Name) and node.name == "∞")


def difference(left: Node, right: Node) -> Node:
    """`left - right`."""
    return Sum(NOWHERE, (left, right), (False, True))


def product(*factors: Node) -> Node:
    """All of them multiplied."""
    return Product(NOWHERE, factors, (False,) * len(factors))


def quotient(above: Node, under: Node) -> Node:
    """`above / under`."""
    return Product(NOWHERE, (above, under), (False, True))


def put(node: Node, values: Mapping[str, Node]) -> Node:
    """The tree with formulas in the place of free names; the running index of a sum is not free."""

    def instead(each: Node) -> Node | None:
        if isinstance(each, Name):
            return values.get(each.name)
        if isinstance(each, Series) and each.index in values:
            inside = {name: value for name, value in values.items() if name != each.index}
            return replace(
                each, first=put(each.first, values), last=put(each.last, values), body=put(each.body, inside)
            )
        return None

    return rebuilt(node, instead)


def renamed(node: Node, names: Mapping[str, str]) -> Node:
    """The tree with other names."""
    return put(node, {old: Name(NOWHERE, new) for old, new in names.items()})


def with_sign(node: Node, *, upper: bool) -> Node:
    """The tree with the upper or the lower sign of each plus-minus."""

    def signed(each: Node) -> Node | None:
        if not isinstance(each, PlusMinus):
            return None
        right = with_sign(each.right, upper=upper)
        minus = upper == each.swapped
        if each.left is None:
            return Negative(each.span, right) if minus else right
        return Sum(each.span, (with_sign(each.left, upper=upper), right), (False, minus))

    return rebuilt(node, signed)
