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


@dataclass(frozen=True, slots=True)
class Name:
    """A letter or word that stands for a value: `x`, `x_1`, `pi`, `AB`, `speed`."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Degrees:
    """An angle in degrees."""

    span: Span
    of: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments: `sin`, `root` (of, index), `log` (of, base), `factorial`, or `f` of the text."""

    span: Span
    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A sum or product over a whole number that runs from `first` to `last`."""

    span: Span
    kind: str
    """`sum` or `prod`."""
    index: str
    first: Node
    last: Node
    body: Node


@dataclass(frozen=True, slots=True)
class PlusMinus:
    """Two values at once; `left` is None for a sign alone, `swapped` is `∓`."""

    span: Span
    left: Node | None
    right: Node
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """Several things: a `set`, a `tuple` (which may be an open interval), a `list`, or `several` without brackets."""

    span: Span
    kind: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two, with or without the ends; an open one reads as a tuple."""

    span: Span
    first: Node
    last: Node
    open_first: bool
    open_last: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of equal length."""

    span: Span
    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with the word behind it: `5 cm`."""

    span: Span
    of: Node
    unit: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Two or more things and the signs of relation between them; `modulus` belongs to all of them."""

    span: Span
    parts: tuple[Node, ...]
    ops: tuple[str, ...]
    modulus: Node | None = None


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something that was seen and not looked into: its value is unknown, its neighbours are read."""

    span: Span
    what: str
    """`words`, `dots`, `an integral`, `an event` ..."""


Plain: TypeAlias = Number | Group | Percent | Negative | Power | Sum | Product
Many: TypeAlias = Call | Series | PlusMinus | Collection | Interval | Matrix | Chain
Node: TypeAlias = Plain | Many | Name | Degrees | Measured | Opaque


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a formula was not read, or has no value within bounds."""

    reason: str


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under this one, from left to right."""
    match node:
        case Number() | Name():
            return ()
        case Group(inside=of) | Percent(of=of) | Negative(of=of) | Degrees(of=of) | Measured(of=of):
            return (of,)
        case Power(base=base, exponent=exponent):
            return (base, exponent)
        case Sum(terms=parts) | Product(factors=parts) | Call(args=parts) | Collection(items=parts):
            return parts
        case _:
            return _children_of_many(node)


def _children_of_many(node: Node) -> tuple[Node, ...]:
    match node:
        case Series(first=first, last=last, body=body):
            return (first, last, body)
        case PlusMinus(left=left, right=right):
            return (right,) if left is None else (left, right)
        case Interval(first=first, last=last):
            return (first, last)
        case Matrix(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Chain(parts=parts, modulus=modulus):
            return parts if modulus is None else (*parts, modulus)
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


def height(node: Node) -> int:
    """How many nodes stand above one another at most."""
    most, waiting = 0, [(node, 1)]
    while waiting:
        here, level = waiting.pop()
        most = max(most, level)
        waiting.extend((child, level + 1) for child in children(here))
    return most


def functions(node: Node) -> frozenset[str]:
    """The names of the functions that are called anywhere in a formula."""
    found, waiting = set[str](), [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Call):
            found.add(here.name)
        waiting.extend(children(here))
    return frozenset(found)


def names(node: Node) -> frozenset[str]:
    """The names that are free in a formula; the running index of a sum is not. What is opaque is free as `…`."""
    if isinstance(node, Name):
        return frozenset({node.name})
    if isinstance(node, Opaque):
        return frozenset({"…"})
    if isinstance(node, Series):
        return (names(node.body) - {node.index}) | names(node.first) | names(node.last)
    return frozenset[str]().union(*map(names, children(node)))
