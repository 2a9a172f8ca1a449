"""The words of a text as they are compared: folded, cut to their stems, and weighed by what they tell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from checkers.facts.vocables import FILLERS
from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget

MAX_TERMS = 200_000
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 40
_ENDINGS = tuple(
    (ending, instead)
    for instead, endings in (
        ("y", ("ies", "ied")),
        ("ss", ("sses",)),
        ("iz", ("ization", "isation")),
        ("at", ("ational", "ations", "ation")),
        ("al", ("ally",)),
        ("", ("ments", "ment", "nesses", "ness", "ingly", "edly", "ings", "ing", "ers", "ors", "ions", "ion")),
        ("", ("ed", "er", "or", "ly", "es", "s", "e", "al")),
    )
    for ending in endings
)
_LEAST_STEM = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text."""

    stem: str
    span: Span
    weight: float
    """0 for a filler, 1 for a word, more for a number or a name."""


def terms(text: str, budget: Budget = NO_BOUNDS) -> tuple[Term, ...]:
    """The words of a text in order, at most 200,000."""
    found: list[Term] = []
    for match in budget.over(_WORD.finditer(text)):
        if len(found) == MAX_TERMS:
            break
        found.append(Term(stem(match[0]), match.span(), weight(match[0])))
    return tuple(found)


def weight(word: str) -> float:
    """How much it tells that this word is found."""
    if word[0].isdigit():
        return 2.0
    if folded(word) in FILLERS:
        return 0.0
    return 1.5 if word[0].isupper() else 1.0


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without case, accents and the endings of English: `Armies` and `army` are the same."""
    plain = folded(word)
    if plain[0].isdigit():
        return plain.replace(",", "")
    for ending, instead in _ENDINGS:
        if (
            plain.endswith(ending)
            and len(plain) - len(ending) >= _LEAST_STEM
            and not plain.endswith(("ss", "us", "is"))
        ):
            short = plain.removesuffix(ending) + instead
            # `stopped` and `stop`
            return (
                short[:-1]
                if len(short) > _LEAST_STEM and short[-1] == short[-2] and not short.endswith("ss")
                else short
            )
    return plain


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """The word in small letters, without accents and the possessive."""
    word = word[:_LONGEST].casefold().replace("’", "'")
    if not word.isascii():
        word = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign)) or word
    return word.removesuffix("'s") or word
