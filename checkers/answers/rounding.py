"""What a decimal stands for that was rounded: the simplest fraction that it is rounded from."""

from __future__ import annotations

from fractions import Fraction

MIN_PLACES = 2
"""Digits behind the point that a decimal needs to stand for more than itself."""
MAX_PLACES = 40
MIN_DIGITS = 3
"""Digits in all that it needs to stand for a root or a multiple of pi."""


def is_rounded(value: Fraction, decimal: Fraction, places: int) -> bool:
    """Whether a decimal of so many places is what the value is when rounded; halves may go either way."""
    return abs(value - decimal) <= Fraction(1, 2 * 10**places)


def stands_for(decimal: Fraction, places: int, value: Fraction) -> bool:
    """Whether a decimal is rounded from this fraction and from no simpler one: 0.33 from 1/3, 0.25 from 1/4 only."""
    half = Fraction(1, 2 * 10**places)
    low, high = abs(decimal) - half, abs(decimal) + half
    if not MIN_PLACES <= places <= MAX_PLACES or low <= 0 or (decimal < 0) != (value < 0):
        return False
    return simplest(low, high) == abs(value)


def tells(decimal: Fraction, places: int) -> bool:
    """Whether a decimal has digits enough to stand for a number that is no fraction."""
    return places >= MIN_PLACES and abs(decimal) * 10**places >= 10 ** (MIN_DIGITS - 1)


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the smallest denominator between two positive ones, which count too."""
    wholes: list[int] = []
    while True:
        whole = low.numerator // low.denominator
        if whole == low or whole + 1 <= high:
            break
        wholes.append(whole)
        low, high = 1 / (high - whole), 1 / (low - whole)
    found = Fraction(whole if whole == low else whole + 1)
    for before in reversed(wholes):
        found = before + 1 / found
    return found
