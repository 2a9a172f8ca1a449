"""One constraint as it is decided: by a rule of our own, or also by the reference of its suite, strictly or loosely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from checkers.finding import Finding, Verdict, unknown
from checkers.instructions import Instruction, instruction_of, variants
from checkers.instructions.instruction import Unrepeatable
from checkers.params import BadParams, Impossible
from checkers.registry import Decide
from checkers.trace import Constraint, Trace

Reading: TypeAlias = Literal["fixed", "compat"]

_THOUGHT = "</think>"


@dataclass(frozen=True, slots=True)
class Demanded:
    """A constraint of the item, and the constraint of our own that says what it means."""

    given: Constraint
    own: Constraint
    """The given one itself where it is no instruction of a suite, or one that cannot be read."""
    instruction: Instruction | None = None
    wrong: BadParams | None = None
    """Why its kwargs could not be read."""


def demanded(given: Constraint) -> Demanded:
    """The constraint with what it means; an `ifeval/…` or `ifbench/…` one is translated."""
    found = instruction_of(given.name)
    if found is None:
        return Demanded(given, given)
    try:
        meant = found.meant(given.params)
    except BadParams as wrong:
        return Demanded(given, given, found, wrong)
    if given.span is not None or given.origin != meant.origin:
        meant = replace(meant, origin=given.origin, span=given.span)
    return Demanded(given, meant, found)


def decided(trace: Trace, asked: Demanded, decide: Decide, *, reading: Reading, loose: bool) -> Finding:
    """The verdict on the constraint; raises BadParams, and whatever the rule raises.

    `fixed` is what the constraint means, `compat` what the reference of its suite says; a constraint of our own has one
    reading. `loose` also takes a response that holds without its frame or emphasis.
    """
    if asked.wrong is not None:
        raise asked.wrong
    if reading == "compat" and asked.instruction is not None:
        return _by_reference(trace, asked, asked.instruction, decide, loose=loose)
    found = decide(trace, asked.own)
    return found if found.verdict is Verdict.HOLDS or not loose else _loosely(trace, asked.own, decide, found)


def _loosely(trace: Trace, own: Constraint, decide: Decide, found: Finding) -> Finding:
    for what, text in _others(trace.text):
        again = decide(_of_text(trace, text), own)
        if again.verdict is Verdict.HOLDS:
            # Its places are those of another text, so that only the whole is pointed at.
            return Finding(Verdict.HOLDS, (0, len(trace.text)), f"It holds {what}.", evidence={"loose": what})
    return found


def _by_reference(trace: Trace, asked: Demanded, instruction: Instruction, decide: Decide, *, loose: bool) -> Finding:
    own = _tried(decide, trace, asked.own)
    text = _without_thought(trace.text)
    whole = (0, len(trace.text))
    try:
        tries = [text, *(said for _, said in _others(text))] if loose else [text]
        holds = any(instruction.follows(said, asked.given.params) for said in tries)
    except Unrepeatable as error:
        return unknown(whole, f"The reference draws {error} at random.", reason="the reference draws at random")
    verdict = Verdict.HOLDS if holds else Verdict.FAILS
    if own is not None and own.verdict is verdict:
        return own
    said = "holds" if holds else "fails"
    return Finding(verdict, whole, f"By the reading of the reference this {said}.", evidence=_fixed(own))


def _fixed(own: Finding | None) -> dict[str, str]:
    return {} if own is None else {"fixed": own.verdict.value, "means": own.message}


def _tried(decide: Callable[[Trace, Constraint], Finding], trace: Trace, own: Constraint) -> Finding | None:
    try:
        return decide(trace, own)
    except Impossible:
        return None  # the reference has a verdict of its own on it
    except BadParams:
        raise
    except Exception:  # noqa: BLE001  (the reference may still decide; what it cannot, it raises itself)
        return None


def _without_thought(text: str) -> str:
    """What the reference looks at: the text behind its thinking, without blanks around it."""
    said = text.strip()
    if _THOUGHT in said:
        return said.split(_THOUGHT, 1)[1].strip()
    return "" if said.startswith("<think>") else said


def _others(text: str) -> list[tuple[str, str]]:
    return [(what, said) for what, said in variants(text) if said != text and said.strip()]


def _of_text(trace: Trace, text: str) -> Trace:
    return replace(trace, response=text, steps=(), answer=None, _memo={}, _read={})
