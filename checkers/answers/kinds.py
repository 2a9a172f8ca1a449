"""What kinds of answers there are: amounts, several things, parts of the line, matrices, statements, ratios, words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checkers.answers.trees import number
from checkers.formula.tree import Chain, Interval, Node


@dataclass(frozen=True, slots=True)
class Amount:
    """One number or expression, with what was written around it."""

    node: Node | None
    """None for a bare number that was read without a tree."""
    value: Fraction | None = None
    """The exact value of plain arithmetic; of a percentage the number before its sign."""
    places: int | None = None
    """Digits behind the point of a bare number; None for everything else."""
    percent: bool = False
    currency: str = ""
    unit: str = ""
    is_scaled: bool = False
    """Whether a word such as million made it larger."""
    trails: bool = False
    """Whether dots stand behind its digits."""
    label: Node | None = None
    """The left side of `x = 5`, where it only says what the value is of."""

    @property
    def tree(self) -> Node:
        """The value as a formula."""
        return self.node if self.node is not None else number(self.value or 0)


@dataclass(frozen=True, slots=True)
class Several:
    """Things with commas between them; of a set or of bare things the order says nothing."""

    items: tuple[Kind, ...]
    bracket: str
    """`set`, `tuple`, `list`, or empty for bare things."""
    label: Node | None = None

    @property
    def is_ordered(self) -> bool:
        """Whether each thing has its place."""
        return self.bracket in ("tuple", "list")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the line of numbers, as intervals; none of them for the empty set."""

    parts: tuple[Interval, ...]
    name: str = ""
    """The name that is said to lie in it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix, or a vector as one of its columns."""

    rows: tuple[tuple[Node, ...], ...]
    label: Node | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An equation, inequality or chain that is not just the value of a name."""

    chain: Chain


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numbers with colons between them."""

    parts: tuple[Node, ...]
    may_be_clock: bool
    half: str = ""
    """`am` or `pm` behind a time of day."""


@dataclass(frozen=True, slots=True)
class Based:
    """A number with the base of its digits below it."""

    digits: str
    base: int

    @property
    def value(self) -> int:
        """The number that it is."""
        return int(self.digits, self.base)


Kind: TypeAlias = Amount | Several | Region | Grid | Statement | Ratio | Based
