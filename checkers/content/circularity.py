"""Steps that go back: said before, checked before, or resting on what they are to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from checkers.finding import Finding, Json, Span, suspicious
from checkers.reasoning import turns
from checkers.reasoning.gist import Terms, likeness, terms_of
from checkers.reasoning.move import Move, moves
from checkers.reasoning.premise import Formal, assumed, formal_of, reason_in
from checkers.registry import rule
from checkers.text.sentence import sentence_spans
from checkers.trace import Trace

LEAST_FORMAL = 6
"""Terms of a formula that nobody writes twice by chance."""
LEAST_WORDS = 5
FORMAL_LIKENESS, WORD_LIKENESS = 0.6, 0.85
LOOKS_BACK = 100
"""Steps in which an earlier one is looked for."""
CLOSING = 2
"""Moves at the end in which a check is the usual proof of the answer."""
MAX_SUPPOSED = 50
_DENIALS = frozenset(
    {"not", "no", "never", "cannot", "isn't", "doesn't", "can't", "don't", "aren't", "won't", "without"}
)


@rule(version=1, scope="trace")
def repeated(trace: Trace) -> Iterator[Finding]:
    """No step says again what an earlier step says, up to wording and the way numbers are written.

    The last step may repeat the result; questions and short remarks are left alone.
    """
    told = trace.once(moves)
    for at, move in enumerate(told[:-1]):
        trace.budget.look()
        if move.is_question or not _says_enough(move):
            continue
        for earlier in told[max(0, at - LOOKS_BACK) : at]:
            if not earlier.is_question and _is_same(move.terms, earlier.terms):
                yield _found(move, "This says again what an earlier step says: nothing is new in it.", earlier)
                break


@rule(version=1, scope="trace")
def rechecked(trace: Trace) -> Iterator[Finding]:
    """No step on the way checks again what is already settled, without a doubt before or a correction after it.

    Silent for the check of the answer at the end, for a first test of candidates or conditions, and where the prompt
    itself asks for a proof. A recheck need not be wrong: it is work that leads nowhere.
    """
    told = trace.once(moves)
    if turns.asks_for_proof(trace.prompt):
        return
    for at, move in enumerate(told[: -CLOSING if len(told) > CLOSING else 0]):
        trace.budget.look()
        if at == 0 or not turns.opens_check(move.text):
            continue
        around = told[max(0, at - 1) : at + 3]
        place = next((span for span, said in _sentences(move) if turns.is_recheck(said)), None)
        if place is not None and not any(turns.corrects(each.text) for each in around):
            new = move.terms.numbers - _numbers_before(trace.prompt, told, at)
            score = 0.9 if not new else 0.7
            yield suspicious(
                place,
                "This checks again what an earlier step has settled."
                if not new
                else "This checks what needs no check.",
                step=move.step,
                score=score,
            )


@rule(version=1, scope="trace")
def circular(trace: Trace) -> Iterator[Finding]:
    """Nothing is shown by supposing it: no step assumes the result, or takes an assumption as confirmed by itself.

    Also: two formulas are not each the reason of the other. Silent where the prompt asks for a proof or speaks of
    assumptions, and for induction, contradiction and what goes without loss of generality.
    """
    told = trace.once(moves)
    if turns.asks_for_proof(trace.prompt) or any(turns.is_method(move.text) for move in told):
        return
    yield from _reasons_in_circles(trace, told)
    yield from _supposed_and_shown(trace, told)


def _reasons_in_circles(trace: Trace, told: Sequence[Move]) -> Iterator[Finding]:
    known: dict[tuple[Formal, Formal], Move] = {}
    for move in told:
        trace.budget.look()
        for span, said in _sentences(move) if turns.gives_reason(move.text) else ():
            reason = reason_in(said)
            if reason is None:
                continue
            if reason.premise == reason.conclusion:
                yield suspicious(span, "This gives as the reason what it concludes.", step=move.step, score=0.9)
            elif (reason.conclusion, reason.premise) in known:
                earlier = known[reason.conclusion, reason.premise]
                message = "This concludes what an earlier step took as the reason for the same thing."
                yield _pointing(span, message, move, earlier, 0.9)
            known.setdefault((reason.premise, reason.conclusion), move)


def _supposed_and_shown(trace: Trace, told: Sequence[Move]) -> Iterator[Finding]:
    last: Move | None = None
    written: list[Formal] | None = None
    asked = formal_of(trace.prompt)
    supposing = (
        at for at, move in enumerate(told) if turns.supposes(move.text) or turns.speaks_of_assumption(move.text)
    )
    for at in islice(supposing, MAX_SUPPOSED):
        trace.budget.look()
        move = told[at]
        if written is None:
            written = [formal_of(each.text) for each in told]
        for span, said in _sentences(move):
            found = _shown(span, said, move, last) or _comes_back(span, said, at, told, written, asked)
            if found is not None:
                yield found
            if turns.supposes(said):
                last = move


def _shown(span: Span, said: str, move: Move, last: Move | None) -> Finding | None:
    if turns.assumes_the_result(said):
        return suspicious(span, "This takes for given what is to be found.", step=move.step, score=0.9)
    if turns.settles_by_supposing(said):
        return suspicious(span, "This supposes what it is to verify.", step=move.step, score=0.8)
    if last is not None and turns.confirms_supposition(said) and not turns.refutes(said):
        message = "This takes an assumption as shown because what follows from it agrees with it."
        return _pointing(span, message, move, last, 0.8)
    return None


def _comes_back(
    span: Span, said: str, at: int, told: Sequence[Move], written: Sequence[Formal], asked: Formal
) -> Finding | None:
    """A supposed formula that is later stated as found, nothing being refuted on the way."""
    formula = assumed(said)
    if formula is None or formula.stands_in(asked):
        return None
    later = range(at + 1, len(told))
    if any(turns.refutes(told[each].text) for each in later):
        return None
    for each in later:
        if formula.stands_in(written[each]) and turns.concludes(told[each].text):
            message = "What is supposed here is later stated as found, with nothing to show it but the assumption."
            return _pointing(span, message, told[at], told[each], 0.7)
    return None


def _says_enough(move: Move) -> bool:
    """Whether it is no rule of a table, no short remark, and no line of a formula that is set in several."""
    terms = move.terms
    is_said = bool(terms.words) or (move.step is not None and "=" in terms.formal)
    return is_said and terms.whole and (len(terms.formal) >= LEAST_FORMAL or len(terms.words) >= LEAST_WORDS)


def _is_same(one: Terms, other: Terms) -> bool:
    """Whether both have one formula and the words of one are among the other's, none of them denying it."""
    if one.formal != other.formal or one.words & _DENIALS != other.words & _DENIALS:
        return False
    if not (one.words <= other.words or other.words <= one.words):
        return False
    least = FORMAL_LIKENESS if len(one.formal) >= LEAST_FORMAL else WORD_LIKENESS
    return likeness(one.words, other.words) >= least


def _numbers_before(prompt: str, told: Sequence[Move], at: int) -> frozenset[str]:
    return terms_of(prompt).numbers.union(*(each.terms.numbers for each in told[:at]))


def _sentences(move: Move) -> Iterator[tuple[Span, str]]:
    first = move.span[0]
    for start, end in sentence_spans(move.text):
        yield (first + start, first + end), move.text[start:end]


def _found(move: Move, message: str, earlier: Move) -> Finding:
    return _pointing(move.span, message, move, earlier, 0.9)


def _pointing(span: Span, message: str, move: Move, other: Move, score: float) -> Finding:
    there: dict[str, Json] = {"step": other.step, "span": list(other.span)}
    return suspicious(span, message, step=move.step, other=there, score=score)
