"""Checks of drafted reasoning and formats: text in, findings out. Usable without the rest of the product."""

from checkers.answers import final_answer, same_answer
from checkers.claim import AnswerClaim, CitesClaim, Claim, LetClaim, RelationClaim, StateClaim
from checkers.demands import Contradiction, contradictions, demands_in, with_demands
from checkers.edit import BadEdit, Edit
from checkers.facts.support import Support, support
from checkers.finding import Finding, Json, Span, Verdict
from checkers.jsonline import BadRecord
from checkers.limits import Limits
from checkers.reasoning.substance import Substance, substance
from checkers.recheck import recheck
from checkers.record import trace_of
from checkers.registry import UnknownRule, all_rules, rule, set_rule
from checkers.run import Report, check
from checkers.setcheck import Judged, SetChanged, Whole, check_set
from checkers.sets import BadTerms, Member, Share, Sweep, Table, Terms, Unread, members_of_lines, members_of_records
from checkers.trace import About, Constraint, Reference, Source, Step, Trace

__all__ = [
    "About",
    "AnswerClaim",
    "BadEdit",
    "BadRecord",
    "BadTerms",
    "CitesClaim",
    "Claim",
    "Constraint",
    "Contradiction",
    "Edit",
    "Finding",
    "Json",
    "Judged",
    "LetClaim",
    "Limits",
    "Member",
    "Reference",
    "RelationClaim",
    "Report",
    "SetChanged",
    "Share",
    "Source",
    "Span",
    "StateClaim",
    "Step",
    "Substance",
    "Support",
    "Sweep",
    "Table",
    "Terms",
    "Trace",
    "UnknownRule",
    "Unread",
    "Verdict",
    "Whole",
    "all_rules",
    "check",
    "check_set",
    "contradictions",
    "demands_in",
    "final_answer",
    "members_of_lines",
    "members_of_records",
    "recheck",
    "rule",
    "same_answer",
    "set_rule",
    "substance",
    "support",
    "trace_of",
    "with_demands",
]
