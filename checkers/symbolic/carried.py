"""Steps that are right in themselves and wrong because an earlier wrong result was used in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from checkers.answers import answer_span
from checkers.claims.put_through import operands, rewritten, with_values
from checkers.claims.quantities import quantities
from checkers.claims.results import Result, exact_value, results
from checkers.finding import Finding, Json, Span, holds, suspicious
from checkers.formula.read import read
from checkers.formula.tree import Number
from checkers.formula.written import shown, written_like
from checkers.registry import rule
from checkers.trace import Trace

_USUAL = frozenset(map(Fraction, (0, 1, 2, 10, 100)))
"""Values that stand in too many places to say where they come from."""
MAX_ANSWER = 60


@dataclass(frozen=True, slots=True)
class _Correction:
    """What a wrong result should have been, and where the first error stands."""

    right: Fraction
    step: int | None
    span: Span

    @property
    def root(self) -> Json:
        return {"step": self.step, "span": list(self.span)}


@dataclass
class _Known:
    """The values met so far: those that came out wrong, and those that stand for something else too."""

    corrected: dict[Fraction, _Correction] = field(default_factory=dict)
    rights: dict[Fraction, Fraction] = field(default_factory=dict)
    """The wrong result for each right one."""
    settled: set[Fraction] = field(default_factory=set)
    told: list[tuple[int | None, Span]] = field(default_factory=list)
    """Where a calculation was told to be carried."""

    def used(self, result: Result) -> dict[Fraction, _Correction]:
        """The wrong results that the calculation takes up; one that stands there twice may be meant once only."""
        if not self.corrected:
            return {}
        counts = Counter(value for _, value in operands(result.calculation))
        return {
            value: self.corrected[value] for value, count in counts.items() if count == 1 and value in self.corrected
        }

    def correct(self, wrong: Fraction, correction: _Correction) -> None:
        if wrong not in _USUAL and wrong not in self.settled and wrong != correction.right:
            self.corrected.setdefault(wrong, correction)
            self.rights.setdefault(correction.right, wrong)

    def settle(self, value: Fraction) -> None:
        self.settled.add(value)
        self.corrected.pop(value, None)


@rule(version=2, scope="trace")
def value(trace: Trace) -> Iterator[Finding]:
    """A calculation, or the final answer, does not go on with an earlier result that is wrong.

    What is calculated rightly from a wrong number is suspicious and marked as carried: the error is in the earlier
    step, and the repair puts the right value through. Silent where the number may come from somewhere else.
    """
    known = _Known(settled={quantity.value for quantity in trace.of_text(quantities, trace.prompt)})
    texts = dict(trace.pieces())
    for result in trace.once(results):
        trace.budget.look()
        used = known.used(result)
        if used:
            yield from _carried(result, used, known, texts[result.step])
        elif result.is_wrong:
            known.correct(result.said, _Correction(result.right, result.step, result.span))
        elif not result.statement.doubts:
            yield from _taken_rightly(result, known)
            known.settle(result.said)
    yield from _answer(trace, known)


def _carried(result: Result, used: Mapping[Fraction, _Correction], known: _Known, text: str) -> Iterator[Finding]:
    first = min(used.values(), key=lambda each: (each.step or 0, each.span))
    instead = {wrong: correction.right for wrong, correction in used.items()}
    right = exact_value(with_values(result.calculation, instead))
    if right is None:
        return
    known.correct(result.said, _Correction(right, first.step, first.span))
    if result.statement.doubts or not result.is_right or right == result.said:
        return
    known.told.append((result.step, result.span))
    said = ", ".join(f"{shown(wrong)} (should be {shown(value)})" for wrong, value in sorted(instead.items()))
    found = suspicious(
        result.span,
        f"This is calculated rightly, but from a wrong earlier result: {said}. It should come to {shown(right)}.",
        step=result.step,
        left=shown(right),
        right=shown(result.said),
        root=first.root,
    )
    yield replace(found, carried=True, repair=rewritten(result, instead, right, text))


def _taken_rightly(result: Result, known: _Known) -> Iterator[Finding]:
    if not known.rights:
        return
    values = {value for _, value in operands(result.calculation)}
    for right in values & known.rights.keys() if result.is_right else ():
        correction = known.corrected.get(known.rights[right])
        if correction is not None:
            message = f"This goes on with {shown(right)}, not with the wrong {shown(known.rights[right])}."
            yield holds(result.span, message, step=result.step, root=correction.root)
            return


def _answer(trace: Trace, known: _Known) -> Iterator[Finding]:
    """The answer that is stated last, when it is a carried value; what is calculated there was judged before."""
    if not known.corrected:
        return
    stated = ((step, text, answer_span(text)) for step, text in reversed(list(trace.pieces())))
    step, text, span = next((each for each in stated if each[2] is not None), (None, "", None))
    if span is None or span[1] - span[0] > MAX_ANSWER:
        return
    said = text[slice(*span)]
    node = read(said)
    is_told = any(place == step and start <= span[0] and span[1] <= end for place, (start, end) in known.told)
    if not isinstance(node, Number) or is_told:
        return
    correction = known.corrected.get(node.value)
    mended = known.corrected.get(known.rights.get(node.value, node.value))
    if correction is not None and correction.step != step:
        yield _carried_answer(node, correction, span, said, step)
    elif mended is not None and mended.step != step:
        yield holds(span, f"This is {shown(node.value)}, not the wrong result before.", step=step, root=mended.root)


def _carried_answer(node: Number, correction: _Correction, span: Span, said: str, step: int | None) -> Finding:
    instead = written_like(correction.right, node, said)
    message = f"{shown(node.value)} comes from a wrong earlier result: it should be {shown(correction.right)}."
    found = suspicious(span, message, step=step, root=correction.root)
    repair = None if instead is None else said[: node.span[0]] + instead + said[node.span[1] :]
    return replace(found, carried=True, repair=repair)
