"""Texts that are to be said again: whole, in part, or with another first word."""

from __future__ import annotations

import re
from typing import Literal

from checkers import params
from checkers.finding import Finding, fails, holds, unknown
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_COPIED = 50_000
_UNITS = ("words", "characters")
_FRAME = (("“", "”"), ('"', '"'), ("'", "'"), ("«", "»"), ("```", "```"), ("`", "`"), ("**", "**"), ("*", "*"))
_SIGNS = re.compile(r"\W+")


@constraint(version=1)
def sentence(trace: Trace, asked: Constraint) -> Finding:
    """The response is `text` and nothing else; case, blanks, quotes around it and its last stop are no matter."""
    params.refuse_unknown(asked, "text")
    wanted = _text(asked)
    said = (_words(text.rstrip(". ")) for text in (trace.text.strip(), _unframed(trace.text)))
    return _same(trace, wanted, is_same=_words(wanted.rstrip(". ")) in said)


@constraint(version=1)
def first_word_changed(trace: Trace, asked: Constraint) -> Finding:
    """The response is `text` with another first word; blanks and quotes around it are no matter.

    A first word that only has another case or other signs is not another one.
    """
    params.refuse_unknown(asked, "text")
    wanted, said, whole = _text(asked).split(), trace.text.split(), (0, len(trace.text))
    said = said if said[1:] == wanted[1:] else _unframed(trace.text).split()
    if not said or said[1:] != wanted[1:]:
        same = next((at for at, (one, two) in enumerate(zip(wanted[1:], said[1:], strict=False)) if one != two), None)
        place = "" if same is None else f" from “{_short(wanted[same + 1])}” on"
        message = f"Behind its first word it is not the text{place}."
        return fails(whole, message, measured=len(said), wanted=len(wanted))
    if _SIGNS.sub("", said[0].casefold()) == _SIGNS.sub("", wanted[0].casefold()):
        return fails(whole, "The first word was not changed.", measured=_short(said[0]))
    return holds(whole, f"“{_short(said[0])}” stands in place of “{_short(wanted[0])}”.", measured=_short(said[0]))


@constraint(version=1)
def span(trace: Trace, asked: Constraint) -> Finding:
    """The response is the part of `text` from index `start` to index `end`, both included, counted from 0.

    `unit` is words, parted by blanks, or characters; where it is not given the prompt says, and words unless it does.
    Case, blanks and quotes around it are no matter.
    """
    params.refuse_unknown(asked, "text", "start", "end", "unit")
    text, start, end = _text(asked), params.count(asked, "start"), params.count(asked, "end")
    if start is None or end is None or start > end:
        raise BadParams("'start' and 'end' must be given, and in order")
    wanted = _part(text, start, end, _unit(trace, asked))
    if not wanted.strip():
        message = "The text ends before this part of it begins."
        return unknown((0, len(trace.text)), message, reason="no such part", wanted=[start, end])
    return _same(trace, wanted, is_same=_words(wanted) in (_words(_unframed(trace.text)), _words(trace.text)))


def _part(text: str, start: int, end: int, unit: Literal["words", "characters"]) -> str:
    return text[start : end + 1].strip() if unit == "characters" else " ".join(text.split()[start : end + 1])


def _unit(trace: Trace, asked: Constraint) -> Literal["words", "characters"]:
    given = params.choice(asked, "unit", _UNITS)
    said = given or ("characters" if "character ind" in trace.prompt.lower() else "words")
    return "characters" if said == "characters" else "words"


def _same(trace: Trace, wanted: str, *, is_same: bool) -> Finding:
    whole = (0, len(trace.text))
    if is_same:
        return holds(whole, "It is this text and nothing else.", wanted=_short(wanted))
    message = "It is not this text alone."
    return fails(whole, message, repair=wanted, measured=_short(trace.text.strip()), wanted=_short(wanted))


def _text(asked: Constraint) -> str:
    found = params.text(asked, "text", most=MAX_COPIED)
    if found is None:
        raise BadParams("the parameter 'text' must be what is to be copied")
    return found.strip()


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _unframed(text: str) -> str:
    """The text without the quotes or the emphasis around all of it."""
    said = text.strip()
    for opening, closing in _FRAME:
        inside = said[len(opening) : len(said) - len(closing)]
        if len(said) > len(opening) + len(closing) and said.startswith(opening) and said.endswith(closing):
            return inside.strip() if opening not in inside else said
    return said


def _short(said: str) -> str:
    return said if len(said) <= 60 else said[:60] + "…"
