"""The sentences of texts, and those of them that come nearest to a claim."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from checkers.facts.stems import Term, terms
from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget
from checkers.text.sentence import sentence_spans

MAX_PASSAGES = 20_000
LONG = 600
"""Characters of a passage; a longer sentence is several."""
SHOWN = 300
"""Characters of a passage that a finding tells."""
_HALF = 1.2
"""Of BM25's k1: how little a second mention of the same word adds."""
_LENGTHS = 0.3
"""Of BM25's b: how much a long passage must tell more."""


@dataclass(frozen=True)
class Passage:
    """A sentence of one of the texts."""

    text: int
    """Which of the texts, from 0 on."""
    span: Span
    said: str
    terms: tuple[Term, ...]

    @cached_property
    def stems(self) -> Counter[str]:
        """Its words, each with how often it stands there."""
        return Counter(term.stem for term in self.terms if term.weight)


@dataclass(frozen=True)
class Shelved:
    """The passages of some texts, ready to be searched."""

    passages: tuple[Passage, ...]

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """For each word the passages that have it."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, passage in enumerate(self.passages):
            for stem in passage.stems:
                found[stem].append(at)
        return found

    @cached_property
    def _usual(self) -> float:
        return sum(len(passage.terms) for passage in self.passages) / max(1, len(self.passages))

    def rarity(self, stem: str) -> float:
        """How much it tells that a passage has the word: more when few of them have it."""
        having = len(self.places.get(stem, ()))
        return log(1 + (len(self.passages) - having + 0.5) / (having + 0.5))

    def nearest(self, claim: Sequence[Term], *, most: int = 1) -> list[Passage]:
        """The passages that tell most of what the claim tells, best first; equal ones in their order.

        BM25 (Robertson and Zaragoza 2009) with numbers and names counted higher.
        """
        weights = {term.stem: term.weight for term in claim if term.weight}
        scores: dict[int, float] = defaultdict(float)
        for stem, weight in weights.items():
            rarity = self.rarity(stem)
            for at in self.places.get(stem, ()):
                passage = self.passages[at]
                often = passage.stems[stem]
                length = 1 - _LENGTHS + _LENGTHS * len(passage.terms) / (self._usual or 1)
                scores[at] += weight * rarity * often * (1 + _HALF) / (often + _HALF * length)
        ranked = sorted(scores, key=lambda at: (-round(scores[at], 9), at))
        return [self.passages[at] for at in ranked[:most]]


def shelved(texts: Sequence[str], budget: Budget = NO_BOUNDS) -> Shelved:
    """The passages of these texts, the first 20,000."""
    found: list[Passage] = []
    for at, text in enumerate(texts):
        for start, end in budget.over(_pieces(text)):
            if len(found) == MAX_PASSAGES:
                return Shelved(tuple(found))
            said = text[start:end]
            found.append(Passage(at, (start, end), said, terms(said)))
    return Shelved(tuple(found))


def _pieces(text: str) -> Iterator[Span]:
    for start, end in sentence_spans(text):
        while end - start > LONG:
            cut = max(start + LONG // 2, text.rfind(" ", start, start + LONG))
            yield start, cut
            start = cut
        yield start, end


def shown(passage: Passage) -> str:
    """The passage as a finding tells it, at most 300 characters."""
    said = " ".join(passage.said.split())
    return said if len(said) <= SHOWN else said[: SHOWN - 1].rstrip() + "…"
