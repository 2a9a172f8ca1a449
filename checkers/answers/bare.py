"""Bare numbers, which most answers are, without a tokeniser."""

from __future__ import annotations

import re
from fractions import Fraction

from checkers.answers.kinds import Amount
from checkers.finding import Verdict

MAX_DIGITS = 36
"""Of two whole numbers together."""
_DECIMAL = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.([0-9]{1,18}))?")
_BARE = re.compile(
    r"""
    \s{0,9} (?P<dollar>\$)? \s{0,9}
    (?P<minus>-)?
    (?P<whole> [0-9]{1,3}(?:,[0-9]{3}){1,5} | [0-9]{1,18} )
    (?: \.(?P<places>[0-9]{1,18}) | /(?P<under>[0-9]{1,18}) )?
    (?P<percent>\\?%)? \.? \s{0,9} (?(dollar)(?P<closed>\$)?) \.? \s{0,9}
    """,
    re.VERBOSE,
)


def same_decimals(one: str, other: str) -> Verdict | None:
    """What `same_amounts` says of two decimals without anything around them; None when one is something else."""
    first, second = _DECIMAL.fullmatch(one), _DECIMAL.fullmatch(other)
    if first is None or second is None:
        return None
    mine, theirs = len(first[1] or ""), len(second[1] or "")
    apart = abs(_digits(one) * 10**theirs - _digits(other) * 10**mine)
    if not apart:
        return Verdict.HOLDS
    # Of two decimals with a point the one may be the other, rounded.
    is_rounded = mine and theirs and 2 * apart <= 10 ** max(mine, theirs)
    return Verdict.UNKNOWN if is_rounded else Verdict.FAILS


def _digits(decimal: str) -> int:
    return int(decimal.replace(",", "").replace(".", ""))


def bare_number(text: str) -> Amount | None:
    """The amount that a text is which is only a number such as `-1,200.5`, `$18`, `3/4` or `50%`; else None."""
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    minus, whole, places, under = found["minus"], found["whole"], found["places"], found["under"]
    digits = int(whole.replace(",", "") + (places or ""))
    if under is not None:
        return _fraction(-digits if minus else digits, int(under), found)
    value = Fraction(-digits if minus else digits, 10 ** len(places) if places else 1)
    currency = "$" if found["dollar"] and not found["closed"] else ""
    return Amount(None, value, len(places or ""), found["percent"] is not None, currency)


def _fraction(above: int, under: int, found: re.Match[str]) -> Amount | None:
    is_alone = found["percent"] is None and (found["dollar"] is None or found["closed"] is not None)
    return Amount(None, Fraction(above, under)) if under and is_alone and "," not in found["whole"] else None
