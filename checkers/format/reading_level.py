"""How hard a response is to read, by the formulas of Flesch and Kincaid."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from checkers import params
from checkers.finding import Finding, Json, fails, holds, unknown
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.text.sentence import sentence_counts
from checkers.text.undefined import not_english
from checkers.trace import Constraint, Trace

MIN_WORDS = 30
"""In less than that a single word decides."""
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_GROUP = re.compile(r"[aeiouy]+")
_MAY_BE_TWO = re.compile(
    r"[aeiou]ing|(?<![ct])ia[^r]?|(?<![cstgx])io|ie(?:nce|nt|t\b)|[cr]ea[ct]|idea|area|thea|o[ea][mt]|eu[ms]|eo(?!p)|aive|ua|uou"
)
"""Vowels side by side that may be two syllables."""
_MAY_BE_NONE = re.compile(r"\beve[rn]|\bsome[^r]|\bbusi|\bdiffer|\binter|\bwhere|\bthere|\blove|\bcare|\bhope|\bmore")
"""An e or another vowel within a word that may be silent."""


def _grade(words: float, sentences: float, syllables: float) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def _ease(words: float, sentences: float, syllables: float) -> float:
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


_FORMULAS: dict[str, tuple[Callable[[float, float, float], float], float]] = {
    "flesch_kincaid": (_grade, 1),
    "flesch_ease": (_ease, -1),
}


@constraint(version=1)
def grade(trace: Trace, asked: Constraint) -> Finding:
    """The response is at least at `min` and at most at `max` by a `formula` of reading.

    `flesch_kincaid` (Kincaid 1975; a school year, 8 for most newspapers) unless `flesch_ease` (Flesch 1948; 0 to 100,
    60 and more is plain) is asked for. Syllables are counted by the letters, from the least to the most that they may
    be, and sentences likewise: where that decides nothing the constraint is unknown. English prose of 30 words or more.
    """
    params.refuse_unknown(asked, "min", "max", "formula")
    least, most = _bound(asked, "min"), _bound(asked, "max")
    if least is None and most is None:
        raise BadParams("neither 'min' nor 'max' is given")
    if least is not None and most is not None and least > most:
        raise BadParams("'min' is larger than 'max'")
    name = params.choice(asked, "formula", _FORMULAS) or "flesch_kincaid"
    other = not_english(trace)
    if other is not None:
        return other
    scores = _scores(trace, name)
    whole = (0, len(trace.text))
    if scores is None:
        return unknown(whole, f"There are fewer than {MIN_WORDS} words.", reason="too short")
    return _decided(whole, scores, least, most)


def _bound(asked: Constraint, name: str) -> float | None:
    value = asked.params.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1_000 <= value <= 1_000:
        raise BadParams(f"the parameter {name!r} must be a number")
    return float(value)


def _scores(trace: Trace, name: str) -> tuple[float, float] | None:
    """The least and the largest score that the counts allow."""
    prose = without_code(trace.text)
    words = [match[0].lower() for match in _WORD.finditer(prose)]
    fewest, largest = sentence_counts(trace.text)
    if len(words) < MIN_WORDS or not fewest:
        return None
    counts = [syllables(word) for word in words]
    low, high = sum(least for least, _ in counts), sum(most for _, most in counts)
    formula, sign = _FORMULAS[name]
    ends = formula(len(words), largest, low), formula(len(words), fewest, high)
    return ends if sign > 0 else (ends[1], ends[0])


def syllables(word: str) -> tuple[int, int]:
    """The least and the most syllables of an English word, by its letters."""
    plain = re.split(r"['’]", word)[0]
    groups = len(_GROUP.findall(plain))
    least = most = max(1, groups)
    if groups > 1 and plain.endswith("e"):
        is_le = plain.endswith("le") and plain[-3:-2] not in "aeiouy"
        least, most = (least, most) if is_le else (least - 1, most - (plain[-2] not in "aeiouy"))
    elif groups > 1 and plain.endswith(("es", "ed")):
        is_heard = (
            plain[-3:-2] in ("t", "d") if plain.endswith("ed") else plain[-3:-2] in ("s", "x", "z", "c", "g", "h")
        )
        least -= not (is_heard and plain.endswith("ed"))
        most -= not is_heard
    most += len(_MAY_BE_TWO.findall(plain))
    least -= groups > 1 and _MAY_BE_NONE.search(plain) is not None
    return max(1, least), max(1, least, most)


def _decided(whole: tuple[int, int], scores: tuple[float, float], least: float | None, most: float | None) -> Finding:
    low, high = scores
    told = f"{low:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{low:.1f} to {high:.1f}"
    measured: Json = [round(low, 2), round(high, 2)]
    wanted: dict[str, Json] = {"min": least, "max": most}
    floor, top = -math.inf if least is None else least, math.inf if most is None else most
    if floor <= low and high <= top:
        return holds(whole, f"Reading level {told}.", measured=measured, wanted=wanted)
    if high < floor:
        return fails(whole, f"Reading level {told}, at least {floor:g}.", measured=measured, wanted=wanted)
    if low > top:
        return fails(whole, f"Reading level {told}, at most {top:g}.", measured=measured, wanted=wanted)
    said = f"Reading level {told}, depending on how syllables and sentences are counted."
    return unknown(whole, said, reason="several counts", measured=measured, wanted=wanted)
