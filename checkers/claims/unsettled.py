"""Steps in which something is asserted that no rule decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkers.claims.statements import MAX_SIGNS, SIGNS, reading_of
from checkers.finding import Finding, Span, Verdict
from checkers.limits import Budget
from checkers.trace import Trace


def unsettled(trace: Trace, findings: Iterable[Finding]) -> frozenset[int | None]:
    """The steps, or None for the one text, where a relation stands that has no part which holds or fails.

    An equation that a rule could not read, had reason to doubt, or that is true only for some values of its names, is
    not settled: of such a step nobody can say that all of it was checked.
    """
    decided: dict[int | None, list[Span]] = {}
    for found in findings:
        if found.verdict in (Verdict.HOLDS, Verdict.FAILS):
            decided.setdefault(found.step, []).append(found.span)
    return frozenset(step for step, text in trace.pieces() if _is_open(trace, text, decided.get(step, ())))


def _is_open(trace: Trace, text: str, decided: Sequence[Span]) -> bool:
    if sum(map(text.count, SIGNS[:-1])) > MAX_SIGNS:
        return True
    read = trace.of_text(reading_of, text)
    spans = [relation.span for statement in read.statements for relation in statement.relations]
    return bool(read.unread) or not all(_is_among(span, decided, trace.budget) for span in spans)


def _is_among(span: Span, decided: Sequence[Span], budget: Budget) -> bool:
    budget.look()
    return any(_meet(span, each) for each in decided)


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[0] and other[1] <= one[1] or other[0] <= one[0] and one[1] <= other[1]
