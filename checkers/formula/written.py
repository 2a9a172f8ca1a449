"""Exact values as people write them: for messages, and in the manner of the number they replace."""

from __future__ import annotations

from fractions import Fraction

from checkers.formula.tree import Negative, Node, Number, Percent

MAX_SHOWN = 40
"""Digits of a number that is written out in a message."""
TOO_LONG = "a number of very many digits"


def shown(value: Fraction) -> str:
    """A whole number or finite decimal exactly, else a fraction; only the size of what is too long to read."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > 3 * MAX_SHOWN:
        return TOO_LONG
    places = decimal_places(value)
    return decimal(value, places) if places is not None else f"{value.numerator}/{value.denominator}"


def decimal_places(value: Fraction) -> int | None:
    """Digits behind the point that write the value exactly, at most 40; None when none do."""
    left, twos, fives = value.denominator, 0, 0
    while left % 2 == 0 and twos <= MAX_SHOWN:
        left, twos = left // 2, twos + 1
    while left % 5 == 0 and fives <= MAX_SHOWN:
        left, fives = left // 5, fives + 1
    places = max(twos, fives)
    return places if left == 1 and places <= MAX_SHOWN else None


def decimal(value: Fraction, places: int, *, grouped: bool = False) -> str:
    """The value rounded to that many places, halves away from zero."""
    scaled = abs(value) * 10**places
    digits = str((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)).rjust(places + 1, "0")
    whole, behind = (digits[:-places], digits[-places:]) if places else (digits, "")
    if grouped:
        whole = f"{int(whole):,}"
    sign = "-" if value < 0 and int(digits) else ""
    return f"{sign}{whole}.{behind}" if behind else sign + whole


def unit_of(node: Node) -> Fraction | None:
    """What one more in the last written digit is worth: 1/100 for 3.14, 1 for 12; None when it is no bare number."""
    match node:
        case Number(places=places):
            return Fraction(1, 10**places)
        case Negative(of=of):
            return unit_of(of)
        case Percent(of=of):
            unit = unit_of(of)
            return None if unit is None else unit / 100
        case _:
            return None


def written_like(value: Fraction, model: Node, text: str) -> str | None:
    """The value in the manner of the number that stands in `text`: its sign of money, percent, places, groups."""
    match model:
        case Negative(of=of):
            return written_like(value, of, text)
        case Percent(of=of):
            instead = written_like(value * 100, of, text)
            return None if instead is None else instead + text[of.span[1] : model.span[1]]
        case Number():
            return _like_number(value, model, text)
        case _:
            return None


def _like_number(value: Fraction, model: Number, text: str) -> str | None:
    if value.numerator.bit_length() > 3 * MAX_SHOWN:
        return None
    exact = decimal_places(value)
    places = max(model.places, 2) if exact is None or exact > 6 else max(exact, model.places)
    sign, digits = "-" if value < 0 else "", decimal(abs(value), places, grouped=model.grouped or abs(value) >= 10**6)
    money = text[model.span[0] : model.span[1]]
    front = money[: len(money) - len(money.lstrip("\\$£€¥ "))] if model.currency else ""
    return sign + front + digits
