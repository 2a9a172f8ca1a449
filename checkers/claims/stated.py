"""The final answer as a trace states it: where it stands, and what was worked out before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checkers.answers import answer_span
from checkers.claims.quantities import quantities
from checkers.claims.results import exact_value
from checkers.claims.statements import statements
from checkers.finding import Span
from checkers.formula.read import read
from checkers.formula.tree import Unreadable
from checkers.trace import Trace

MAX_ANSWER = 200
_LETTER = re.compile(r"\W*(?:\\(?:text|textbf|mathrm|boxed)\{\W*)*([A-J])\W*")


@dataclass(frozen=True, slots=True)
class Stated:
    """The answer field, else the last box, `####` or "answer is" of the steps or of the text."""

    step: int | None
    span: Span
    """In the text of the step."""
    text: str
    is_apart: bool = False
    """Whether it stands in a field of its own, behind all of the text."""

    @property
    def value(self) -> Fraction | None:
        """The one number that it is, its unit left out; None when it is something else."""
        node = read(self.text) if len(self.text) <= MAX_ANSWER else Unreadable("it is too long")
        if not isinstance(node, Unreadable):
            return exact_value(node)
        found = quantities(self.text[:MAX_ANSWER])
        return found[0].value if len(found) == 1 and not found[0].is_word and not found[0].others else None

    @property
    def letter(self) -> str | None:
        """The letter of a choice, where it is only that."""
        found = _LETTER.fullmatch(self.text) if len(self.text) <= MAX_ANSWER else None
        return found[1] if found else None


def stated(trace: Trace) -> Stated | None:
    """The answer field, else what the last step that states an answer says; ask for it by `trace.once(stated)`."""
    if trace.answer is not None and trace.answer.strip():
        core = answer_span(trace.answer) or (0, len(trace.answer))
        start = len(trace.text) - len(trace.answer) if trace.response is None else 0
        return Stated(None, (start, len(trace.text)), trace.answer[slice(*core)], is_apart=True)
    for step, text in reversed(list(trace.pieces())):
        span = answer_span(text)
        if span is not None:
            return Stated(step, span, text[slice(*span)])
    return None


def comes_before(step: int | None, start: int, answer: Stated) -> bool:
    """Whether what starts there stands before the end of the answer."""
    return answer.is_apart or (step or 0, start) < (answer.step or 0, answer.span[1])


def values_before(trace: Trace, answer: Stated) -> Iterator[Fraction]:
    """The numbers of the trace that stand before its answer: each that is written, and each that is worked out."""
    for step, text in trace.pieces():
        trace.budget.look()
        is_last = step == answer.step and not answer.is_apart
        for quantity in quantities(text[: answer.span[0] if is_last else len(text)]):
            yield from quantity.values
        if is_last:
            break
    for statement in trace.once(statements):
        if comes_before(statement.step, statement.span[0], answer):
            yield from (value for value in map(exact_value, statement.parts) if value is not None)
