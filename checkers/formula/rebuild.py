"""A tree with some of its nodes replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from checkers.formula.tree import Group, Node, Number, Product, Sum

Change = Callable[[Node], "Node | None"]


def rebuilt(node: Node, change: Change) -> Node:
    """The tree in which `change` has replaced what it gives a node for; what lies below such a node is not asked."""
    instead = change(node)
    if instead is not None:
        return instead
    if isinstance(node, Number):
        return node
    changed: dict[str, Any] = {}
    for each in fields(node):
        before = getattr(node, each.name)
        after = _rebuilt(before, change)
        if after is not before:
            changed[each.name] = after
    return replace(node, **changed) if changed else node


def without_mixed(node: Node) -> Node:
    """The tree in which a number before a fraction, `15 \\frac{1}{36}`, is their product and not their sum."""
    return rebuilt(node, _as_product)


def _as_product(node: Node) -> Node | None:
    # A bracket in the text is wider than what stands in it.
    if not isinstance(node, Group) or not isinstance(node.inside, Sum) or node.span != node.inside.span:
        return None
    return Product(node.span, node.inside.terms, (False,) * len(node.inside.terms))


def _rebuilt(value: Any, change: Change) -> Any:
    if isinstance(value, tuple) and value and not isinstance(value[0], int | str | bool):
        after = tuple(_rebuilt(each, change) for each in value)
        return value if all(one is other for one, other in zip(value, after, strict=True)) else after
    return rebuilt(value, change) if hasattr(value, "span") else value
