"""One thing a rule found: its verdict, where it stands, and what a rater reads about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"
Span: TypeAlias = tuple[int, int]


class Verdict(StrEnum):
    """What a rule says of one claim.

    UNKNOWN means "looked and could not decide": it is never a pass and never a fail. SUSPICIOUS ranks an item
    for review and is never shown as an error. No finding at all means that no claim was made.
    """

    HOLDS = "holds"
    FAILS = "fails"
    SUSPICIOUS = "suspicious"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim, where it stands, and what a rule made of it."""

    verdict: Verdict
    span: Span
    """Start and end in code points: of the step's text when `step` is set, else of `Trace.text`."""
    message: str
    """One sentence a rater understands; never a step number, which the page adds."""
    step: int | None = None
    """0-based; None when the finding is about the whole response."""
    rule: str = ""
    version: int = 0
    """Rule and version are written by `check`; a rule leaves them alone."""
    evidence: Mapping[str, Json] = field(default_factory=dict)
    """Values, counterexample, `measured`, `wanted`, further `spans`, `reason` of an UNKNOWN."""
    repair: str | None = None
    """What to put in place of the span, where the right text is known."""
    carried: bool = False
    """Wrong only because an earlier wrong value was used correctly."""

    def stamped(self, *, rule: str, version: int, verdict: Verdict, evidence: Mapping[str, Json]) -> Finding:
        """The same finding with what `check` writes; quicker than `replace`, for it is done to every one."""
        return Finding(verdict, self.span, self.message, self.step, rule, version, evidence, self.repair, self.carried)

    def as_json(self) -> dict[str, Json]:
        """The finding as it stands in a findings file."""
        return {
            "rule": self.rule,
            "version": self.version,
            "verdict": self.verdict.value,
            "step": self.step,
            "span": list(self.span),
            "message": self.message,
            "evidence": self.evidence,
            "repair": self.repair,
            "carried": self.carried,
        }


def holds(span: Span, message: str, *, step: int | None = None, **evidence: Json) -> Finding:
    """A finding that the claim is true."""
    return Finding(Verdict.HOLDS, span, message, step, evidence=evidence)


def fails(span: Span, message: str, *, step: int | None = None, repair: str | None = None, **evidence: Json) -> Finding:
    """A finding that the claim is false, with the text that would make it true where that is known."""
    return Finding(Verdict.FAILS, span, message, step, repair=repair, evidence=evidence)


def suspicious(span: Span, message: str, *, step: int | None = None, **evidence: Json) -> Finding:
    """A finding that a person should look here; not an error."""
    return Finding(Verdict.SUSPICIOUS, span, message, step, evidence=evidence)


def unknown(span: Span, message: str, *, step: int | None = None, **evidence: Json) -> Finding:
    """A finding that the rule looked and could not decide; say why in `reason`."""
    return Finding(Verdict.UNKNOWN, span, message, step, evidence=evidence)
