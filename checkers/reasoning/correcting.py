"""Corrections of itself in a chain of thought: what is taken back, and what is put in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkers.claims.retraction import retraction_in
from checkers.finding import Span
from checkers.reasoning.gist import terms_of
from checkers.reasoning.move import Move

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
        place = retraction_in(move.text)
        if place is not None and not move.is_question:
            first = move.span[0]
            span = (first + place[0], first + place[1])
            found.append(Recognition(at, span, move.text[: place[0]], move.text[place[1] :]))
    return tuple(found)


def has_something(text: str) -> bool:
    """Whether a text has a formula or number, or words enough to be a claim."""
    return _FORMAL.search(text) is not None or len(terms_of(text).words) >= REACH


def is_same_claim(one: str, other: str) -> bool:
    """Whether two texts have one and the same formula, a relation between numbers or letters."""
    first, second = terms_of(one).formal, terms_of(other).formal
    return first == second and "=" in first[1:-1]
