"""Whether two answers in words are the same."""

from __future__ import annotations

from checkers.finding import Verdict

_CLASSES = tuple(
    frozenset(line.split())
    for line in (
        "yes no",
        "true false",
        "odd even",
        "positive negative zero",
        "increasing decreasing constant",
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october november december",
        "left right",
        "north south east west",
        "acute obtuse",
        "rational irrational",
        "convergent divergent",
        "converges diverges",
        "possible impossible",
        "valid invalid",
        "correct incorrect",
    )
)
"""Words of which not two are true of the same."""


def same_words(one: str, other: str) -> Verdict:
    """HOLDS for the same word of a class, FAILS for two that exclude one another, UNKNOWN for all others."""
    one, other = one.casefold(), other.casefold()
    if one == other and any(one in words for words in _CLASSES):
        return Verdict.HOLDS
    if any(one in words and other in words for words in _CLASSES):
        return Verdict.FAILS
    return Verdict.UNKNOWN
