"""The tree of a formula: frozen nodes, each with the span it was read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeAlias

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
    return _CHILDREN[type(node)](node)


def _none(node: Any) -> tuple[Node, ...]:
    return ()


def _one(name: str) -> Callable[[Any], tuple[Node, ...]]:
    get = attrgetter(name)
    return lambda node: (get(node),)


def _of_plus_minus(node: Any) -> tuple[Node, ...]:
    return (node.right,) if node.left is None else (node.left, node.right)


def _of_chain(node: Any) -> tuple[Node, ...]:
    return node.parts if node.modulus is None else (*node.parts, node.modulus)


# A table, because this is asked of every node many times over.
_CHILDREN: Mapping[type, Callable[[Any], tuple[Node, ...]]] = {
    Number: _none,
    Name: _none,
    Opaque: _none,
    Group: _one("inside"),
    Percent: _one("of"),
    Negative: _one("of"),
    Degrees: _one("of"),
    Measured: _one("of"),
    Power: attrgetter("base", "exponent"),
    Sum: attrgetter("terms"),
    Product: attrgetter("factors"),
    Call: attrgetter("args"),
    Collection: attrgetter("items"),
    Series: attrgetter("first", "last", "body"),
    PlusMinus: _of_plus_minus,
    Interval: attrgetter("first", "last"),
    Matrix: lambda node: tuple(cell for row in node.rows for cell in row),
    Chain: _of_chain,
}


def bare(node: Node) -> Node:
    """What stands in the brackets around it, if there are any."""
    while isinstance(node, Group):
        node = node.inside
    return node


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
    found, waiting = set[str](), [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Name):
            found.add(here.name)
        elif isinstance(here, Opaque):
            found.add("…")
        elif isinstance(here, Series):
            found |= names(here.body) - {here.index}
            waiting.extend((here.first, here.last))
        else:
            waiting.extend(children(here))
    return frozenset(found)
