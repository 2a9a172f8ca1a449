"""Dates as people write them, and whether one text's date is borne out by another's."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from checkers.facts.vocables import MONTHS
from checkers.finding import Span

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s{{1,2}}{_DAY}(?![0-9])(?:\s?,?\s{{1,2}}{_YEAR}\b)?",
        rf"\b{_DAY}\s{{1,2}}(?:of\s)?{_MONTH}(?![a-z])(?:\s?,?\s{{1,2}}{_YEAR}\b)?",
        rf"\b{_MONTH}\s?,?\s(?:of\s)?{_YEAR}\b",
        rf"\b{_YEAR}-(?P<mm>[01][0-9])-(?P<day>[0-3][0-9])\b",
    )
)
_SLASHED = re.compile(r"(?<![0-9/.])([0-3]?[0-9])([/.])([0-3]?[0-9])\2([12][0-9]{3})(?![0-9/.])")
_ALONE = re.compile(r"(?<![0-9.,$€£-])([12][0-9]{3})(?:s\b|(?![0-9,.]*[0-9]|\s?%))")
_SPANNED = re.compile(r"(?<![0-9])([12][0-9])([0-9]{2})\s?[-–/]\s?([0-9]{2})(?![0-9])")


Parts: TypeAlias = tuple[int | None, int | None, int | None]
"""Year, month and day."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day, a month or a year, with None for what is not said."""

    span: Span
    year: int | None
    month: int | None = None
    day: int | None = None
    others: tuple[Parts, ...] = ()
    """The other reading of `3/4/1920`."""
    decade: bool = False
    """`1890s`: any of its years."""

    @property
    def readings(self) -> tuple[Parts, ...]:
        """Year, month and day in each way the date can be read."""
        return ((self.year, self.month, self.day), *self.others)

    def is_borne_out_by(self, told: Date) -> bool:
        """Whether whoever says `told` says this too: all that this one says is said there."""
        return is_among(self, less_said([told]))


def dates(text: str) -> tuple[Date, ...]:
    """The dates of a text in order; a bare number of four digits from 1000 to 2999 is a year."""
    found: list[Date] = []
    taken: set[int] = set()
    for date in _written(text):
        if not taken.intersection(range(*date.span)):
            taken.update(range(*date.span))
            found.append(date)
    return tuple(sorted(found, key=lambda date: date.span))


def _written(text: str) -> Iterator[Date]:
    for form in _FORMS:
        yield from (date for match in form.finditer(text) if (date := _named(match)) is not None)
    for match in _SLASHED.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        ways = [(year, *way) for way in ((first, second), (second, first)) if 0 < way[0] < 13 and 0 < way[1] < 32]
        if ways:
            yield Date(match.span(), *ways[0], others=tuple(ways[1:]))
    for match in _SPANNED.finditer(text):
        yield Date(match.span(), int(match[1] + match[2]), others=((int(match[1] + match[3]), None, None),))
    for match in _ALONE.finditer(text):
        yield Date(match.span(), int(match[1]), decade=match[0].endswith("s"))


def _named(match: re.Match[str]) -> Date | None:
    said = match.groupdict()
    word = said.get("month") or ""
    if word.startswith(("may", "mar")):
        return None  # `they may 3 times`
    month = 1 + _number_of(word) if word else int(said["mm"])
    day = int(said["day"]) if said.get("day") else None
    if not 1 <= month <= 12 or not (day is None or 1 <= day <= 31):
        return None
    return Date(match.span(), int(said["year"]) if said.get("year") else None, month, day)


def less_said(told: Iterable[Date]) -> frozenset[Parts]:
    """All that these dates say, and all that says less: of `May 3, 1920` also `May 1920`, `May 3` and `1920`."""
    whole = {reading for date in told for reading in date.readings}
    kept = itertools.product((True, False), repeat=3)
    return frozenset(
        tuple(part if keep else None for part, keep in zip(parts, keeps, strict=True))  # type: ignore[misc]
        for keeps in kept
        for parts in whole
    )


def is_among(date: Date, said: Collection[Parts]) -> bool:
    """Whether what `less_said` gave bears the date out."""
    if date.decade and date.year is not None:
        first = date.year - date.year % 10
        return any((year, None, None) in said for year in range(first, first + 10))
    return any(reading in said for reading in date.readings)


def _number_of(month: str) -> int:
    return next(at for at, name in enumerate(MONTHS) if name.startswith(month.casefold().rstrip(".")[:3]))
