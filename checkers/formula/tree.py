"""The tree of a formula: frozen nodes, each with the span it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checkers.finding import Span


@dataclass(frozen=True, slots=True)
class Number:
    """A written number; money keeps its sign in `currency`."""

    span: Span
    value: Fraction
    places: int = 0
    """Digits after the point, as written."""
    grouped: bool = False
    """Whether its thousands are set apart."""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Something in brackets."""

    span: Span
    inside: Node


@dataclass(frozen=True, slots=True)
class Percent:
    """Hundredths of something."""

    span: Span
    of: Node


@dataclass(frozen=True, slots=True)
class Negative:
    """The opposite of something."""

    span: Span
    of: Node


@dataclass(frozen=True, slots=True)
class Power:
    """A base with an exponent."""

    span: Span
    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms; `minus` says of each whether it is taken away. Flat, so that long sums are not deep."""

    span: Span
    terms: tuple[Node, ...]
    minus: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors; `under` says of each whether it divides."""

    span: Span
    factors: tuple[Node, ...]
    under: tuple[bool, ...]


Node: TypeAlias = Number | Group | Percent | Negative | Power | Sum | Product


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a formula was not read, or has no value within bounds."""

    reason: str


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under this one, from left to right."""
    match node:
        case Group(inside=inside):
            return (inside,)
        case Percent(of=of) | Negative(of=of):
            return (of,)
        case Power(base=base, exponent=exponent):
            return (base, exponent)
        case Sum(terms=parts) | Product(factors=parts):
            return parts
        case _:
            return ()


def numbers(node: Node) -> tuple[Number, ...]:
    """The written numbers of a formula, from left to right."""
    found: list[Number] = []
    waiting: list[Node] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Number):
            found.append(here)
        waiting.extend(reversed(children(here)))
    return tuple(found)


def has(node: Node, *kinds: type[Node]) -> bool:
    """Whether a node of one of these kinds stands anywhere in the formula."""
    waiting: list[Node] = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, kinds):
            return True
        waiting.extend(children(here))
    return False
