"""Checks of drafted reasoning and formats: text in, findings out. Usable without the rest of the product."""

from checkers.answers import final_answer, same_answer
from checkers.claim import AnswerClaim, CitesClaim, Claim, LetClaim, RelationClaim, StateClaim
from checkers.edit import BadEdit, Edit
from checkers.finding import Finding, Json, Span, Verdict
from checkers.jsonline import BadRecord
from checkers.limits import Limits
from checkers.recheck import recheck
from checkers.record import trace_of
from checkers.registry import UnknownRule, all_rules, rule
from checkers.run import Report, check
from checkers.trace import About, Constraint, Reference, Source, Step, Trace

__all__ = [
    "About",
    "AnswerClaim",
    "BadEdit",
    "BadRecord",
    "CitesClaim",
    "Claim",
    "Constraint",
    "Edit",
    "Finding",
    "Json",
    "LetClaim",
    "Limits",
    "Reference",
    "RelationClaim",
    "Report",
    "Source",
    "Span",
    "StateClaim",
    "Step",
    "Trace",
    "UnknownRule",
    "Verdict",
    "all_rules",
    "check",
    "final_answer",
    "recheck",
    "rule",
    "same_answer",
    "trace_of",
]
