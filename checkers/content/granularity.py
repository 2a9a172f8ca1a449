"""Steps that do too much at once, and steps that do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from checkers.claims.results import Result, results
from checkers.finding import Finding, Json, suspicious
from checkers.reasoning.gist import terms_of
from checkers.reasoning.move import Move, moves
from checkers.reasoning.premise import formal_of
from checkers.reasoning.stride import is_filler, omits, operations, pace_for, waves
from checkers.registry import rule
from checkers.text.sentence import sentence_spans
from checkers.trace import Trace

TIMES_USUAL = 2.0
"""How often the usual number of operations of the same trace a jump has."""
LEAST_IDLE = 2
OPENING = 2
"""Steps at the start that may say what the problem says."""
LEAST_RESTATED = 5
"""Terms of a step that restates the problem."""
RESTATED = 0.9
_STOPS = (".", "!")
"""What ends in a colon or in nothing leads on to a formula."""


@rule(version=1, scope="trace")
def jump(trace: Trace) -> Iterator[Finding]:
    """No step leaps over several operations: from a long calculation to its result, or past work it says it omits.

    How many are several depends on the difficulty and the domain of the item, and on what the other steps do at once:
    three for an easy problem, seven for a hard one; one less where calculating is taught, two more in physics.
    """
    told = trace.once(moves)
    if not told:
        return
    pace = pace_for(trace.about.difficulty, trace.about.domain)
    yield from _leaps(trace.once(results), pace.operations)
    for move in told:
        trace.budget.look()
        skipped = omits(move.text)
        if skipped is None and not pace.may_wave:
            skipped = waves(move.text)
        if skipped is not None:
            first = move.span[0]
            span = (first + skipped[0], first + skipped[1])
            yield suspicious(span, "Work is left out here that the reader would have to do.", step=move.step, score=0.8)


@rule(version=1, scope="trace")
def idle(trace: Trace) -> Iterator[Finding]:
    """Few steps do nothing: remarks without content, or the problem said again in the middle of its solution.

    Single remarks are a manner of speaking: they are told when they are a good part of the steps, less of an easy
    problem than of a hard one.
    """
    told = trace.once(moves)
    asked = _Asked(trace.prompt)
    found = [(move, message) for at, move in enumerate(told) if (message := _idleness(move, at, len(told), asked))]
    share = len(found) / len(told) if told else 0.0
    if len(found) < LEAST_IDLE or share < pace_for(trace.about.difficulty, trace.about.domain).idle:
        return
    first, why = found[0]
    spans: list[Json] = [[move.step, *move.span] for move, _ in found]
    message = f"{len(found)} of {len(told)} steps do nothing, this one first: {why}."
    yield suspicious(first.span, message, step=first.step, score=round(share, 2), idle=spans)


class _Asked:
    """The problem by its sentences."""

    def __init__(self, prompt: str) -> None:
        self.formal = formal_of(prompt)
        self.sentences = [terms_of(prompt[start:end]).words for start, end in sentence_spans(prompt)[:100]]

    def says(self, move: Move) -> bool:
        """Whether one of its sentences has nearly all words of the move, and it has all of its formulas."""
        terms = move.terms
        if terms.size < LEAST_RESTATED or len(terms.words) < LEAST_RESTATED - 1:
            return False
        if terms.formal and not formal_of(move.text).stands_in(self.formal):
            return False
        return any(len(terms.words & words) >= RESTATED * len(terms.words) for words in self.sentences)


def _leaps(found: Sequence[Result], most: int) -> Iterator[Finding]:
    counted = [(each, operations(each.before)) for each in found]
    for at, (each, count) in enumerate(counted):
        if count <= most:
            continue
        usual = median([other for place, (_, other) in enumerate(counted) if place != at] or [0])
        if count > TIMES_USUAL * usual and not each.statement.doubts:
            message = f"{count} operations are done at once here, without what comes out in between."
            yield suspicious(each.span, message, step=each.step, measured=count, wanted=most, score=0.7)


def _idleness(move: Move, at: int, count: int, asked: _Asked) -> str:
    if at == count - 1 or not move.terms.whole:
        return ""
    is_whole = move.text.rstrip().endswith(_STOPS) or (move.step is not None and move.text.rstrip()[-1:].isalpha())
    if is_whole and not move.terms.formal and is_filler(move.terms.words) and any(map(str.isalpha, move.text)):
        return "it has no content of its own"
    if at >= OPENING and asked.says(move):
        return "it says only what the problem says"
    return ""
