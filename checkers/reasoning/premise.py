"""Formulas that a sentence takes as given: what it supposes, and what it gives as the reason of what it concludes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers.finding import Span
from checkers.reasoning.gist import terms_of

LEAST = 3
"""Terms of a formula that can be told from others: `x = 3`."""
_RELATIONS = frozenset({"=", "<", ">", "≤", "≥", "≠", "≈", "equiv"})
_SUPPOSING = re.compile(r"\b(?:assum(?:e|ing)|suppos(?:e|ing)|presum(?:e|ing)|let['’]?s\s+say)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r",\s|[.;](?=\s|$)|\b(?:then|and|to|so)\b")
_SINCE = re.compile(r"\b(?:since|because)\b", re.IGNORECASE)
_COMMA = re.compile(r",\s")


@dataclass(frozen=True, slots=True)
class Formal:
    """A formula by its terms alone, so that it is the same however it is set."""

    written: str
    """Its terms with blanks around each."""

    @property
    def is_relation(self) -> bool:
        """Whether it is long enough to be told from others and says how two things stand to each other."""
        terms = self.written.split()
        return len(terms) >= LEAST and not _RELATIONS.isdisjoint(terms[1:-1])

    def stands_in(self, other: Formal) -> bool:
        """Whether the other one has all of it in one stretch."""
        return bool(self.written) and self.written in other.written


@dataclass(frozen=True, slots=True)
class Reason:
    """`Since premise, conclusion.`"""

    premise: Formal
    conclusion: Formal
    span: Span
    """In the text that was read."""


def formal_of(text: str) -> Formal:
    """The terms of all formulas of a text, one behind the other."""
    terms = terms_of(text).formal
    return Formal(f" {' '.join(terms)} " if terms else "")


def assumed(sentence: str) -> Formal | None:
    """The relation that the sentence supposes first; None where it supposes none."""
    found = _SUPPOSING.search(sentence)
    if found is None:
        return None
    end = _CLAUSE_END.search(sentence, found.end())
    formal = formal_of(sentence[found.end() : end.start() if end else len(sentence)])
    return formal if formal.is_relation else None


def reason_in(sentence: str, at: int = 0) -> Reason | None:
    """The premise and conclusion of `Since P, C` or of `C, since P` where both are relations; `at` moves the span."""
    found = _SINCE.search(sentence)
    if found is None:
        return None
    before, behind = sentence[: found.start()], sentence[found.end() :]
    comma = _COMMA.search(behind)
    front = formal_of(before)
    if front.is_relation:
        premise, conclusion = formal_of(behind), front
    elif comma is not None:
        premise, conclusion = formal_of(behind[: comma.start()]), formal_of(behind[comma.end() :])
    else:
        return None
    if not premise.is_relation or not conclusion.is_relation:
        return None
    return Reason(premise, conclusion, (at, at + len(sentence)))
