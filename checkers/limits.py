"""How much work a check may do. Counted in text and findings, so that verdicts do not depend on load."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one check; beyond them a rule's finding is `unknown`, with the bound as its reason."""

    max_text: int = 200_000
    """Characters of response, steps and answer together."""
    max_steps: int = 2_000
    max_findings: int = 1_000
    """Of one rule; what it found before is kept."""
    max_constraints: int = 200
    """Of one item; those beyond are `unknown`."""
    seconds: float = 20.0
    """A backstop between rules: whatever has not begun by then is `unknown` and must not be cached."""


class OverLimit(Exception):
    """Raised by a rule that would have to do more work than it may."""
