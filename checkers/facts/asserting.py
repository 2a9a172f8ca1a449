"""What a text asserts: sentences and clauses that say how something is, with the citations that stand on each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from checkers.facts.citing import MAX_KEYS, Citation, cited
from checkers.facts.masking import prose, without
from checkers.facts.mood import is_statement
from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget
from checkers.text.sentence import sentence_spans

MAX_ASSERTIONS = 5_000
LONG = 2_000
"""Characters of a sentence beyond which it is not cut into clauses."""
_MARKER = re.compile(r"[^\S\n]{0,12}(?:(?:[-*+•‣>]|[0-9]{1,3}[.)]|[A-Za-z][.)])[^\S\n]{1,4}){0,3}")
_HEADING = re.compile(
    r"[^\S\n]{0,3}#{1,6}[^\S\n]|[^\S\n]{0,3}(?:\*\*|__)[^\n*_]{1,120}(?:\*\*|__):?[^\S\n]*\Z|[^\S\n]*[|+=\-_*]{3}"
)
_LABEL = re.compile(r"(?:\*\*|__)?[^\n.!?:*_]{1,60}(?:\*\*|__)?:(?:\*\*|__)?[^\S\n]*\Z")
_CLAUSE = re.compile(
    r";[^\S\n]+(?:and |but |while |whereas |however, )?|,[^\S\n]+(?:and|but|while|whereas|so|yet)[^\S\n]+"
)
_SUBJECT = re.compile(
    r"(?:(?:the|a|an|its|their|his|her|this|these|those|it|they|he|she|there|we|each|some|most|many|all)\b|[A-Z])"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|did|do|can|could|will|would|may|might|must|should|shall|became|becomes|"
    r"began|begins|won|wins|lost|made|makes|gave|gives|took|takes|led|leads|held|holds|said|says|wrote|writes|came|comes|"
    r"went|goes|grew|grows|rose|rises|fell|falls|stood|stands|ran|runs|lies|lay|built|[a-z]{3,20}ed)\b"
)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A sentence or clause that can be true or false."""

    span: Span
    text: str
    """Its words; where a citation, code or a formula stands there are blanks, so that places stay the same."""
    citations: tuple[Citation, ...] = ()
    """Those in its sentence, and those right behind it."""


def assertions(text: str, budget: Budget = NO_BOUNDS) -> tuple[Assertion, ...]:
    """What the text asserts, in order, at most 5,000; without headings, questions, orders, wishes and greetings."""
    marks = cited(text, budget)
    plain = without(prose(text), [*(mark.span for mark in marks.citations), *marks.listed])
    sentences = [span for line in _lines(plain) for span in _sentences(plain, line)]
    found: list[Assertion] = []
    for sentence, standing in zip(sentences, _by_sentence(text, sentences, marks.citations), strict=True):
        budget.look()
        clauses = list(_clauses(plain, sentence))
        for (start, end), own in zip(clauses, _by_clause(clauses, standing), strict=True):
            if is_statement(plain[start:end]):
                found.append(Assertion((start, end), plain[start:end], own))
    return tuple(found[:MAX_ASSERTIONS])


def _lines(text: str) -> Iterator[Span]:
    """The lines that hold sentences, without the marks of lists and quotations in front of them."""
    start = 0
    for line in text.split("\n"):
        marker = _MARKER.match(line)
        if line.strip() and not _HEADING.match(line) and not _LABEL.fullmatch(line.strip()):
            yield start + (marker.end() if marker else 0), start + len(line)
        start += len(line) + 1


def _sentences(text: str, line: Span) -> Iterator[Span]:
    said = text[slice(*line)]
    cells = [match.span() for match in re.finditer(r"[^|]+", said)] if said.count("|") > 1 else [(0, len(said))]
    for first, last in cells:
        for start, end in sentence_spans(said[first:last]):
            yield line[0] + first + start, line[0] + first + end


def _by_sentence(text: str, sentences: list[Span], citations: tuple[Citation, ...]) -> list[tuple[Citation, ...]]:
    """For each sentence the citations in it or behind it; one that opens a line belongs to what follows it."""
    standing: list[list[Citation]] = [[] for _ in sentences]
    starts = [start for start, _ in sentences]
    for citation in citations:
        place = citation.span[0]
        at = bisect_right(starts, place) - 1
        line = text.rfind("\n", 0, place) + 1
        if at < 0 or starts[at] < line:
            end = text.find("\n", place)
            following = at + 1 < len(starts) and (end < 0 or starts[at + 1] < end)
            at = at + 1 if following else -1
        if at >= 0:
            standing[at].append(citation)
    return [tuple(each) for each in standing]


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence cut where a second clause with a subject and a verb of its own begins."""
    start, end = sentence
    for joint in _CLAUSE.finditer(text, start, end) if end - start <= LONG else ():
        behind = text[joint.end() : end]
        if _FINITE.search(text, start, joint.start()) and _SUBJECT.match(behind) and _FINITE.search(behind):
            yield start, joint.start()
            start = joint.end()
    yield start, end


def _by_clause(clauses: list[Span], marks: tuple[Citation, ...]) -> list[tuple[Citation, ...]]:
    """For each clause the citations in it; one that has none shares those of the next, `A is red and B is blue [1]`."""
    ends = [start for start, _ in clauses[1:]]
    own: list[list[Citation]] = [[] for _ in clauses]
    for mark in marks:
        own[bisect_right(ends, mark.span[0])].append(mark)
    for at in range(len(clauses) - 2, -1, -1):
        own[at] = own[at] or own[at + 1]
    return [tuple(each[:MAX_KEYS]) for each in own]
