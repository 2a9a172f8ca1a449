"""Capitals and small letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from checkers import params
from checkers.counted import MAX_SPANS, Bounds, counted, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.registry import constraint
from checkers.text.in_language import in_language
from checkers.text.word import word_spans, words_of
from checkers.trace import Constraint, Trace

_RUN = re.compile(r"\S+")


@constraint(version=1)
def upper(trace: Trace, asked: Constraint) -> Finding:
    """Every letter that has a capital is one, and the text is in `language` where that is given."""
    return _cased(trace, asked, str.upper, "capital")


@constraint(version=1)
def lower(trace: Trace, asked: Constraint) -> Finding:
    """No letter is a capital, and the text is in `language` where that is given."""
    return _cased(trace, asked, str.lower, "small")


@constraint(version=1)
def capital_words(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` words are in capitals throughout: NASA, COVID-19.

    A word of one letter, as I or A, may be counted or not; when that leads to different verdicts it is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds, text = Bounds.of(asked), trace.text
    whole, said = (0, len(text)), [word for word in words_of(text) if word.isupper()]
    short = sum(len(word) == 1 or sum(map(str.isalpha, word)) == 1 for word in said)
    if short:
        return counted(whole, (len(said) - short, len(said)), bounds, "word in capitals", many="words in capitals")
    beyond = bounds.high is not None and len(said) > bounds.high
    found = [(start, end) for start, end in word_spans(text) if text[start:end].isupper()] if beyond else ()
    return counted(whole, len(said), bounds, "word in capitals", many="words in capitals", places=found)


def _cased(trace: Trace, asked: Constraint, change: Callable[[str], str], kind: str) -> Finding:
    params.refuse_unknown(asked, "language")
    language, text = params.text(asked, "language"), trace.text
    wanted, whole = change(text), (0, len(text))
    spoken = None if language is None else in_language(trace, language)
    if text == wanted:
        if spoken is not None:
            return spoken
        return holds(whole, f"All letters are {kind} ones.")
    found = _wrong_words(text, change)
    message = f"“{text[slice(*found[0])][:40]}” is not all in {kind} letters." if found else "Not all letters are."
    # With another language, or none that can be told, other letters would not make it hold.
    mends = (spoken is None or spoken.verdict == "holds") and change(wanted) == wanted
    return fails(whole, message, repair=wanted if mends else None, measured=len(found), wanted=0, spans=spans_of(found))


def _wrong_words(text: str, change: Callable[[str], str]) -> Sequence[Span]:
    wrong = (match.span() for match in _RUN.finditer(text) if change(match[0]) != match[0])
    return list(islice(wrong, MAX_SPANS))
