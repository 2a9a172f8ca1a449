"""Sentences that begin with the letters of the alphabet in order."""

from __future__ import annotations

import string

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.text.sentence import sentence_counts, sentence_spans
from checkers.trace import Constraint, Trace

_OPENED, _CLOSED = "“", "”"


@constraint(version=1)
def sentences(trace: Trace, asked: Constraint) -> Finding:
    """The response has 26 sentences whose first letters are a to z in order.

    Direct speech is part of its sentence, and quotes or emphasis in front of a letter are no matter. Where a stop may
    be that of an abbreviation and the letters do not fit, the constraint is unknown.
    """
    params.refuse_unknown(asked)
    found = _whole_sentences(trace.text)
    said = [_first_letter(trace.text[start:end]) for start, end in found]
    whole, wanted = (0, len(trace.text)), list(string.ascii_lowercase)
    if said == wanted:
        return holds(whole, "26 sentences, from A to Z.", measured=len(found), wanted=26)
    # A stop that was passed over can only add a sentence: what is there must be in order already.
    could_be = said[:1] == ["a"] and said == sorted(set(said) & set(wanted))
    if could_be and len(found) < 26 <= len(found) + _doubtful_stops(trace.text):
        message = "A stop in it may be that of an abbreviation, or end a sentence."
        return unknown(whole, message, reason="several counts", measured=len(found), wanted=26)
    broken = [span for span, letter, right in zip(found, said, wanted, strict=False) if letter != right]
    if broken:
        right = wanted[found.index(broken[0])].upper()
        return fails(
            broken[0], f"This sentence should begin with {right}.", measured=len(found), spans=spans_of(broken)
        )
    return fails(whole, f"{amount(len(found), 'sentence')}, 26 wanted.", measured=len(found), wanted=26)


def _whole_sentences(text: str) -> list[Span]:
    """The sentences, with those put together that direct speech or a small letter in front shows to be one."""
    found: list[Span] = []
    straight = curly = False
    for start, end in sentence_spans(text):
        said = text[start:end]
        goes_on = (
            straight or curly or (bool(found) and text[found[-1][1] - 1] in "\"”'’" and said.lstrip("*_")[:1].islower())
        )
        if found and goes_on:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
        straight ^= bool(said.count('"') % 2)
        if _OPENED in said or _CLOSED in said:
            curly = said.rfind(_OPENED) > said.rfind(_CLOSED)
    return found


def _doubtful_stops(text: str) -> int:
    fewest, largest = sentence_counts(text)
    return largest - fewest


def _first_letter(said: str) -> str:
    return next((sign for sign in said.casefold() if sign.isalnum()), "")
