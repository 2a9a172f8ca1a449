"""Claims that a text takes back later: it says that something was wrong, and puts another result in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import TypeAlias

from checkers.claims.statement import Statement
from checkers.finding import Span
from checkers.formula.tree import Name, Node, Number, bare, numbers

TAKEN_BACK = "taken back later"
REACH = 3
"""Steps behind the retraction in which the other result stands."""
AFTERWARDS = 120
"""Characters behind the other result in which the retraction may stand: `3 * 4 = 12, so the 13 was wrong`."""
MAX_RETRACTIONS = 20
MAX_ALIKE = 20
"""Results of one calculation that are compared."""

_Results: TypeAlias = dict[tuple[object, ...], list[tuple[int, Statement]]]

_RETRACTS = re.compile(
    r"\b(?:(?:wait\s*[,.!:—-]\s*(?:no,?\s+)?)?(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+"
    r"(?:wrong|incorrect|not\s+(?:right|correct)|a\s+mistake|an\s+error)"
    r"|i\s+(?:made|see|have\s+made|notice|found|spot)\s+(?:a|an|my|the)\s+(?:\w+\s+)?(?:mistake|error|slip)"
    r"|(?:there(?:['’]s|\s+is|\s+was)|we\s+made|made)\s+(?:a|an)\s+(?:\w+\s+)?(?:mistake|error|slip)\s+"
    r"(?:in|above|earlier|there|here)"
    r"|scratch\s+that|i\s+(?:miscalculated|misread|miscounted|misspoke)|i\s+was\s+wrong|my\s+mistake|oops"
    r"|(?:previous|earlier|last|above|first)\s+(?:step|result|value|calculation|claim|line|answer)\s+(?:of\s+\S{1,20}\s+)?"
    r"(?:is|was|must\s+be)\s+(?:wrong|incorrect|mistaken|not\s+(?:right|correct))"
    r"|let\s+me\s+(?:correct|fix|redo)\s+(?:that|this|it|the|my))\b"
    r"|\bwait\s*[,.!:—-]\s*(?:no\b|that|this\s+(?:is|can|does)|i\s|actually)",
    re.IGNORECASE,
)
# Not in so many words: another result of the same calculation behind them is what takes the first one back.
_REDOES = re.compile(
    r"\b(?:(?:re|double[-\s])-?check(?:ing|ed)?|verify\s+(?:that|this|it)|recalculat\w{1,5}|recomput\w{1,5}|recount\w{0,3}"
    r"|redo(?:ing|ne)?|check\s+(?:that|this|it)\s+again|actually)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|nothing|without|isn['’]t|wasn['’]t|if|whether)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}\Z", re.IGNORECASE
)


def retraction_in(text: str) -> Span | None:
    """The first words of a text that say that something before was wrong; None without any."""
    return next(iter(_retractions(text)), None)


def without_retracted(found: Sequence[Statement], texts: Mapping[int | None, str]) -> list[Statement]:
    """The statements, those doubted that are taken back and replaced; `texts` has the text of each step, in order."""
    places = {step: at for at, step in enumerate(texts)}
    taken = [(places[step], start) for step, text in texts.items() for start in _starts(text)]
    if not taken:
        return list(found)
    results: _Results = {}
    for each in found:
        for shape in _shapes(each):
            results.setdefault(shape, []).append((places[each.step], each))
    return [
        replace(each, told=(*each.told, TAKEN_BACK))
        if any(_is_replaced(places[each.step], each, results, back) for back in taken[:MAX_RETRACTIONS])
        else each
        for each in found
    ]


def _starts(text: str) -> list[int]:
    redone = [match.start() for match in islice(_REDOES.finditer(text), MAX_RETRACTIONS)]
    return sorted([*(start for start, _ in _retractions(text)), *redone])


def _is_replaced(at: int, wrong: Statement, results: _Results, back: tuple[int, int]) -> bool:
    if (at, wrong.span[1]) > back:
        return False
    for shape in _shapes(wrong):
        for place, other in results[shape][-MAX_ALIKE:]:
            is_behind = (place, other.span[0]) > (at, wrong.span[1])
            is_near = (place, other.span[1] + AFTERWARDS) >= back and place <= back[0] + REACH
            if is_behind and is_near and _said(other) != _said(wrong):
                return True
    return False


def _shapes(statement: Statement) -> frozenset[tuple[object, ...]]:
    """What the statement says a number for: names and calculations by their looks; nothing where no number is said."""
    return frozenset() if _said(statement) is None else frozenset(map(_shape, statement.parts[:-1]))


def _said(statement: Statement) -> Fraction | None:
    last = bare(statement.parts[-1])
    return last.value if isinstance(last, Number) else None


def _shape(node: Node) -> tuple[object, ...]:
    node = bare(node)
    return (node.name,) if isinstance(node, Name) else (type(node), *(number.value for number in numbers(node)))


def _retractions(text: str) -> Iterator[Span]:
    for match in _RETRACTS.finditer(text):
        if _DENIED.search(text[max(0, match.start() - 60) : match.start()]) is None:
            yield match.span()
