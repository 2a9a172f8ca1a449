"""The numbers of a text with all that each may stand for, and whether another text has them too."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from checkers.claims.quantities import quantities
from checkers.facts.dates import Date, Parts, dates, is_among, less_said
from checkers.facts.masking import without
from checkers.facts.vocables import ORDINALS
from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget

_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|over|more than|less than|under|up to|"
    r"at least|at most|close to|just|circa|ca?\.)\s{1,2}(?:[$€£]\s?)?\Z|[~≈<>≤≥]\s?[$€£]?\Z",
    re.IGNORECASE,
)
_REACH = 20
_NEAR = Fraction(1, 20)
_SMALL = 3
"""Number words up to here are used for other things than counting."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is no part of a date."""

    span: Span
    values: frozenset[Fraction]
    """`3 million` is 3 and 3,000,000; `20 %` is 20 and 0.2."""
    is_about: bool = False
    """`nearly 20`: one that is near bears it out."""


@dataclass(frozen=True)
class Figures:
    """The dates and the other numbers of a text."""

    dates: tuple[Date, ...]
    numbers: tuple[Figure, ...]

    def missing_from(self, told: Figures, *, values: Collection[Fraction] | None = None) -> list[Span]:
        """Where the dates and numbers stand that the other text has not; `values` are those it has, where known."""
        known = told.values if values is None else values
        left = [date.span for date in self.dates if not (is_among(date, told.said) or _is_year_of(date, known))]
        for figure in self.numbers:
            if figure.values.isdisjoint(known) and not (figure.is_about and _is_near(figure, known)):
                left.append(figure.span)
        return sorted(left)

    @cached_property
    def said(self) -> frozenset[Parts]:
        """What the dates say, and all that says less."""
        return less_said(self.dates)

    @cached_property
    def values(self) -> frozenset[Fraction]:
        """Every value that a number or the year of a date may stand for."""
        years = (Fraction(reading[0]) for date in self.dates for reading in date.readings if reading[0] is not None)
        days = (Fraction(reading[2]) for date in self.dates for reading in date.readings if reading[2] is not None)
        return frozenset().union(*(figure.values for figure in self.numbers), years, days)


def figures(text: str, budget: Budget = NO_BOUNDS) -> Figures:
    """The dates and numbers that a text tells, without number words up to three."""
    dated = dates(text)
    rest = without(text, [date.span for date in dated])
    found = []
    for each in quantities(rest, budget):
        if not each.is_word or max(each.values) > _SMALL:
            about = _ABOUT.search(rest, max(0, each.span[0] - _REACH), each.span[0]) is not None
            found.append(Figure(each.span, frozenset(each.values), about))
    spans = {figure.span[0] for figure in found}
    for match in budget.over(_ORDINAL.finditer(rest)):
        place = 1 + ORDINALS.index(match[0].casefold())
        if match.start() not in spans and place > _SMALL:
            found.append(Figure(match.span(), frozenset({Fraction(place)})))
    return Figures(dated, tuple(sorted(found, key=lambda figure: figure.span)))


def _is_year_of(date: Date, known: Collection[Fraction]) -> bool:
    """Whether the date is a bare year, which may be any number, and among these."""
    return date.month is None and any(reading[0] in known for reading in date.readings if reading[0] is not None)


def _is_near(figure: Figure, known: Collection[Fraction]) -> bool:
    return any(abs(value - other) <= _NEAR * abs(value) for value in figure.values for other in known)
