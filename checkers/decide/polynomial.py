"""Polynomials in several names, multiplied out with exact coefficients and within bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checkers.decide.decision import TooLarge

Monomial: TypeAlias = tuple[tuple[str, int], ...]
"""Each name once, in order, with the power it is raised to; empty for a plain number."""
MAX_TERMS = 150
MAX_DEGREE = 24
MAX_BITS = 1_024
"""Of a coefficient's numerator or denominator."""


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A sum of numbers times powers of names; no coefficient is zero."""

    terms: Mapping[Monomial, Fraction]

    @classmethod
    def number(cls, value: Fraction | int) -> Polynomial:
        """A plain number."""
        return _within({(): Fraction(value)})

    @classmethod
    def named(cls, name: str) -> Polynomial:
        """A name by itself."""
        return cls({((name, 1),): Fraction(1)})

    @property
    def names(self) -> frozenset[str]:
        """The names that are left when everything is multiplied out."""
        return frozenset(name for monomial in self.terms for name, _ in monomial)

    @property
    def constant(self) -> Fraction | None:
        """Its value where it has no names, else None."""
        return None if self.names else self.terms.get((), Fraction(0))

    def degree(self, name: str | None = None) -> int:
        """The highest power of the name, or of all names together; 0 for a number."""
        powers = (sum(times for each, times in monomial if name in (None, each)) for monomial in self.terms)
        return max(powers, default=0)

    def coefficients(self, name: str) -> list[Polynomial]:
        """What each power of the name is multiplied by, the lowest first."""
        found: list[dict[Monomial, Fraction]] = [{} for _ in range(self.degree(name) + 1)]
        for monomial, value in self.terms.items():
            rest = tuple(part for part in monomial if part[0] != name)
            found[sum(times for each, times in monomial if each == name)][rest] = value
        return [Polynomial(terms) for terms in found]

    def __add__(self, other: Polynomial) -> Polynomial:
        terms = dict(self.terms)
        for monomial, value in other.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + value
        return _within(terms)

    def __neg__(self) -> Polynomial:
        return Polynomial({monomial: -value for monomial, value in self.terms.items()})

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + -other

    def __mul__(self, other: Polynomial) -> Polynomial:
        if len(self.terms) * len(other.terms) > MAX_TERMS**2:
            raise TooLarge("it has too many terms")
        terms: dict[Monomial, Fraction] = {}
        for one, value in self.terms.items():
            for two, factor in other.terms.items():
                both = _joined(one, two)
                terms[both] = terms.get(both, Fraction(0)) + value * factor
        return _within(terms)

    def __pow__(self, times: int) -> Polynomial:
        if times * max(self.degree(), 1) > MAX_DEGREE and len(self.terms) > 1:
            raise TooLarge("its degree is too high")
        found = Polynomial.number(1)
        if len(self.terms) <= 1:
            return _raised(self, times)
        for _ in range(times):
            found = found * self
        return found

    def over(self, value: Fraction) -> Polynomial:
        """Each coefficient divided by a number that is not zero."""
        return _within({monomial: each / value for monomial, each in self.terms.items()})


def _raised(single: Polynomial, times: int) -> Polynomial:
    """One term raised to a power, without multiplying step by step."""
    if not single.terms:
        return Polynomial.number(int(times == 0))
    ((monomial, value),) = single.terms.items()
    if max(value.numerator.bit_length(), value.denominator.bit_length()) * times > MAX_BITS + times:
        raise TooLarge("a coefficient is too long")
    return _within({tuple((name, each * times) for name, each in monomial if times): value**times})


def _joined(one: Monomial, two: Monomial) -> Monomial:
    if not one or not two:
        return one or two
    powers = dict(one)
    for name, times in two:
        powers[name] = powers.get(name, 0) + times
    return tuple(sorted(powers.items()))


def _within(terms: Mapping[Monomial, Fraction]) -> Polynomial:
    kept = {monomial: value for monomial, value in terms.items() if value}
    if len(kept) > MAX_TERMS:
        raise TooLarge("it has too many terms")
    for monomial, value in kept.items():
        if sum(times for _, times in monomial) > MAX_DEGREE:
            raise TooLarge("its degree is too high")
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
            raise TooLarge("a coefficient is too long")
    return Polynomial(kept)


def rest_of(one: Polynomial, other: Polynomial, name: str) -> Polynomial:
    """What is left of one, times a factor without the name, when multiples of the other are taken away."""
    times = other.degree(name)
    first = other.coefficients(name)[-1]
    while one.terms and one.degree(name) >= times and times:
        highest = one.coefficients(name)[-1]
        raised = Polynomial.named(name) ** (one.degree(name) - times)
        one = one * first - highest * raised * other
    return one


def is_sum_of(wanted: Polynomial, parts: Sequence[Polynomial]) -> bool:
    """Whether it is a sum of numbers times the parts."""
    rows: list[tuple[Monomial, Polynomial]] = []
    for part in parts:
        left = _reduced(part, rows)
        if left.terms:
            lead = min(left.terms)
            rows.append((lead, left.over(left.terms[lead])))
    return not _reduced(wanted, rows).terms


def _reduced(polynomial: Polynomial, rows: Sequence[tuple[Monomial, Polynomial]]) -> Polynomial:
    for lead, row in rows:
        if lead in polynomial.terms:
            polynomial = polynomial - row * Polynomial.number(polynomial.terms[lead])
    return polynomial
