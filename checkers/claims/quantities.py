"""The amounts that a text speaks of, in digits and in words, and what else each may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget

MAX_QUANTITIES = 5_000
MAX_DIGITS = 60
"""Of one number, signs between them included; a longer one is no amount."""
_NUMBER = re.compile(r"[0-9]+(?:(?:,|\{,\}|,\\!|\\!|\\,)[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?|\.[0-9]+")
_GROUPS = re.compile(r"[^0-9.]+")
_WORD = re.compile(r"[A-Za-z]{2,20}")
_FRACTION = re.compile(
    r"\\[dtc]?frac\s*\{?\s*([0-9]{1,9})\s*\}?\s*\{?\s*([0-9]{1,9})\s*\}?|([0-9]{1,9})\s?/\s?([0-9]{1,9})"
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_BEHIND = re.compile(r"\s{0,2}(?:(\\?%|percent\b|per cent\b)|-?(hundred|thousand|million|billion|trillion|dozen)s?\b)")


def _numbered(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * at for at, word in enumerate(words.split())}


_UNITS = _numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    1,
)
_TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4}
_PARTS |= {"fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8}
_PARTS |= {"ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "twelfth": 12, "twelfths": 12}
_TIMES = {
    "once": 1,
    "single": 1,
    "twice": 2,
    "double": 2,
    "doubles": 2,
    "doubled": 2,
    "twins": 2,
    "pair": 2,
    "pairs": 2,
}
_TIMES |= {"couple": 2, "both": 2, "second": 2, "thrice": 3, "triple": 3, "triples": 3, "tripled": 3, "triplets": 3}
_TIMES |= {"quadruple": 4, "quadrupled": 4, "dozen": 12, "dozens": 12, "zero": 0, "none": 0, "no": 0}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that stands in a text; a percentage is told as it is written, `20` of `20 %`."""

    span: Span
    value: Fraction
    others: tuple[Fraction, ...] = ()
    """What else it may stand for: `3 million` the product, `20 %` the share, `third` both 3 and 1/3."""
    is_word: bool = False

    @property
    def values(self) -> tuple[Fraction, ...]:
        """Every value that it may stand for."""
        return (self.value, *self.others)


def quantities(text: str, budget: Budget = NO_BOUNDS) -> tuple[Quantity, ...]:
    """The amounts of a text in order, at most 5,000."""
    found = [*_in_digits(text, budget), *_as_fractions(text, budget), *_in_words(text, budget)]
    found.sort(key=lambda each: each.span)
    return tuple(found[:MAX_QUANTITIES])


def _in_digits(text: str, budget: Budget) -> Iterator[Quantity]:
    for match in budget.over(_NUMBER.finditer(text)):
        if match.end() - match.start() > MAX_DIGITS:
            continue
        value = Fraction(_GROUPS.sub("", match[0]))
        yield Quantity(match.span(), value, _scaled(value, text, match.end()))


def _scaled(value: Fraction, text: str, end: int) -> tuple[Fraction, ...]:
    behind = _BEHIND.match(text, end)
    if behind is None:
        return ()
    return (value / 100,) if behind[1] else (value * _SCALES[behind[2]],)


def _as_fractions(text: str, budget: Budget) -> Iterator[Quantity]:
    for match in budget.over(_FRACTION.finditer(text)):
        above, under = int(match[1] or match[3]), int(match[2] or match[4])
        if under:
            yield Quantity(match.span(), Fraction(above, under))


def _in_words(text: str, budget: Budget) -> Iterator[Quantity]:
    """Number words, those that stand beside one another as one number: `twenty-five`, `two thirds`."""
    run: list[tuple[Span, str]] = []
    for match in budget.over(_WORD.finditer(text)):
        word = match[0].casefold()
        is_one = word in _UNITS or word in _TENS or word in _PARTS or word in _TIMES or word in _SCALES
        if run and (not is_one or text[run[-1][0][1] : match.start()].strip() not in ("", "-")):
            yield from _read(run)
            run = []
        if is_one:
            run.append((match.span(), word))
    yield from _read(run)


def _read(run: list[tuple[Span, str]]) -> Iterator[Quantity]:
    if not run:
        return
    span = (run[0][0][0], run[-1][0][1])
    singles = [value for _, word in run for value in _meanings(word)]
    total, group, is_whole = Fraction(0), Fraction(0), True
    for _, word in run:
        if word in _UNITS or word in _TENS:
            group += _UNITS.get(word, 0) or _TENS.get(word, 0)
        elif word in _SCALES:
            group = (group or Fraction(1)) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, group = total + group, Fraction(0)
        elif word in _PARTS:
            total, group = (total + group or Fraction(1)) / _PARTS[word], Fraction(0)
        else:
            is_whole = False
    value = total + group if is_whole else singles[0]
    yield Quantity(span, value, tuple(each for each in singles if each != value), is_word=True)


def _meanings(word: str) -> tuple[Fraction, ...]:
    if word in _PARTS:
        return (Fraction(1, _PARTS[word]), Fraction(_PARTS[word]))
    return (Fraction(_UNITS.get(word) or _TENS.get(word) or _SCALES.get(word) or _TIMES.get(word, 0)),)
