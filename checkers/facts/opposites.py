"""What one sentence says and another denies: a word under `not` in one of them, or its opposite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from checkers.facts.stems import folded, stem, weight
from checkers.facts.vocables import word_set

_NEGATIONS = word_set("not no never none nor cannot neither without nobody nothing nowhere hardly")
_UTMOST = word_set(
    "most only first best last largest smallest highest lowest oldest youngest longest shortest biggest greatest all",
    "every always never none entirely exclusively sole solely main primary leading majority",
)
_PAIRS = (
    "increase decrease, rise fall, higher lower, high low, large small, larger smaller, big small, bigger smaller",
    "before after, early late, earlier later, start end, begin end, open close, win lose, won lost, true false",
    "male female, man woman, north south, east west, northern southern, eastern western, hot cold, warm cool",
    "warmer cooler, wet dry, young old, younger older, rich poor, fast slow, faster slower, long short, longer shorter",
    "strong weak, stronger weaker, best worst, maximum minimum, positive negative, possible impossible, legal illegal",
    "alive dead, born died, import export, buy sell, accept reject, allow forbid, above below, inside outside",
    "public private, left right, success failure, same different, always never, father mother, son daughter",
    "brother sister, husband wife, king queen, include exclude",
)
_REACH = 3
"""Words behind a negation that it can be about."""


def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in ", ".join(_PAIRS).split(", "):
        one, other = (stem(word) for word in pair.split())
        found[one].add(other)
        found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


_OPPOSITES = _opposites()


def opposed(claim: Sequence[str], passage: Sequence[str]) -> list[str]:
    """The words of the claim that the passage denies, both given as their words in order.

    A word that both have is denied when a negation stands before it in one of them alone; another is denied when the
    passage has its opposite and not the word itself.
    """
    mine, theirs = _negated(claim), _negated(passage)
    told = {stem(word) for word in passage}
    found = []
    for word in dict.fromkeys(claim):
        own = stem(word)
        if not weight(word):
            continue
        turned = own in told and (own in mine) is not (own in theirs)
        if turned or (own not in told and not told.isdisjoint(_OPPOSITES.get(own, ()))):
            found.append(word)
    return found


def utmost(claim: Collection[str], passage: Collection[str]) -> list[str]:
    """The words of the claim that leave no other, `only`, `largest`, `all`, and that the passage does not have."""
    told = {folded(word) for word in passage}
    return [word for word in claim if folded(word) in _UTMOST and folded(word) not in told]


def _negated(words: Sequence[str]) -> set[str]:
    found: set[str] = set()
    left = 0
    for word in words:
        if folded(word) in _NEGATIONS or word.casefold().replace("’", "'").endswith("n't"):
            left = _REACH
        elif left:
            found.add(stem(word))
            left -= 1
    return found
