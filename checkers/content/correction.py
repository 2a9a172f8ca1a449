"""Self-corrections: a wrong result, its recognition, its correction, and the corrected value used afterwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from checkers.claims.results import Result, results
from checkers.finding import Finding, suspicious
from checkers.reasoning.correcting import REACH, Recognition, has_something, is_same_claim, recognitions
from checkers.reasoning.gist import terms_of
from checkers.reasoning.move import Move, moves
from checkers.registry import rule
from checkers.trace import Trace

_Texts: TypeAlias = Mapping[int | None, str]
LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A calculation whose result was taken back, with both results."""

    wrong: Fraction
    right: Fraction
    at: int
    """The index of the move that has the right one."""


@rule(version=1, scope="trace")
def shape(trace: Trace) -> Iterator[Finding]:
    """A self-correction is whole: something wrong, its recognition, another result in its place, and that one used.

    The missing part is named. What is taken back in this way is no error of the trace.
    """
    told = trace.once(moves)
    found = recognitions(told)
    if not found:
        return
    worked = _by_move(told, trace.once(results))
    texts = dict(trace.pieces())
    for each in found:
        trace.budget.look()
        missing = _missing(each, told)
        if missing:
            yield suspicious(each.span, missing, step=told[each.at].step, score=0.8)
            continue
        exchange = _exchange(each, worked, texts)
        if exchange is not None:
            yield from _used(exchange, trace, told)


def _missing(each: Recognition, told: Sequence[Move]) -> str:
    before = [move.text for move in told[max(0, each.at - REACH) : each.at]] + [each.before]
    if not any(map(has_something, before)):
        return "A mistake is recognised, but nothing stands before it that could be the wrong result."
    behind = [each.behind] + [move.text for move in told[each.at + 1 : each.at + 1 + REACH]]
    if not any(map(has_something, behind)):
        return "A mistake is recognised, but no correction follows."
    said = next(text for text in behind if has_something(text))
    if any(is_same_claim(said, earlier) for earlier in before):
        return "A mistake is recognised, but what follows says the same again."
    return ""


def _by_move(told: Sequence[Move], found: Sequence[Result]) -> Mapping[int, Sequence[Result]]:
    """The results by the index of their move."""
    grouped: dict[int, list[Result]] = {}
    starts = [move.span[0] for move in told]
    for result in found:
        at = result.step if result.step is not None else bisect_right(starts, result.span[0]) - 1
        grouped.setdefault(at, []).append(result)
    return grouped


def _exchange(each: Recognition, worked: Mapping[int, Sequence[Result]], texts: _Texts) -> _Exchange | None:
    """The calculation that has one result before the recognition and another one behind it."""
    near = [(at, one) for at in range(each.at - REACH, each.at + REACH + 1) for one in worked.get(at, ())]
    before = [one for at, one in near if (at, one.span[0]) < (each.at, each.span[0])]
    behind = [(at, one) for at, one in near if (at, one.span[0]) >= (each.at, each.span[0])]
    for at, right in behind:
        for wrong in reversed(before):
            if wrong.said != right.said and _calculation(wrong, texts) == _calculation(right, texts):
                return _Exchange(wrong.said, right.said, at)
    return None


def _calculation(result: Result, texts: _Texts) -> tuple[str, ...]:
    start, end = result.calculation.span
    return terms_of(texts[result.step][start:end]).formal


def _used(exchange: _Exchange, trace: Trace, told: Sequence[Move]) -> Iterator[Finding]:
    """What goes on with the wrong result behind its correction, where the right one is never used."""
    wrong, right = _written(exchange.wrong), _written(exchange.right)
    later = told[exchange.at + 1 :]
    if not wrong or not right or wrong in terms_of(trace.prompt).numbers:
        return
    said = terms_of(trace.answer or "").numbers.union(*(move.terms.numbers for move in later))
    if wrong not in said or right in said:
        return
    message = f"{wrong} was taken back, and {right} put in its place; but the text goes on with {wrong}."
    for move in later:
        if wrong in move.terms.numbers:
            yield suspicious(move.span, message, step=move.step, score=0.9, wrong=wrong, right=right)
            return
    last = told[-1]
    yield suspicious(last.span, message, step=last.step, score=0.9, wrong=wrong, right=right)


def _written(value: Fraction) -> str:
    """The value as it stands among the numbers of a step; empty for one that is no whole number or short decimal."""
    if value < 0:
        return ""
    if value.denominator == 1:
        return str(value.numerator)
    thousandths = value * 1000
    return f"{float(value):.3f}".rstrip("0") if thousandths.denominator == 1 and value < LARGEST else ""
