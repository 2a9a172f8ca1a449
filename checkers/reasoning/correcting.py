"""Corrections of itself in a chain of thought: what is taken back, and what is put in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkers.finding import Span
from checkers.reasoning.gist import terms_of
from checkers.reasoning.move import Move

_RECOGNISES = re.compile(
    r"\b(?:(?:wait\s*[,.!:—-]\s*(?:no,?\s+)?)?(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+(?:wrong|incorrect|not\s+(?:right|correct)|a\s+mistake|an\s+error)"
    r"|i\s+(?:made|see|have\s+made|notice|found|spot)\s+(?:a|an|my|the)\s+(?:\w+\s+)?(?:mistake|error|slip)"
    r"|(?:there(?:['’]s|\s+is|\s+was)|we\s+made|made)\s+(?:a|an)\s+(?:\w+\s+)?(?:mistake|error|slip)\s+(?:in|above|earlier|there|here)"
    r"|scratch\s+that|i\s+(?:miscalculated|misread|miscounted|misspoke)|i\s+was\s+wrong|my\s+mistake|oops"
    r"|(?:previous|earlier|last|above|first)\s+(?:step|result|value|calculation|claim|line|answer)\s+"
    r"(?:is|was|must\s+be)\s+(?:wrong|incorrect|mistaken|not\s+(?:right|correct))"
    r"|let\s+me\s+(?:correct|fix|redo)\s+(?:that|this|it|the|my))\b"
    r"|\bwait\s*[,.!:—-]\s*(?:no\b|that|this\s+(?:is|can|does)|i\s|actually)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|nothing|without|isn['’]t|wasn['’]t|if|whether)\s*(?:\w+\s*){0,2}\Z", re.IGNORECASE
)
_FORMAL = re.compile(r"[0-9=]|\\[a-z]|\$")
REACH = 3
"""Moves before a recognition in which the wrong result stands, and behind it in which it is put right."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """The place where a mistake of its own is recognised."""

    at: int
    """The index of its move."""
    span: Span
    """In the text of the move's step."""
    before: str
    """What its move says in front of it."""
    behind: str
    """What its move says behind it."""


def recognitions(told: Sequence[Move]) -> tuple[Recognition, ...]:
    """Every place where a chain of thought says that something of its own was wrong; one a move."""
    found = []
    for at, move in enumerate(told):
        match = next(
            (each for each in _RECOGNISES.finditer(move.text) if not _is_denied(move.text, each.start())), None
        )
        if match is not None and not move.is_question:
            first = move.span[0]
            span = (first + match.start(), first + match.end())
            found.append(Recognition(at, span, move.text[: match.start()], move.text[match.end() :]))
    return tuple(found)


def has_something(text: str) -> bool:
    """Whether a text has a formula or number, or words enough to be a claim."""
    return _FORMAL.search(text) is not None or len(terms_of(text).words) >= REACH


def is_same_claim(one: str, other: str) -> bool:
    """Whether two texts have one and the same formula, a relation between numbers or letters."""
    first, second = terms_of(one).formal, terms_of(other).formal
    return first == second and "=" in first[1:-1]


def _is_denied(text: str, start: int) -> bool:
    return _DENIED.search(text[max(0, start - 30) : start]) is not None
