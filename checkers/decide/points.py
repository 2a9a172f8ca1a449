"""Points at which formulas are compared: drawn from a hash of name and turn, so the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

Point: TypeAlias = "Mapping[str, Fraction]"
RANGES = ((1, 4), (0, 1), (0, 1), (4, 30), (1, 2), (-1, 0), (-4, -1))
"""Where the real points lie, one after the other."""
POSITIVE = 5
"""How many of the ranges hold positive numbers."""


def whole_points(free: Sequence[str], count: int) -> Iterator[Point]:
    """Points of small positive whole numbers, larger by and by."""
    for at in range(count):
        yield {name: Fraction(_drawn(name, at) % 7 + 1 + at // 2) for name in free}


def real_point(free: Sequence[str], at: int) -> Point:
    """A point inside of the range with that number."""
    low, high = RANGES[at]
    return {name: low + Fraction(_drawn(name, at) % 996 + 1, 997) * (high - low) for name in free}


def residue_point(free: Sequence[str], at: int, *, low: int, high: int) -> Mapping[str, int]:
    """Whole numbers from `low` up to `high`, as good as random."""
    return {name: low + _drawn(name, at) % (high - low) for name in free}


@lru_cache(maxsize=4_096)
def _drawn(name: str, at: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{at}:{name}".encode()).digest(), "big")
