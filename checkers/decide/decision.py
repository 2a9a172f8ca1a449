"""What the tiers say of two formulas, and how much work they may do for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkers.finding import Json, Verdict
from checkers.limits import TooLarge as TooLarge


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much work one decision may do; what goes beyond is `unknown`, never `fails`."""

    nodes: int = 400
    """Of both formulas together."""
    height: int = 100
    """Nodes above one another: every walk over a formula goes down as deep."""
    work: int = 8_000
    """Nodes that are evaluated, counted again at every point and in every turn of a sum; a node that costs more than
    a sum of small numbers counts as more. A unit takes about a microsecond or two."""
    bits: int = 8_192
    """Of a numerator or denominator."""
    points: int = 4
    seconds: float = 2.0
    """A backstop for the algebra system alone; all other bounds are counted in work."""


@dataclass(frozen=True, slots=True)
class Decision:
    """HOLDS, FAILS or UNKNOWN, and by which means it was found."""

    verdict: Verdict
    tier: str
    """`exact`, `modular`, `points`, `complex`, `algebra`, or empty when none could decide."""
    evidence: Mapping[str, Json] = field(default_factory=dict)
    """`left` and `right` values, `point` of a counterexample, `reason` of an UNKNOWN."""
    order: int = 0
    """-1 or 1 when two numbers differ and the left one is the smaller or larger; 0 when that is not known."""


class Unsupported(Exception):
    """This means of deciding cannot handle the formula; another may."""


class Undefined(Exception):
    """The formula has no value here: a division by zero, the logarithm of zero."""


def undecided(reason: str) -> Decision:
    """UNKNOWN, and why."""
    return Decision(Verdict.UNKNOWN, "", {"reason": reason})
