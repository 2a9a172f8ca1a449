"""The final answer: against the reference, and against what the steps themselves arrive at."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.answers import answer_span, same_answer
from checkers.finding import Finding, Span, Verdict, fails, holds, unknown
from checkers.registry import rule
from checkers.trace import Trace

MAX_QUOTED = 80


@rule(version=1, scope="trace")
def reference(trace: Trace) -> Iterator[Finding]:
    """The final answer is the one in the reference.

    The answer is the answer field, else the last box, `####` or "answer is" in the text. Without a reference
    answer the rule is silent; an answer that is missing, or that a person would have to compare, is unknown.
    """
    wanted = trace.reference.answer
    if wanted is None or not wanted.strip():
        return
    span = _given(trace)
    if span is None:
        whole = (0, len(trace.text))
        yield unknown(whole, "No final answer was found to compare with the reference.", reason="no answer")
        return
    said = trace.answer if trace.answer is not None else trace.text[slice(*span)]
    verdict = same_answer(wanted, _core(said))
    left, right = _short(said), _short(wanted)
    if verdict is Verdict.HOLDS:
        yield holds(span, "The final answer is the one in the reference.", left=left, right=right)
    elif verdict is Verdict.FAILS:
        yield fails(span, f"The final answer {left} differs from the reference.", left=left, right=right)
    else:
        message = "No rule can tell whether the answer is the same as the reference: you judge."
        yield unknown(span, message, reason="not comparable", left=left, right=right)


@rule(version=1, scope="trace")
def stated(trace: Trace) -> Iterator[Finding]:
    """The answer field says what the text states as its answer.

    Silent when there is no answer field, or the text states no answer in a box, after `####` or "answer is".
    """
    if trace.answer is None or not trace.answer.strip():
        return
    for step, text in reversed(list(trace.pieces())):
        if step is None and trace.response is None:
            return
        span = answer_span(text)
        if span is not None:
            yield _agreement(step, span, text[slice(*span)], trace.answer)
            return


def _agreement(step: int | None, span: Span, said: str, answer: str) -> Finding:
    verdict = same_answer(said, _core(answer))
    left, right = _short(said), _short(answer)
    if verdict is Verdict.HOLDS:
        return holds(span, "The answer given is the one stated here.", step=step, left=left, right=right)
    if verdict is Verdict.FAILS:
        return fails(span, f"{left} is stated here, but {right} is given.", step=step, left=left, right=right)
    message = "No rule can tell whether what is stated here is the final answer: you judge."
    return unknown(span, message, step=step, reason="not comparable", left=left, right=right)


def _given(trace: Trace) -> Span | None:
    """Where the final answer stands in the whole text."""
    if trace.answer is None:
        return answer_span(trace.text)
    if not trace.answer.strip():
        return None
    if trace.response is None:
        return len(trace.text) - len(trace.answer), len(trace.text)
    return answer_span(trace.text) or (0, len(trace.text))


def _core(answer: str) -> str:
    span = answer_span(answer)
    return answer if span is None else answer[slice(*span)]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MAX_QUOTED else plain[:MAX_QUOTED] + "…"
