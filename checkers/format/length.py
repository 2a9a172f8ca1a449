"""How long a response is: words, sentences, paragraphs, characters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from unicodedata import category

from checkers import params
from checkers.counted import Bounds, counted
from checkers.finding import Finding, Verdict
from checkers.registry import constraint
from checkers.text.paragraph import divided_spans, paragraph_counts
from checkers.text.sentence import sentence_counts, sentence_spans
from checkers.text.word import word_counts, word_spans
from checkers.trace import Constraint, Trace

_JOINED = frozenset({"Mn", "Me", "Mc", "Cf"})
_JOINER = "\u200d"
"""Joins two signs to one."""
_TONES = frozenset("🏻🏼🏽🏾🏿")


@constraint(version=2)
def words(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` words.

    A word is what stands between blanks and has a letter or digit in it: "don't" and "well-known" are one each. Where a
    script sets no blanks, each of its characters may be a word; when that leads to different verdicts it is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds = Bounds.of(asked)
    fewest, largest = word_counts(trace.text)
    if fewest == largest:
        excess = word_spans(trace.text) if bounds.high is not None and fewest > bounds.high else ()
        return counted(_whole(trace), fewest, bounds, "word", places=excess)
    found = counted(_whole(trace), (fewest, largest), bounds, "word")
    if found.verdict is not Verdict.UNKNOWN:
        return found
    message = "This text is in a script that sets no blanks between words."
    return replace(found, message=message, evidence={**found.evidence, "reason": "no blanks between words"})


@constraint(version=2)
def sentences(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` sentences; code has none.

    Where a full stop may end a sentence or an abbreviation, or a line may be a heading, both counts are taken; when
    they lead to different verdicts the constraint is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds = Bounds.of(asked)
    fewest, largest = sentence_counts(trace.text)
    if fewest == largest and bounds.high is not None and fewest > bounds.high:
        return counted(_whole(trace), fewest, bounds, "sentence", places=sentence_spans(trace.text))
    return counted(_whole(trace), (fewest, largest), bounds, "sentence")


@constraint(version=1)
def paragraphs(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` paragraphs.

    Blank lines part them, or lines that are `divider` and nothing else. Where blank lines do, a heading or a list may
    be counted or not; where a divider also stands within a line, the same. When that leads to different verdicts the
    constraint is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent", "divider")
    bounds, divider = Bounds.of(asked), params.text(asked, "divider")
    if divider is None:
        return counted(_whole(trace), paragraph_counts(trace.text), bounds, "paragraph")
    found = divided_spans(trace.text, divider.strip())
    inside = divided_spans(trace.text, divider.strip(), within_lines=True)
    if len(inside) == len(found):
        return counted(_whole(trace), len(found), bounds, "paragraph", places=found)
    counts = min(len(found), len(inside)), max(len(found), len(inside))
    return counted(_whole(trace), counts, bounds, "paragraph")


@constraint(version=1)
def characters(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` characters, blanks between words included.

    Signs that join to one that is seen (an accent by itself, the parts of an emoji) may be counted as one or each; when
    that leads to different verdicts it is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds = Bounds.of(asked)
    said = trace.text.strip()
    start = trace.text.find(said)
    excess = [(start + bounds.high, start + len(said))] if bounds.high is not None and len(said) > bounds.high else []
    seen = _seen(said)
    found = counted(_whole(trace), len(said) if seen == len(said) else (seen, len(said)), bounds, "character")
    if not excess or found.verdict is not Verdict.FAILS:
        return found
    return replace(found, span=excess[0], evidence={**found.evidence, "spans": [list(excess[0])]})


def _seen(text: str) -> int:
    """The fewest signs that a reader may count: marks and joined parts are of the sign before them."""
    if text.isascii():
        return len(text)
    signs = Counter(text)
    joined = sum(number for sign, number in signs.items() if category(sign) in _JOINED or sign in _TONES)
    flags = sum(number for sign, number in signs.items() if "\U0001f1e6" <= sign <= "\U0001f1ff")
    return max(1, len(text) - joined - signs[_JOINER] - flags // 2)


def _whole(trace: Trace) -> tuple[int, int]:
    return 0, len(trace.text)
