"""What the reader of the checkers made of each sign of relation: the one file here that knows its inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from benchmarks.checkers.scan import LETTER, WORD, Place
from checkers.claims.doubt import has_other_arithmetic, surroundings
from checkers.claims.equations import relations_in
from checkers.claims.relation import Relation

Class: TypeAlias = Literal["read", "open", "abstained", "unread"]
CLASSES: tuple[Class, ...] = ("read", "open", "abstained", "unread")

_ARITHMETIC = frozenset({"\\times", "\\cdot", "\\div", "\\frac", "\\dfrac", "\\left", "\\right", "\\boxed"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sign, and why it was left where it was."""

    place: Place
    kind: Class
    """`open` is for equations whose free names were read; this reader knows no names yet."""
    reason: str


def outcomes(text: str, found: Iterable[Place]) -> Iterator[Outcome]:
    """One outcome for each place, in order."""
    relations = relations_in(text)
    for place in found:
        relation = _at(relations, place)
        yield _left_out(place) if relation is None else _taken(text, place, relation)


def _at(relations: Sequence[Relation], place: Place) -> Relation | None:
    hits = (each for each in relations if each.left.span[1] <= place.start and place.end <= each.right.span[0])
    return min(hits, key=lambda each: each.span[1] - each.span[0], default=None)


def _taken(text: str, place: Place, relation: Relation) -> Outcome:
    if relation.sure:
        return Outcome(place, "read", "")
    if has_other_arithmetic(text):
        return Outcome(place, "abstained", "the step speaks of another arithmetic")
    if surroundings(text).doubts(*relation.span):
        return Outcome(place, "abstained", "asked, supposed, refuted or quoted")
    return Outcome(place, "abstained", "units, percent, a bare number to the left, or a doubtful edge")


def _left_out(place: Place) -> Outcome:
    """The reader says nothing of what it left out, so the reason is read off the shape."""
    pieces = (*place.left, *place.right)
    strange = next((piece for piece in pieces if piece.startswith("\\") and piece not in _ARITHMETIC), None)
    if strange is not None and strange[1:].isalpha():
        return Outcome(place, "unread", f"it has {strange}")
    if LETTER in pieces:
        return Outcome(place, "unread", "it has a name of one letter")
    if WORD in (place.left[:1] + place.right[:1]):
        return Outcome(place, "unread", "an operand is a word")
    if WORD in pieces:
        return Outcome(place, "abstained", "a word may belong to an operand")
    return Outcome(place, "unread", "it has only numbers and signs")
