"""A rater's text as it comes from outside: bounded, with plain newlines, and tied to the steps it came from."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from checkers import Step
from copilot.errors import CopilotError
from copilot.model import Content

MAX_BYTES = 200_000
"""Of one text with all its steps, in UTF-8."""
MAX_STEPS = 2_000
MAX_REASON = 2_000
"""Characters of the reason for a decision."""


def settled(content: Content, *, known: tuple[Content, ...]) -> Content:
    """The text as it is stored: LF newlines, and an id on every step.

    A step keeps its id when one of the `known` texts (the draft, the text saved before) has it; with the text
    unchanged it keeps its claim too. A claim about other words is dropped: it would be checked against these.
    """
    _refuse_too_much(content)
    plain = Content(
        response=None if content.response is None else _lf(content.response),
        steps=tuple(replace(step, text=_lf(step.text)) for step in content.steps),
        answer=None if content.answer is None else _lf(content.answer),
    )
    before = {step.id: step for text in reversed(known) for step in text.steps}
    steps, taken = [], set[str]()
    for step in plain.steps:
        named = _named(step, before, taken)
        taken.add(named.id or "")
        steps.append(named)
    return replace(plain, steps=tuple(steps))


def _named(step: Step, before: dict[str | None, Step], taken: set[str]) -> Step:
    old = before.get(step.id)
    if old is None or step.id is None or step.id in taken:
        return replace(step, id=str(uuid4()))
    if step.claim is None and step.text == old.text:
        return replace(step, claim=old.claim)
    return step


def same_text(one: Content, other: Content) -> bool:
    """Whether a reader sees the same: ids and claims aside."""
    return _read(one) == _read(other)


def _read(content: Content) -> tuple[str, tuple[str, ...], str]:
    return content.response or "", tuple(step.text for step in content.steps), content.answer or ""


def refuse_empty(content: Content, *, draft: Content) -> None:
    """An accepted or edited text must be one, and of the draft's kind."""
    if not any(part.strip() for part in (content.response or "", *(step.text for step in content.steps))):
        raise CopilotError("the text is empty", hint="write it, or reject the draft with a reason")
    if bool(draft.steps) != bool(content.steps):
        raise CopilotError("a text with steps must stay one, and one without too", hint="reload the page and try again")


def reason_of(reason: str | None, *, wanted: bool) -> str | None:
    """The reason without surrounding space, or None; an error when it is wanted and missing, or too long."""
    given = _lf(reason or "").strip()
    if wanted and not given:
        raise CopilotError("a rejection needs a reason", hint="say in a few words what is wrong with the draft")
    if len(given) > MAX_REASON:
        raise CopilotError(f"the reason is over {MAX_REASON:,} characters", hint="make it shorter")
    return given or None


def _refuse_too_much(content: Content) -> None:
    if len(content.steps) > MAX_STEPS:
        raise CopilotError(f"the text has more than {MAX_STEPS:,} steps", hint="join or remove some")
    parts = (content.response or "", content.answer or "", *(step.text for step in content.steps))
    if sum(len(part.encode("utf-8", "surrogatepass")) for part in parts) > MAX_BYTES:
        raise CopilotError(f"the text is over {MAX_BYTES // 1000:,} kB", hint="make it shorter")


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
