"""Units of measurement: how they are spelled, what they measure, and how large they are."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_TABLE = {
    "length": "mm:1/1000 cm:1/100 m:1 km:1000 in:127/5000 ft:381/1250 yd:1143/1250 mi:201168/125",
    "mass": "mg:1/1000 g:1 kg:1000 oz:45359237/1600000 lb:45359237/100000",
    "time": "s:1 min:60 h:3600 day:86400 week:604800",
    "volume": "ml:1/1000000 l:1/1000",
    "money": "cent:1/100 $:1",
    "angle": "°:1",
    "speed": "mph:1397/3125",
    "current": "A:1",
    "charge": "C:1",
    "force": "N:1000 kN:1000000",
    "energy": "J:1000 kJ:1000000",
    "power": "mW:1 W:1000 kW:1000000 MW:1000000000",
    "voltage": "V:1000",
    "pressure": "Pa:1000 kPa:1000000",
    "frequency": "Hz:1",
    "heat": "K:1",
    "celsius": "°C:1",
    "fahrenheit": "°F:1",
    "euro": "€:1",
    "unit": "unit:1",
}
_MADE_OF = {
    "volume": {"length": 3},
    "speed": {"length": 1, "time": -1},
    "charge": {"current": 1, "time": 1},
    "force": {"mass": 1, "length": 1, "time": -2},
    "energy": {"mass": 1, "length": 2, "time": -2},
    "power": {"mass": 1, "length": 2, "time": -3},
    "voltage": {"mass": 1, "length": 2, "time": -3, "current": -1},
    "pressure": {"mass": 1, "length": -1, "time": -2},
    "frequency": {"time": -1},
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
    "newton": "N",
    "joule": "J",
    "watt": "W",
    "kilowatt": "kW",
    "volt": "V",
    **dict.fromkeys(("ampere", "amp"), "A"),
    "coulomb": "C",
    "pascal": "Pa",
    "hertz": "Hz",
    "kelvin": "K",
}
_PER = re.compile(r"\s*/\s*|\s+per\s+")
_TIMES = re.compile(r"\\cdot(?![A-Za-z])|[·⋅*]")
_FACTOR = re.compile(r"(?P<name>[A-Za-z°$€]{1,30})(?:\^\{?(?P<power>-?[1-9])\}?|(?P<raised>[²³]))?")
MAX_FACTORS = 6
_POWER = re.compile(r"(?P<before>square|sq|cubic|cu)\.? |(?: squared| cubed)\Z|\^\{?(?P<power>[23])\}?\Z|[²³]\Z")
_POWERS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3, " squared": 2, " cubed": 3, "²": 2, "³": 3, "2": 2, "3": 3}
_TRADES = frozenset({4, 7, 8, 10, 12, 16, 20, 24, 25, 28, 30, 36, 52, 60, 100, 144, 365, 1000, 1440, 1760, 3600, 5280})
"""How many of one unit make another: 60 seconds, 12 months, 100 cents."""
_SCALES = frozenset({10**6, 10**9, 10**12})
"""The same, where a million is meant and not written."""


class Measure(NamedTuple):
    """What a unit measures, as powers of a few kinds, and how large it is."""

    kind: tuple[tuple[str, int], ...]
    size: Fraction


def spelled_unit(said: str) -> str:
    """A unit in one spelling: `cm^2` for square centimetres, the singular of a word that is no known unit."""
    known = unit_factors(said)
    if known is not None:
        return " ".join(name if power == 1 else f"{name}^{power}" for name, power in sorted(known.items()))
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
    powers, size = dict[str, int](), Fraction(1)
    factors = unit_factors(unit)
    if not factors:
        return None
    for name, power in factors.items():
        kind, each = _SIZES[name]
        size *= each**power
        for part, times in _MADE_OF.get(kind, {kind: 1}).items():
            powers[part] = powers.get(part, 0) + times * power
    return Measure(tuple(sorted((part, power) for part, power in powers.items() if power)), size)


def unit_factors(said: str) -> dict[str, int] | None:
    """The known units of `m/s^2`, `kg m` or `square feet` with their powers; None when a word is none of them."""
    found = dict[str, int]()
    plain = re.sub(r"[~,]|\\[,; ]", " ", _TIMES.sub(" ", said)).strip(". ")
    for under, piece in enumerate(_PER.split(plain)):
        factors = _multiplied(piece.split())
        if not factors:
            return None
        for name, power in factors:
            found[name] = found.get(name, 0) + (-power if under else power)
    return {name: power for name, power in found.items() if power} or None


def _multiplied(words: list[str]) -> list[tuple[str, int]]:
    """Units that stand side by side; empty when one is not known."""
    found, ahead = list[tuple[str, int]](), 1
    for word in words[: MAX_FACTORS + 1]:
        before, behind = _POWERS.get(word.casefold().rstrip(".")), _POWERS.get(f" {word.casefold()}")
        if before is not None and ahead == 1:
            ahead = before
        elif behind is not None and found and ahead == 1 and found[-1][1] == 1:
            found[-1] = found[-1][0], behind
        else:
            factor = _FACTOR.fullmatch(word)
            name = _known(factor["name"]) if factor else None
            if factor is None or name is None:
                return []
            found.append((name, ahead * int(factor["power"] or _POWERS.get(factor["raised"] or "", 1))))
            ahead = 1
    return found if ahead == 1 and len(words) <= MAX_FACTORS else []


def _known(name: str) -> str | None:
    """A unit in its one spelling; None when it is no known unit."""
    plain = name if name in _SIZES else _singular(name.casefold())
    return plain if plain in _SIZES else None


def is_trade(first: Fraction, second: Fraction) -> bool:
    """Whether one number may be the other in a smaller unit: 2 hours and 120."""
    if not first or not second:
        return False
    ratio = max(abs(first / second), abs(second / first))
    return ratio in _TRADES or ratio in _SCALES


def _singular(word: str) -> str:
    plain = word.removesuffix("s")
    return _SPELLINGS.get(plain, _SPELLINGS.get(word, plain if len(plain) > 1 else word))
