"""One change of a trace: steps in a row that give way to others, another text, another answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal, TypeAlias

from checkers.finding import Finding, Span
from checkers.trace import Step, Trace


class _Kept(Enum):
    KEPT = "kept"


KEPT = _Kept.KEPT
"""Stands for a text that an edit leaves alone, which None would not: a trace may have no answer."""
Text: TypeAlias = str | None | Literal[_Kept.KEPT]


class BadEdit(ValueError):
    """An edit that points outside of the trace it is for."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The steps from `start` up to `end` give way to `steps`; response and answer change where they are given.

    Make one by its name below. A step whose words are changed loses its claim, which was about the old ones, and keeps
    its id; of two steps that are joined or parted, the first keeps the id.
    """

    start: int = 0
    end: int = 0
    steps: tuple[Step, ...] = ()
    response: Text = KEPT
    answer: Text = KEPT

    @classmethod
    def replacing(cls, index: int, step: Step) -> Edit:
        """Another step in place of this one."""
        return cls(index, index + 1, (step,))

    @classmethod
    def inserting(cls, index: int, step: Step) -> Edit:
        """A new step in front of this one; behind all of them when `index` is their number."""
        return cls(index, index, (step,))

    @classmethod
    def deleting(cls, index: int) -> Edit:
        """One step less."""
        return cls(index, index + 1)

    @classmethod
    def splitting(cls, trace: Trace, index: int, *, at: int) -> Edit:
        """Two steps out of one, the second from its character `at` on."""
        step = _step(trace, index)
        _refuse_outside((at, at), step.text)
        return cls(index, index + 1, (_worded(step, step.text[:at]), Step(step.text[at:])))

    @classmethod
    def merging(cls, trace: Trace, index: int, *, joint: str = " ") -> Edit:
        """One step out of this and the next, with `joint` between their texts."""
        first, second = _step(trace, index), _step(trace, index + 1)
        return cls(index, index + 2, (_worded(first, first.text + joint + second.text),))

    @classmethod
    def answering(cls, answer: str | None) -> Edit:
        """Another answer, or none."""
        return cls(answer=answer)

    @classmethod
    def rewriting(cls, trace: Trace, span: Span, text: str, *, step: int | None) -> Edit:
        """Other words in place of a span of a step, or of the response when `step` is None."""
        if step is not None:
            old = _step(trace, step)
            return cls.replacing(step, _worded(old, _spliced(old.text, span, text)))
        if trace.response is None:
            raise BadEdit("this trace has no response of its own: say which step to rewrite")
        return cls(response=_spliced(trace.response, span, text))

    @classmethod
    def repairing(cls, trace: Trace, finding: Finding) -> Edit:
        """The finding's repair put in place."""
        if finding.repair is None:
            raise BadEdit("this finding has no repair")
        return cls.rewriting(trace, finding.span, finding.repair, step=finding.step)

    @classmethod
    def between(cls, before: Trace, after: Trace) -> Edit:
        """The least edit that makes the steps, response and answer of one trace those of the other."""
        old, new = before.steps, after.steps
        most = min(len(old), len(new))
        front = next((index for index in range(most) if old[index] != new[index]), most)
        back = next((index for index in range(most - front) if old[-1 - index] != new[-1 - index]), most - front)
        return cls(
            start=front,
            end=len(old) - back,
            steps=new[front : len(new) - back],
            response=KEPT if before.response == after.response else after.response,
            answer=KEPT if before.answer == after.answer else after.answer,
        )

    def applied(self, trace: Trace) -> Trace:
        """The trace as it is after this edit; raises BadEdit when it has no such steps."""
        if not 0 <= self.start <= self.end <= len(trace.steps):
            raise BadEdit(f"there are no steps {self.start} to {self.end} among {len(trace.steps)}")
        return replace(
            trace,
            steps=(*trace.steps[: self.start], *self.steps, *trace.steps[self.end :]),
            response=trace.response if self.response is KEPT else self.response,
            answer=trace.answer if self.answer is KEPT else self.answer,
            _memo={},
        )


def _step(trace: Trace, index: int) -> Step:
    if not 0 <= index < len(trace.steps):
        raise BadEdit(f"there is no step {index} among {len(trace.steps)}")
    return trace.steps[index]


def _worded(step: Step, text: str) -> Step:
    return step if text == step.text else Step(text, step.id)


def _spliced(old: str, span: Span, text: str) -> str:
    _refuse_outside(span, old)
    return old[: span[0]] + text + old[span[1] :]


def _refuse_outside(span: Span, text: str) -> None:
    if not 0 <= span[0] <= span[1] <= len(text):
        raise BadEdit(f"there are no characters {span[0]} to {span[1]} in a text of {len(text):,}")
