"""Numbers with a unit or a counting word, told from formulas by how they are spelled."""

from __future__ import annotations

import re

from checkers.answers.measures import unit_factors
from checkers.answers.pieces import pieces_of

_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
COUNTING = {word: value for value, word in enumerate(_NAMES.split())}
"""The numbers that are read as words."""

_COUNTED = re.compile(r"[-+$£€¥\\0-9.,]{1,60}\s{1,3}[A-Za-z]{3,40}")
# The blank tells a unit from a name: `5 m` is a length, `5m` may be a product.
_QUANTITY = re.compile(
    r"(?P<number>[-+$£€¥\\0-9.,/]{0,60}[0-9])(?:\s{1,3}|(?=°))(?P<unit>[A-Za-z°][-A-Za-z°²³^{}0-9/*·⋅\\ ,]{0,60})\.?"
)
_SHORT_MONEY = re.compile(r"(?P<number>\\?[$£€¥]\s?[0-9][0-9,]{0,30}(?:\.[0-9]{1,20})?)\s?(?P<scale>[kKmMB]|bn)")
_SHORT = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
_SPELLED = re.compile(r"(?P<count>[A-Za-z]{3,9})\s{1,3}(?P<unit>[A-Za-z]{1,30}(?: [A-Za-z]{1,30}){0,3})")
# No plural but a share or a comparison: `two thirds`, `five less`.
_SHARE = re.compile(
    r"hal(?:f|ves)|thirds?|quarters?|(?!mon)[a-z]+(?:[a-df-z]th|ieth)s?|hundredths?|less|plus|minus|times"
)


def quantity(text: str) -> re.Match[str] | None:
    """The `number` and the `unit` of a text that is nothing but a number and units that are known; else None."""
    found = _QUANTITY.fullmatch(text)
    return found if found is not None and unit_factors(found["unit"]) is not None else None


def is_counted(text: str) -> bool:
    """Whether this is a number with a unit or a word behind it, or several of them."""
    if _is_one(text) or short_money(text) is not None:
        return True
    pieces, _ = pieces_of(text, strong=False)
    return len(pieces) > 1 and all(map(_is_one, pieces))


def _is_one(text: str) -> bool:
    return _COUNTED.fullmatch(text) is not None or quantity(text) is not None


def short_money(text: str) -> tuple[str, str] | None:
    """The sum and the scale of `$3M`."""
    found = _SHORT_MONEY.fullmatch(text)
    return (found["number"], _SHORT[found["scale"].casefold()]) if found else None


def in_digits(text: str) -> str:
    """`twelve dollars` as `12 dollars`; `two thirds` and other words as they are."""
    found = _SPELLED.fullmatch(text)
    value = COUNTING.get(found["count"].casefold()) if found else None
    if found is None or value is None:
        return text
    unit = found["unit"].casefold()
    is_things = " " not in unit and unit.endswith("s") and not _SHARE.fullmatch(unit) and len(unit) > 3
    is_unit = unit_factors(found["unit"]) is not None or unit == "percent"
    return f"{value} {found['unit']}" if is_things or is_unit else text
