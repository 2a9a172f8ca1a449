"""A count against the bounds asked for: one way to read them, and one way to say how it turned out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from checkers import params
from checkers.finding import Finding, Json, Span, fails, holds, unknown
from checkers.trace import Constraint

MAX_SPANS = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many there may be, both ends included; None where an end is open."""

    least: int | None = None
    most: int | None = None
    tolerance: float = 0.0
    """Percent by which either end may be missed."""

    @classmethod
    def of(cls, asked: Constraint) -> Bounds:
        """The parameters `min`, `max` and `tolerance_percent`; raises BadParams when neither end is given."""
        least, most = params.bounds(asked)
        return cls(least, most, params.share(asked, "tolerance_percent") or 0.0)

    @property
    def low(self) -> int:
        """The least that will do, the tolerance taken off."""
        return math.ceil(round((self.least or 0) * (100 - self.tolerance) / 100, 6))

    @property
    def high(self) -> int | None:
        """The most that will do, the tolerance put on."""
        return None if self.most is None else math.floor(round(self.most * (100 + self.tolerance) / 100, 6))

    @property
    def wanted(self) -> dict[str, Json]:
        """The bounds as evidence."""
        told: dict[str, Json] = {"min": self.least, "max": self.most}
        return {**told, "tolerance_percent": self.tolerance} if self.tolerance else told


def counted(
    whole: Span,
    count: int | tuple[int, int],
    bounds: Bounds,
    thing: str,
    *,
    places: Sequence[Span] = (),
    many: str = "",
) -> Finding:
    """Whether so many are within the bounds; of a pair, the least and the most that can be counted.

    Where there are too many, the places beyond the bound are told and the first is where the finding stands; `whole`
    is where it stands otherwise. `thing` is what is counted, `many` its plural where that is not `thing` and an s.
    """
    fewest, largest = (count, count) if isinstance(count, int) else count
    low, high = bounds.low, bounds.high
    if low <= fewest and (high is None or largest <= high):
        return holds(
            whole, f"{amount(fewest, thing, many)}.", measured=fewest, wanted=bounds.wanted, spans=spans_of(places)
        )
    if largest < low:
        said = f"{amount(largest, thing, many)}, at least {_end(bounds.least, low)}."
        return fails(whole, said, measured=largest, wanted=bounds.wanted, spans=spans_of(places))
    if high is not None and fewest > high:
        said = f"{amount(fewest, thing, many)}, at most {_end(bounds.most, high)}."
        excess = places[high:] if isinstance(count, int) else ()
        at = excess[0] if excess else whole
        return fails(at, said, measured=fewest, wanted=bounds.wanted, spans=spans_of(excess))
    said = f"Between {fewest:,} and {amount(largest, thing, many)}, depending on how they are counted."
    return unknown(whole, said, reason="several counts", measured=[fewest, largest], wanted=bounds.wanted)


def amount(count: int, thing: str, many: str = "") -> str:
    """So many of them in words: `1 word`, `1,200 words`."""
    return f"{count:,} {thing if count == 1 else many or thing + 's'}"


def spans_of(places: Sequence[Span]) -> list[Json]:
    """Places as evidence, the first 200 of them."""
    return [list(place) for place in places[:MAX_SPANS]]


def _end(asked: int | None, with_tolerance: int) -> str:
    same = asked == with_tolerance
    return f"{with_tolerance:,}" if same else f"{asked:,} (with the tolerance {with_tolerance:,})"
