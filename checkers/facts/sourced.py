"""A response read against its item's sources: what it asserts, what it cites, and whether it was asked to cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checkers.facts.asserting import Assertion, assertions
from checkers.facts.citing import Cited, cited
from checkers.facts.shelf import Shelf, refuse_long
from checkers.trace import Source, Trace

_WORDS = r"(?:citations?|references|sources|footnotes?|bibliograph(?:y|ies)|links? to (?:the |your )?sources?)"
_CITED = (
    r"(?:sources?|references?|evidence|papers?|stud(?:y|ies)|literature|works|articles?|pages?|passages?|documents?)"
)
_ASKED = re.compile(
    r"\b(?:cit(?:e|ing) (?:[\w-]{1,20} ){0,4}" + _CITED + r"\b|cite (?:them|it|each|every|everything)\b|"
    r"with (?:[\w-]{1,20} ){0,3}" + _WORDS + r"\b|with reference(?=[.!\n]|\Z)|"
    r"(?:include|add|give|provide|list|name|state|use|link|show|mention) (?:[\w-]{1,20} ){0,4}" + _WORDS + r"\b|"
    r"back (?:up |it up |them up |each |every )?[^.\n]{0,40} with " + _WORDS + r"\b)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:no|without|do not|don['’]t|never|avoid|leave out|omit)\b[^.\n]{0,40}"
    r"\b(?:cit(?:e|ing|ations?)|references|footnotes?|sources)\b",
    re.IGNORECASE,
)
_INVENTED = re.compile(
    r"\b(?:poem|haiku|limerick|sonnet|song|lyrics|story|tale|fiction|novel|joke|riddle|slogan|tagline|dialogue|screenplay|"
    r"translate|translation|json|code|function|script)\b",
    re.IGNORECASE,
)
_MUCH = 20_000
"""Characters of a prompt in which a wish for citations is looked for, from its end."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A step, or the whole text with None."""

    step: int | None
    text: str
    cited: Cited
    assertions: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Sourced:
    """The pieces of a response, and the sources by what it may call them."""

    pieces: tuple[Piece, ...]
    shelf: Shelf

    def behind(self, piece: Piece, assertion: Assertion) -> list[Source]:
        """The sources that the assertion cites or names, each once; those that are not there are left out."""
        found = [source for mark in assertion.citations for source in self.shelf.of(mark)]
        found += self.shelf.mentioned(assertion.text)
        return [source for at, source in enumerate(found) if source not in found[:at]]


def sourced(trace: Trace) -> Sourced:
    """The response read; raises OverLimit when the sources are longer than a rule reads."""
    refuse_long(trace.sources)
    pieces = tuple(
        Piece(step, text, trace.of_text(cited, text), trace.of_text(assertions, text)) for step, text in trace.pieces()
    )
    return Sourced(pieces, Shelf(trace.sources, tuple(note for piece in pieces for note in piece.cited.notes)))


def is_asked_to_cite(prompt: str) -> bool:
    """Whether the prompt wants citations, in so many words."""
    told = prompt[-_MUCH:]
    return _ASKED.search(told) is not None and _REFUSED.search(told) is None


def wants_citations(trace: Trace) -> bool:
    """Whether facts of this response need a citation: it was asked to cite, or it was given sources to tell facts from.

    What is invented, translated or programmed from sources needs none, nor do the steps of a chain of thought.
    """
    if is_asked_to_cite(trace.prompt):
        return True
    told = trace.prompt[-_MUCH:]
    return bool(trace.sources) and not trace.steps and not _REFUSED.search(told) and not _INVENTED.search(told)


def unproven(trace: Trace) -> frozenset[int | None]:
    """The steps, or None for the one text, that assert something where sources are given: no rule decides facts."""
    return frozenset(_asserting(trace)) if trace.sources else frozenset()


def _asserting(trace: Trace) -> Iterator[int | None]:
    for step, text in trace.pieces():
        if trace.of_text(assertions, text):
            yield step
