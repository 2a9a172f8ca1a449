"""A relation between two numbers as a text asserts it."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.finding import Span
from checkers.formula.tree import Node


@dataclass(frozen=True, slots=True)
class Relation:
    """`left op right` with both sides read; what could not be read with clean edges is no Relation."""

    step: int | None
    left: Node
    op: str
    """One of = ≈ ≠ < > ≤ ≥; a number that trails off in dots makes its `=` an `≈`."""
    right: Node
    sure: bool
    """False when the words or signs around it allow another reading: then only its truth may be told."""
    ends_chain: bool
    """Whether nothing else is compared with its right side."""
    written: bool = True
    """False for a claim handed in beside the text."""

    @property
    def span(self) -> Span:
        """From the first sign of the left side to the last of the right, in the text of the step."""
        return self.left.span[0], self.right.span[1]
