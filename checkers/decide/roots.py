"""Polynomials of one name: common factors, roots that are fractions, how many roots are real."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, isqrt, lcm
from typing import TypeAlias

from checkers.decide.decision import TooLarge
from checkers.decide.polynomial import Polynomial

Line: TypeAlias = tuple[Fraction, ...]
"""Coefficients, the lowest power first, the last one not zero; empty for zero."""
MAX_DEGREE = 12
MAX_TRIED = 20_000
"""Of candidates for a root: whole numbers up to it are tried as divisors."""


def line_of(polynomial: Polynomial, name: str) -> Line:
    """The coefficients of a polynomial of this name alone; raises TooLarge beyond degree 12."""
    if polynomial.degree() > MAX_DEGREE:
        raise TooLarge("its degree is too high")
    return _trimmed([part.terms.get((), Fraction(0)) for part in polynomial.coefficients(name)])


def common(one: Line, other: Line) -> Line:
    """The greatest common factor, with 1 before its highest power."""
    while other:
        one, other = other, _monic(divided(one, other)[1])
    return _monic(one)


def divided(one: Line, other: Line) -> tuple[Line, Line]:
    """Quotient and remainder; `other` is not zero."""
    rest, found = list(one), [Fraction(0)] * max(0, len(one) - len(other) + 1)
    for at in reversed(range(len(found))):
        found[at] = factor = rest[at + len(other) - 1] / other[-1]
        if factor:
            for place, value in enumerate(other):
                rest[at + place] -= factor * value
    return _trimmed(found), _trimmed(rest[: len(other) - 1])


def simple(line: Line) -> Line:
    """The same roots, each once, with 1 before the highest power."""
    slope = _trimmed([at * value for at, value in enumerate(line)][1:])
    return _monic(divided(line, common(line, slope))[0]) if slope else _monic(line)


def without(line: Line, other: Line) -> Line:
    """The factor that has none of the roots of the other."""
    while len(shared := common(line, other)) > 1:
        line = divided(line, shared)[0]
    return line


def value_at(line: Line, place: Fraction) -> Fraction:
    """The value at a point."""
    found = Fraction(0)
    for value in reversed(line):
        found = found * place + value
    return found


def is_crossed(line: Line, low: Fraction, high: Fraction) -> bool:
    """Whether the line changes its sign between the two, so that a root lies inside."""
    first, last = value_at(line, low), value_at(line, high)
    return first < 0 < last or last < 0 < first


def fractions_among(line: Line) -> tuple[Fraction, ...]:
    """The roots that are fractions, in order, as far as few enough candidates have to be tried."""
    found = {Fraction(0)} if line and not line[0] else set[Fraction]()
    while line and not line[0]:
        line = line[1:]
    line = simple(line)
    if len(line) == 2:
        return tuple(sorted({*found, -line[0] / line[1]}))
    if len(line) == 3:
        return tuple(sorted(found | _of_square(line)))
    if len(line) > 3:
        found.update(place for place in _candidates(line) if not value_at(line, place))
    return tuple(sorted(found))


def count_real(line: Line) -> int:
    """How many different roots are real numbers, by Sturm's chain."""
    line = simple(line)
    if len(line) < 2:
        return 0
    chain = [line, _trimmed([at * value for at, value in enumerate(line)][1:])]
    while len(chain[-1]) > 1:
        chain.append(tuple(-value for value in _scaled(divided(chain[-2], chain[-1])[1])))
    chain = [each for each in chain if each]
    return _changes(each[-1] * (-1) ** (len(each) - 1) for each in chain) - _changes(each[-1] for each in chain)


def _changes(values: object) -> int:
    signs = [value > 0 for value in values if value]  # type: ignore[attr-defined]
    return sum(one != other for one, other in zip(signs, signs[1:], strict=False))


def _of_square(line: Line) -> set[Fraction]:
    under = line[1] * line[1] - 4 * line[0] * line[2]
    if under < 0:
        return set()
    above, below = isqrt(under.numerator), isqrt(under.denominator)
    if above * above != under.numerator or below * below != under.denominator:
        return set()
    root = Fraction(above, below)
    return {(-line[1] + sign * root) / (2 * line[2]) for sign in (1, -1)}


def _candidates(line: Line) -> Sequence[Fraction]:
    scale = lcm(*(value.denominator for value in line))
    whole = [int(value * scale) for value in line]
    first, last = _divisors(whole[0]), _divisors(whole[-1])
    if len(first) * len(last) * 2 > MAX_TRIED:
        return ()
    return [Fraction(sign * above, under) for above in first for under in last for sign in (1, -1)]


def _divisors(value: int) -> list[int]:
    """Its divisors, as far as they or their partners are small."""
    value = abs(value)
    small = [each for each in range(1, min(isqrt(value), 2_000) + 1) if value % each == 0]
    return sorted({*small, *(value // each for each in small)})


def _monic(line: Line) -> Line:
    return tuple(value / line[-1] for value in line)


def _scaled(line: Line) -> Line:
    """The same line times a positive number, with small whole coefficients."""
    if not line:
        return line
    scale = lcm(*(value.denominator for value in line))
    whole = [int(value * scale) for value in line]
    shared = gcd(*whole)
    return tuple(Fraction(value, shared) for value in whole)


def _trimmed(values: Sequence[Fraction]) -> Line:
    end = len(values)
    while end and not values[end - 1]:
        end -= 1
    return tuple(values[:end])
