"""The moves of a chain of thought: its steps, or the sentences of a text that is known to be one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from checkers.finding import Span
from checkers.limits import OverLimit
from checkers.reasoning.gist import Terms, terms_of
from checkers.text.sentence import sentence_spans
from checkers.trace import Trace

MAX_MOVES = 4_000
MAX_DRAWINGS = 50
COT = "cot"
_DRAWING = re.compile(
    r"\[asy\](?:(?!\[/asy\])[\s\S]){0,20000}|^[ \t]*```(?:(?!\n[ \t]*```)[\s\S]){0,20000}", re.MULTILINE
)
"""Code, of which no line is a sentence."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step, or one sentence of a text without steps."""

    step: int | None
    span: Span
    """In the text of the step, or of the trace where it has no steps."""
    text: str
    terms: Terms

    @property
    def is_question(self) -> bool:
        """Whether it only asks."""
        return self.text.rstrip().endswith("?")


def moves(trace: Trace) -> tuple[Move, ...]:
    """The moves of a chain of thought in order, none for any other text; ask for them by `trace.once(moves)`."""
    if trace.steps:
        return tuple(_moves(trace, [(index, (0, len(step.text)), step.text) for index, step in enumerate(trace.steps)]))
    if trace.about.task != COT:
        return ()
    text = trace.text
    drawn = [match.span() for match in islice(_DRAWING.finditer(text), MAX_DRAWINGS)]
    spans = [span for span in sentence_spans(text) if not any(start <= span[0] < end for start, end in drawn)]
    return tuple(_moves(trace, [(None, span, text[span[0] : span[1]]) for span in spans]))


def _moves(trace: Trace, found: Sequence[tuple[int | None, Span, str]]) -> list[Move]:
    if len(found) > MAX_MOVES:
        raise OverLimit(f"more than {MAX_MOVES:,} sentences")
    return [Move(step, span, text, terms_of(text)) for step, span, text in trace.budget.over(found)]
