"""A polynomial as people write it, checked by reading it again."""

from __future__ import annotations

import re
from fractions import Fraction

from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.polynomial import Monomial, Polynomial
from checkers.decide.quotient import ONE, quotient_of
from checkers.formula.read import read
from checkers.formula.tree import Unreadable
from checkers.limits import Work

MAX_TOLD = 120
"""Characters of what a rater can still take in."""
_NAME = re.compile(r"[A-Za-z](?:_[0-9A-Za-z])?\Z")


def told(polynomial: Polynomial, *, latex: bool) -> str | None:
    """Its terms, the highest powers first; None where that is too long or would be read as something else."""
    if not all(map(_NAME.match, polynomial.names)):
        return None
    said = _sum(polynomial, latex=latex)
    return said if len(said) <= MAX_TOLD and _reads_as(said, polynomial) else None


def _sum(polynomial: Polynomial, *, latex: bool) -> str:
    said = ""
    for monomial in sorted(polynomial.terms, key=_place):
        value = polynomial.terms[monomial]
        sign = ("-" if value < 0 else "") if not said else (" - " if value < 0 else " + ")
        said += sign + _term(abs(value), monomial, latex=latex)
    return said or "0"


def _place(monomial: Monomial) -> tuple[int, list[int], Monomial]:
    powers = [times for _, times in monomial]
    return -sum(powers), sorted(-times for times in powers), monomial


def _term(value: Fraction, monomial: Monomial, *, latex: bool) -> str:
    names = "".join(_power(name, times, latex=latex) for name, times in monomial)
    if names and value == 1:
        return names
    if value.denominator == 1:
        return f"{value.numerator}{names}"
    if latex:
        return f"\\frac{{{value.numerator}}}{{{value.denominator}}}{names}"
    said = f"{value.numerator}/{value.denominator}"
    return f"({said}){names}" if names else said


def _power(name: str, times: int, *, latex: bool) -> str:
    if times == 1:
        return name
    return f"{name}^{{{times}}}" if latex and times > 9 else f"{name}^{times}"


def _reads_as(said: str, polynomial: Polynomial) -> bool:
    node = read(said)
    if isinstance(node, Unreadable):
        return False
    try:
        again = quotient_of(node, Work(5_000))
    except (Unsupported, Undefined, TooLarge):
        return False
    return again.under.terms == ONE.terms and again.above.terms == polynomial.terms
