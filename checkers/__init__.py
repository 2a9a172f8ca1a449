"""Checks of drafted reasoning and formats: text in, findings out. Usable without the rest of the product."""

from checkers.claim import AnswerClaim, CitesClaim, Claim, LetClaim, RelationClaim, StateClaim
from checkers.finding import Finding, Json, Span, Verdict
from checkers.trace import Constraint, Reference, Source, Step, Trace

__all__ = [
    "AnswerClaim",
    "CitesClaim",
    "Claim",
    "Constraint",
    "Finding",
    "Json",
    "LetClaim",
    "Reference",
    "RelationClaim",
    "Source",
    "Span",
    "StateClaim",
    "Step",
    "Trace",
    "Verdict",
]
