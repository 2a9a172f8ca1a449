"""What a text asserts between formulas, and why it may be meant otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from checkers.claims.doubt import Surroundings
from checkers.claims.edges import Edge
from checkers.decide.analytic import CONSTANTS
from checkers.finding import Span
from checkers.formula.lexicon import FUNCTIONS
from checkers.formula.tree import Name, Node, functions, names

KNOWN = FUNCTIONS | {"root", "factorial", "binom", "det", "arcsin", "arccos", "arctan"}
"""Functions whose values are known."""
FRAYED = "a frayed edge"


@dataclass(frozen=True)
class Relation:
    """`left op right`, two neighbours of a statement."""

    step: int | None
    left: Node
    op: str
    """One of = ≈ ≠ < > ≤ ≥ ≡ and the signs that are read but not decided: ~ ∝ ∈ ∉ ⊆ ∣ ≅."""
    right: Node
    modulus: Node | None
    statement: Statement
    """The whole that it stands in."""
    free: frozenset[str]
    """The names that are free in either side, constants among them."""
    is_frayed: bool
    """Whether it has an edge that is not clean."""
    starts_chain: bool
    """Whether nothing is compared with its left side."""
    follows_name: bool
    """Whether a bare name is compared with its left side: `at t = 1 = 4 - 3`."""
    ends_chain: bool
    """Whether nothing else is compared with its right side."""
    is_traded: bool
    """Whether a unit stands behind it that may be another than the left side is counted in."""
    written: bool
    """False for a claim handed in beside the text."""

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """Why it may not be asserted, or not be meant as it reads; empty for what is asserted for certain."""
        return (*self.statement.doubts, FRAYED) if self.is_frayed else self.statement.doubts

    @property
    def span(self) -> Span:
        """From the first sign of the left side to the last of the right, in the text of the step."""
        return self.left.span[0], self.right.span[1]

    @cached_property
    def is_closed(self) -> bool:
        """Whether nothing in it is free, so that it is true or false by itself; `pi` is a number, `f(2)` is free."""
        return self.free <= {"pi"} and functions(self.left) <= KNOWN and functions(self.right) <= KNOWN


@dataclass(frozen=True)
class Statement:
    """A chain `a = b < c` that stands in a step, each part read whole."""

    step: int | None
    span: Span
    """In the text of the step, or of the trace when there are no steps."""
    parts: tuple[Node, ...]
    """Two or more; what was broken off at an edge, as in `half of 6 = 3`, is not among them."""
    ops: tuple[str, ...]
    """One fewer than parts."""
    modulus: Node | None = None
    told: tuple[str, ...] = ()
    """Reasons to doubt it that were found outside of its text."""
    around: Surroundings | None = field(default=None, repr=False, compare=False)
    """The words of its text."""
    place: Span = (0, 0)
    """Where the whole formula stands, with what was broken off."""
    first_edge: Edge = Edge.CLEAN
    last_edge: Edge = Edge.CLEAN
    is_cut: bool = False
    """Whether more is compared with its last part than was read."""
    written: bool = True

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """Why all of it may be asked, supposed, refuted or quoted; empty for what is asserted for certain."""
        return (*(self.around.doubts(*self.place) if self.around is not None else ()), *self.told)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Each two neighbours, from left to right; an edge that is not clean is a doubt about its own relation."""
        return tuple(self._relations())

    def _relations(self) -> Iterator[Relation]:
        last = len(self.ops) - 1
        for at, op in enumerate(self.ops):
            frayed = (at == 0 and self.first_edge is not Edge.CLEAN) or (at == last and self.last_edge is Edge.DOUBTFUL)
            yield Relation(
                step=self.step,
                left=self.parts[at],
                op=op,
                right=self.parts[at + 1],
                modulus=self.modulus,
                statement=self,
                free=self.free[at] | self.free[at + 1],
                is_frayed=frayed,
                starts_chain=at == 0,
                follows_name=at > 0 and isinstance(self.parts[at - 1], Name),
                ends_chain=at == last and not self.is_cut,
                is_traded=at == last and self.last_edge is Edge.TRADED,
                written=self.written,
            )

    @cached_property
    def free(self) -> tuple[frozenset[str], ...]:
        """The names that are free in each part, constants among them."""
        return tuple(map(names, self.parts))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that are free in it, without the constants pi, e and i."""
        return frozenset[str]().union(*self.free) - CONSTANTS
