"""How far a run is: counts that a terminal can print at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from copilot.model import Usage


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a run so far. Nothing is in two of `drafted`, `kept` and `failed`."""

    read: int = 0
    """Items read and taken in."""
    rejected: int = 0
    """Lines that are no item."""
    held: int = 0
    """Items that are not drafted, for their constraints exclude one another."""
    asked: int = 0
    """Requests that the items read so far come to."""
    drafted: int = 0
    """Drafts stored by this run."""
    answered: int = 0
    """Of these, how many came from the record of paid answers."""
    kept: int = 0
    """Drafts that an earlier run had stored already."""
    failed: int = 0
    """Requests without an answer."""
    usage: Usage = Usage()
    cost: Decimal = Decimal(0)
    """In US dollars, what this run paid where a price is known; answers from the record cost nothing again."""
    unpriced: int = 0
    """Calls whose price nobody knows: `cost` leaves them out."""

    @property
    def finished(self) -> int:
        """Requests that need nothing more."""
        return self.drafted + self.kept + self.failed
