"""What the reader of the checkers made of each sign of relation: the one file here that knows its inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from benchmarks.checkers.scan import Place
from checkers.formula.prose import Formula, formulas_in
from checkers.formula.tree import Chain, Node, Opaque, Unreadable, children, names

Class: TypeAlias = Literal["read", "open", "abstained", "unread"]
CLASSES: tuple[Class, ...] = ("read", "open", "abstained", "unread")

DELIBERATE = (
    "in two ways",
    "a factor or a function",
    "in words",
    "words belong",
    "is a word",
    "a statement stands",
    "a drawing",
)
"""Parts of the reasons for which the reader refuses what people read differently, what words say, and what is no
mathematics."""
_CLOSED = frozenset({"pi", "∞", "∅"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sign, and why it was left where it was."""

    place: Place
    kind: Class
    """`read` when both its sides are closed, `open` when a name is free in them, `abstained` when a side is words,
    dots or something else that is seen and not looked into, or can be read in two ways."""
    reason: str
    span: tuple[int, int]
    """The formula that it stands in; of the sign alone when it stands in none."""


def outcomes(text: str, found: Iterable[Place]) -> Iterator[Outcome]:
    """One outcome for each place, in order."""
    formulas = formulas_in(text)
    for place in found:
        formula = _around(formulas, place)
        if formula is None:
            yield Outcome(place, "unread", "it stands in no formula", (place.start, place.end))
        else:
            yield Outcome(place, *_class(formula, place), formula.span)


def _around(formulas: Sequence[Formula], place: Place) -> Formula | None:
    hits = (each for each in formulas if each.span[0] <= place.start and place.end <= each.span[1])
    return min(hits, key=lambda each: each.span[1] - each.span[0], default=None)


def _class(formula: Formula, place: Place) -> tuple[Class, str]:
    if isinstance(formula.node, Unreadable):
        reason = formula.node.reason
        return ("abstained" if any(part in reason for part in DELIBERATE) else "unread"), reason
    sides = _sides(formula.node, place)
    hidden = next((each.what for side in sides for each in _opaque(side)), None)
    if hidden is not None:
        return "abstained", f"{hidden} on one side"
    free = frozenset[str]().union(*map(names, sides)) - _CLOSED
    return ("open" if free else "read"), ""


def _sides(node: Node, place: Place) -> tuple[Node, ...]:
    """The two parts of the chain that the sign stands between; the whole when the sign is inside of a part."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Chain):
            for left, right in zip(here.parts, here.parts[1:], strict=False):
                if left.span[1] <= place.start and place.end <= right.span[0]:
                    return left, right
        waiting.extend(children(here))
    return (node,)


def _opaque(node: Node) -> Iterator[Opaque]:
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Opaque):
            yield here
        waiting.extend(children(here))
