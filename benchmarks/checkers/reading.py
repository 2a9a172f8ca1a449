"""What the reader of the checkers made of each sign of relation: the one file here that knows its inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from benchmarks.checkers.scan import Place
from checkers.claims.statement import Relation
from checkers.claims.statements import statements_in
from checkers.formula.prose import Formula, formulas_in
from checkers.formula.tree import Unreadable

Class: TypeAlias = Literal["read", "open", "abstained", "unread"]
CLASSES: tuple[Class, ...] = ("read", "open", "abstained", "unread")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sign, and why it was left where it was."""

    place: Place
    kind: Class
    """`read` has no free names and is asserted; `open` has; `abstained` may not be asserted, or has a frayed edge."""
    reason: str


def outcomes(text: str, found: Iterable[Place]) -> Iterator[Outcome]:
    """One outcome for each place, in order."""
    relations = [relation for statement in statements_in(text) for relation in statement.relations]
    formulas = formulas_in(text)
    for place in found:
        relation = _at(relations, place)
        yield _left_out(place, formulas) if relation is None else _taken(place, relation)


def _at(relations: Sequence[Relation], place: Place) -> Relation | None:
    hits = (each for each in relations if each.left.span[1] <= place.start and place.end <= each.right.span[0])
    return min(hits, key=lambda each: each.span[1] - each.span[0], default=None)


def _taken(place: Place, relation: Relation) -> Outcome:
    if relation.doubts:
        return Outcome(place, "abstained", relation.doubts[0])
    return Outcome(place, "read" if relation.is_closed else "open", "")


def _left_out(place: Place, formulas: Sequence[Formula]) -> Outcome:
    """A formula that was read and has no statement here was broken off at this edge."""
    for formula in formulas:
        if formula.span[0] <= place.start and place.end <= formula.span[1]:
            if isinstance(formula.node, Unreadable):
                return Outcome(place, "unread", formula.node.reason)
            return Outcome(place, "abstained", "a word may belong to an operand")
    return Outcome(place, "unread", "no formula was found around it")
