"""The final answer: against the reference, and against what the steps themselves arrive at."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checkers.answers import answer_span, same_answer
from checkers.claims.options import chosen_letter, options
from checkers.claims.quantities import quantities
from checkers.claims.results import exact_value, results
from checkers.claims.stated import Stated, comes_before, values_before
from checkers.claims.stated import stated as stated_answer
from checkers.claims.statements import statements
from checkers.finding import Finding, Span, Verdict, fails, holds, unknown
from checkers.formula.read import read
from checkers.formula.tree import Unreadable
from checkers.formula.written import decimal_places, shown
from checkers.registry import rule
from checkers.trace import Trace

MAX_QUOTED = 80
EXACT = Fraction(1, 10**6)
"""Share by which numbers of many digits may differ and be the same."""
MIN_STRANGE = 20
"""A smaller whole number may have been counted, or be a digit of something."""


@rule(version=2, scope="trace")
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
    verdict = same_answer(wanted, said, work=trace.budget.work())
    left, right = _short(said), _short(wanted)
    if verdict is Verdict.HOLDS:
        yield holds(span, "The final answer is the one in the reference.", left=left, right=right)
    elif verdict is Verdict.FAILS:
        yield fails(span, f"The final answer {left} differs from the reference.", left=left, right=right)
    else:
        message = "No rule can tell whether the answer is the same as the reference: you judge."
        yield unknown(span, message, reason="not comparable", left=left, right=right)


@rule(version=2, scope="trace")
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
            yield _agreement(step, span, text[slice(*span)], trace)
            return


@rule(version=1, scope="trace", measured=True)
def computed(trace: Trace) -> Iterator[Finding]:
    """The final answer is a number that the text comes to.

    It holds when the answer is the result of the last calculation. It fails when the answer is a number that stands
    nowhere before, neither written nor worked out nor rounded, in the text or in the prompt. Silent without
    calculations, on answers that are no number, and on small whole numbers, which may have been counted.
    """
    answer = trace.once(stated_answer)
    value = None if answer is None else answer.value
    before = [
        each for each in trace.once(results) if answer is not None and comes_before(each.step, each.span[0], answer)
    ]
    if answer is None or value is None or not before:
        return
    last = before[-1]
    if value == last.said:
        yield holds(answer.span, "The answer is what the last calculation comes to.", step=answer.step)
    elif _is_strange(value) and not _is_known(value, trace, answer):
        message = f"{_short(answer.text)} stands nowhere before: the last calculation comes to {shown(last.said)}."
        yield fails(answer.span, message, step=answer.step, left=shown(last.said), right=shown(value))


@rule(version=1, scope="trace", measured=True)
def option(trace: Trace) -> Iterator[Finding]:
    """The letter of the final answer is the choice with the value that the text comes to.

    The choices are read from the prompt. Silent where the value that is worked out last is none of theirs, or is
    that of several.
    """
    offered = options(trace.prompt)
    taken = _taken(trace) if offered else None
    letter = None if taken is None else taken.letter
    if taken is None or letter is None or letter not in offered:
        return
    value = _last_value(trace, taken)
    worth = {name: _value(text) for name, text in offered.items()}
    if value is None or worth[letter] is None or list(worth.values()).count(value) != 1:
        return
    right = next(name for name, each in worth.items() if each == value)
    if right == letter:
        yield holds(taken.span, f"{shown(value)} is choice {letter}.", step=taken.step)
    else:
        message = f"{shown(value)} is worked out, which is choice {right}, but {letter} is taken."
        yield fails(taken.span, message, step=taken.step, left=right, right=letter)


def _agreement(step: int | None, span: Span, said: str, trace: Trace) -> Finding:
    answer = trace.answer or ""
    verdict = same_answer(said, answer, work=trace.budget.work())
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


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MAX_QUOTED else plain[:MAX_QUOTED] + "…"


def _is_strange(value: Fraction) -> bool:
    return decimal_places(value) is not None and (value.denominator != 1 or abs(value) > MIN_STRANGE)


def _is_known(value: Fraction, trace: Trace, answer: Stated) -> bool:
    """Whether it stands before, or is one of those values rounded or as a percentage, or one operation away."""
    told = {each for quantity in trace.of_text(quantities, trace.prompt) for each in quantity.values}
    known = {abs(each) for each in (*told, *values_before(trace, answer))}
    size = abs(value)
    unit = max(Fraction(1, 10 ** (decimal_places(value) or 0)), size * EXACT)
    if any(abs(each * scale - size) < unit for each in known for scale in (1, 100, Fraction(1, 100))):
        return True
    # Such a step is often said in words: "twice as much", "the sum of both".
    sums = ({abs(size - each), size + each} for each in known)
    products = ({size * each, size / each, each / size} for each in known if each > 1)
    return any(not found.isdisjoint(known) for found in (*sums, *products))


def _taken(trace: Trace) -> Stated | None:
    """The answer that is the letter of a choice."""
    answer = trace.once(stated_answer)
    if answer is not None and answer.letter is not None:
        return answer
    step, text = list(trace.pieces())[-1]
    found = chosen_letter(text)
    return None if found is None else Stated(step, *found)


def _last_value(trace: Trace, taken: Stated) -> Fraction | None:
    """What the last statement before that place comes to."""
    before = [each for each in trace.once(statements) if comes_before(each.step, each.span[0], taken)]
    if not before or before[-1].doubts or before[-1].is_cut:
        return None
    return exact_value(before[-1].parts[-1])


def _value(text: str) -> Fraction | None:
    node = read(text)
    return None if isinstance(node, Unreadable) else exact_value(node)
