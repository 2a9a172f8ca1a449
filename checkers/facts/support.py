"""How well passages bear out a claim: a number for ranking, never a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from checkers.facts.bearing import Told, told_by
from checkers.facts.figures import Figures, figures
from checkers.facts.opposites import opposed, utmost
from checkers.facts.passage import Passage
from checkers.facts.proper import missing, names
from checkers.facts.stems import Term, terms
from checkers.finding import Span
from checkers.limits import OverLimit

MAX_CLAIM = 5_000
MAX_TEXT = 1_000_000
"""Characters of all passages together."""
MANY = 8.0
"""Doubts, each of the weight of one missing word, that bring the score down to 1/e."""
DENIED = 2.0
"""Doubts that a word counts which the sentence denies."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the passages say to a claim."""

    score: float
    """1 when every word of the claim stands in one sentence and nothing speaks against it; near 0 when none does."""
    passage: str = ""
    """The sentence that comes nearest; empty where none has a word of the claim."""
    text: int | None = None
    """Which of the passages it stands in, from 0 on."""
    span: Span = (0, 0)
    """Where in that passage."""
    unsupported: tuple[str, ...] = ()
    """Words of the claim that the sentence does not have, numbers and names that no passage has."""
    opposed: tuple[str, ...] = ()
    """Words of the claim that the sentence denies, and its numbers in place of which the sentence has others."""


def support(claim: str, passages: Sequence[str]) -> Support:
    """How well the passages bear out the claim; raises OverLimit when these are too long.

    A claim is as sure as all that it tells together: each word, number and name that is not found is one more doubt,
    counted fully when the nearest sentence does not have it and half when another sentence of the same passage does.
    What the sentence denies counts double: negations, opposites, other numbers than it has, words such as `only` or
    `largest` that it lacks. The weights are set by reason, none is fitted. Who did what to whom is not read.
    """
    if len(claim) > MAX_CLAIM or sum(map(len, passages)) > MAX_TEXT:
        raise OverLimit(f"a claim of more than {MAX_CLAIM:,} characters, or passages of more than {MAX_TEXT:,}")
    told = [told_by(text) for text in passages]
    wanted = [term for term in terms(claim) if term.weight]
    found = _nearest(wanted, told)
    if found is None:
        return Support(0.0, unsupported=_words(claim, wanted))
    doubts, text, passage = found
    claimed = figures(claim)
    nowhere = [claim[slice(*span)] for span in _figures_nowhere(claimed, told)] + _names_nowhere(claim, told)
    against = _against(claim, claimed, passage)
    score = exp(-(doubts + len(nowhere) + DENIED * len(against)) / MANY)
    left = _words(claim, [term for term in wanted if term.stem not in passage.stems])
    unsupported = tuple(dict.fromkeys((*left, *nowhere)))
    return Support(score, passage.said, text, passage.span, unsupported, tuple(against))


def _nearest(wanted: Sequence[Term], told: Sequence[Told]) -> tuple[float, int, Passage] | None:
    """The least doubts that a sentence leaves, and which one that is."""
    weights = {term.stem: term.weight for term in wanted}
    whole = sum(weights.values())
    best: tuple[float, int, Passage] | None = None
    for text, each in enumerate(told):
        places = each.passages.places
        somewhere = sum(weight for stem, weight in weights.items() if stem in places)
        here: dict[int, float] = defaultdict(float)
        for stem, weight in weights.items():
            for at in places.get(stem, ()):
                here[at] += weight
        for at, found in sorted(here.items()):
            doubts = whole - (found + somewhere) / 2
            if best is None or doubts < best[0]:
                best = doubts, text, each.passages.passages[at]
    return best


def _figures_nowhere(claimed: Figures, told: Sequence[Told]) -> list[Span]:
    left = [set(claimed.missing_from(each.figures, values=each.values)) for each in told]
    return sorted(set.intersection(*left))


def _names_nowhere(claim: str, told: Sequence[Told]) -> list[str]:
    stems = frozenset().union(*(each.stems for each in told))
    acronyms = frozenset().union(*(each.acronyms for each in told))
    return [word for name in names(claim) for word in missing(name, stems, acronyms=acronyms)]


def _against(claim: str, claimed: Figures, passage: Passage) -> list[str]:
    mine, theirs = _said(claim, terms(claim)), _said(passage.said, passage.terms)
    found = [*opposed(mine, theirs), *utmost(dict.fromkeys(mine), theirs)]
    told = figures(passage.said)
    if told.dates or told.numbers:
        found += [claim[slice(*span)] for span in claimed.missing_from(told)]
    return found


def _said(text: str, words: Sequence[Term]) -> list[str]:
    return [text[slice(*term.span)] for term in words]


def _words(claim: str, words: Sequence[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_said(claim, words)))
