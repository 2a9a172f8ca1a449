"""Every closed relation of a trace with what recalculation says of it, for all rules that build on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checkers.claims.closed import Judgement, judged
from checkers.claims.statement import Relation, Statement
from checkers.claims.statements import statements
from checkers.limits import NO_BOUNDS, Budget, OverLimit, Work
from checkers.trace import Trace


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation between numbers, and what came of it."""

    relation: Relation
    text: str
    """Of its step."""
    said: Judgement | None
    """None where nothing certain is asserted."""
    excess: str = ""
    """Why it was not judged: the bound that its step has reached."""


def judgements(trace: Trace) -> Mapping[int, Judged]:
    """The closed relations in order, by the identity of the relation; ask for them by `trace.once(judgements)`.

    Each step has a bound of work of its own, so that what is said of a step does not depend on the others.
    """
    return judged_in(trace.once(statements), dict(trace.pieces()), trace.budget)


def judged_in(
    stated: Iterable[Statement], texts: Mapping[int | None, str], budget: Budget = NO_BOUNDS
) -> Mapping[int, Judged]:
    """The closed relations of these statements, by their identity; `texts` has the text of each step."""
    work: defaultdict[int | None, Work] = defaultdict(budget.work)
    found: dict[int, Judged] = {}
    for statement in stated:
        for relation in statement.relations:
            if relation.is_closed:
                budget.look()
                found[id(relation)] = _judged(relation, texts[relation.step], work[relation.step])
    return found


def _judged(relation: Relation, text: str, work: Work) -> Judged:
    try:
        return Judged(relation, text, judged(relation, text, work))
    except OverLimit as error:
        return Judged(relation, text, None, str(error))
