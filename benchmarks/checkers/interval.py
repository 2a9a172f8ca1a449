"""Shares with their Wilson intervals, and places in a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from checkers.wilson import wilson

Z95 = 1.959964
"""Both sides of 95 %."""
Z90_LOWER = 1.281552
"""The lower side of 90 % alone."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """0 to 1; 0 of 0 is 0."""
        return self.hits / self.of if self.of else 0.0

    def interval(self, z: float = Z95) -> tuple[float, float]:
        """Wilson's score interval; all of 0 to 1 when nothing was counted."""
        return wilson(self.hits, self.of, z=z)

    def lower(self, z: float = Z90_LOWER) -> float:
        """The lower bound, by default that of 90 % on one side."""
        return self.interval(z)[0]

    def __str__(self) -> str:
        if not self.of:
            return "none"
        low, high = self.interval()
        return f"{self.hits}/{self.of} = {100 * self.value:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of all does not pass; 0 for none."""
    ranked = sorted(values)
    return ranked[max(0, ceil(share * len(ranked)) - 1)] if ranked else 0.0
