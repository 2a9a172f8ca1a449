"""Units of measurement: how they are spelled, what they measure, and how large they are."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_TABLE = {
    "length": "mm:1/1000 cm:1/100 m:1 km:1000 in:127/5000 ft:381/1250 yd:1143/1250 mi:201168/125",
    "mass": "mg:1/1000 g:1 kg:1000 oz:45359237/1600000 lb:45359237/100000",
    "time": "s:1 min:60 h:3600 day:86400 week:604800",
    "volume": "ml:1/1000 l:1",
    "money": "cent:1/100 $:1",
    "angle": "°:1",
}
_SIZES = {
    name: (kind, Fraction(size))
    for kind, line in _TABLE.items()
    for name, _, size in (entry.partition(":") for entry in line.split())
}
_SPELLINGS = {
    **dict.fromkeys(("millimeter", "millimetre"), "mm"),
    **dict.fromkeys(("centimeter", "centimetre"), "cm"),
    **dict.fromkeys(("meter", "metre"), "m"),
    **dict.fromkeys(("kilometer", "kilometre"), "km"),
    **dict.fromkeys(("inch", "inche"), "in"),
    **dict.fromkeys(("foot", "feet"), "ft"),
    "yard": "yd",
    "mile": "mi",
    "milligram": "mg",
    "gram": "g",
    **dict.fromkeys(("kilogram", "kilo"), "kg"),
    "ounce": "oz",
    "lb": "lb",
    **dict.fromkeys(("second", "sec"), "s"),
    "minute": "min",
    **dict.fromkeys(("hour", "hr"), "h"),
    **dict.fromkeys(("milliliter", "millilitre", "cc"), "ml"),
    **dict.fromkeys(("liter", "litre"), "l"),
    **dict.fromkeys(("dollar", "usd", "buck"), "$"),
    "euro": "€",
    **dict.fromkeys(("degree", "deg"), "°"),
}
_POWER = re.compile(r"(?P<before>square|sq|cubic|cu)\.? |(?: squared| cubed)\Z|\^\{?(?P<power>[23])\}?\Z|[²³]\Z")
_POWERS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3, " squared": 2, " cubed": 3, "²": 2, "³": 3, "2": 2, "3": 3}
_TRADES = frozenset({4, 7, 8, 10, 12, 16, 20, 24, 25, 28, 30, 36, 52, 60, 100, 144, 365, 1000, 1440, 1760, 3600, 5280})
"""How many of one unit make another: 60 seconds, 12 months, 100 cents."""
_SCALES = frozenset({10**6, 10**9, 10**12})
"""The same, where a million is meant and not written."""


class Measure(NamedTuple):
    """What a unit measures, to which power, and how large it is."""

    kind: str
    power: int
    size: Fraction


def spelled_unit(said: str) -> str:
    """A unit in one spelling: `cm^2` for square centimetres, the singular of a word that is no known unit."""
    plain = " ".join(re.sub(r"[~\\,]+", " ", said).split()).strip(". ")
    found = _POWER.search(plain)
    power = 1
    if found is not None:
        power = _POWERS[found["before"] or found["power"] or found[0]]
        plain = (plain[: found.start()] + plain[found.end() :]).strip()
    name = plain if plain in _SIZES else _singular(plain.casefold())
    return name if power == 1 else f"{name}^{power}"


def measure(unit: str) -> Measure | None:
    """What a unit in its one spelling measures; None for eggs."""
    name, _, power = unit.partition("^")
    known = _SIZES.get(name)
    if known is None:
        return None
    raised = int(power or 1)
    return Measure(known[0], raised, known[1] ** raised)


def is_trade(first: Fraction, second: Fraction) -> bool:
    """Whether one number may be the other in a smaller unit: 2 hours and 120."""
    if not first or not second:
        return False
    ratio = max(abs(first / second), abs(second / first))
    return ratio in _TRADES or ratio in _SCALES


def _singular(word: str) -> str:
    plain = word.removesuffix("s")
    return _SPELLINGS.get(plain, _SPELLINGS.get(word, plain if len(plain) > 1 else word))
