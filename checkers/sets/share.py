"""Counts of a set as tables: so many of so many, with what the count would say of a larger set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkers.finding import Json
from checkers.wilson import wilson

_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """0 to 1; 0 of 0 is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95 %: where the share of what this is a sample of lies; 0 to 1 for 0 of 0."""
        return wilson(self.hits, self.of, z=_Z95)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.hits:,} of {self.of:,}, {100 * self.value:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


@dataclass(frozen=True, slots=True)
class Table:
    """One table about a set: a name, what its columns are called, and rows of texts and numbers."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str | int | float | None]]

    def as_json(self) -> dict[str, Json]:
        """The table as a findings file has it: each row as an object."""
        return {"table": self.name, "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows]}
