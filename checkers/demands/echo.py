"""Demands to say the prompt, or a part of it, again, and to answer more than once."""

from __future__ import annotations

import re

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import number
from checkers.trace import Constraint

_TEXT = (
    r"(?:(?:exact |entire |whole |full ){0,2}(?:request|prompt|question|sentence|text|message|instructions?)(?: "
    r"itself)?)"
)
_CHANGED = re.compile(
    r"\bchang(?:e|ing)\s{1,4}(?:the|one|only|all|each|every)\b|\bparaphras|\bin your own words|\brephras", re.IGNORECASE
)
_REPEAT = r"\b(?:repeat|restate|copy|echo)"
_SIX = "******"


def _above(heard: Heard) -> Constraint | None:
    """What stands before the paragraph or line in which it is asked to repeat."""
    if _changes(heard):
        return None
    text = heard.request.prompt[: _line_start(heard)].strip()
    return _first(heard, text)


def _below(heard: Heard) -> Constraint | None:
    """What stands behind the first blank line after it."""
    gap = re.compile(r"\n\s*\n").search(heard.request.prompt, heard.span[1])
    return None if gap is None or _changes(heard) else _first(heard, heard.request.prompt[gap.end() :].strip())


def _quotation(heard: Heard) -> Constraint | None:
    return None if _changes(heard) else _first(heard, heard.text("quoted"))


def _first(heard: Heard, text: str) -> Constraint | None:
    return heard.asks("repeats.text_first", text=text) if len(text) > 2 and len(text) <= 10_000 else None


def _changes(heard: Heard) -> bool:
    near = heard.request.open[heard.span[0] : heard.span[1] + 400]
    return _CHANGED.search(re.sub(r"(?:without|not|n['’]t|no) (?:change|changing|any)[^.]{0,30}", "", near)) is not None


def _line_start(heard: Heard) -> int:
    """Where the instruction to repeat begins: its paragraph, or its line where the paragraph has one before."""
    prompt, at = heard.request.prompt, heard.span[0]
    paragraph = prompt.rfind("\n\n", 0, at)
    if paragraph >= 0:
        return paragraph
    line = prompt.rfind("\n", 0, at)
    return line if line >= 0 else heard.request.sentence(at)[0]


def _responses(heard: Heard) -> Constraint | None:
    count = number(heard.text("n"))
    return heard.asks("repeats.responses", count=count, separator=_SIX) if count == 2 else None


_MANY = (
    r"(?:different |short |distinct |separate |possible |funny |unique ){0,2}(?:responses|answers|versions"
    r"|poems|limericks|riddles|haikus|songs|stories|letters|essays|jokes|options|proposals|emails|itineraries"
    r"|drafts|tweets|slogans|replies|raps|summaries)"
)
_BETWEEN = r"[^\n]{0,400}?(?:separat|divid|split)[^\n]{0,120}?(?:\n[^\n]{0,60}){0,2}(?<!\*)\*{6}(?!\*)"

TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"{_REPEAT} the (?:exact |entire |whole ){{0,2}}(?:request|prompt|question|sentence|text|message) above\b",
        _above,
        on_a_part=True,
    ),
    Phrase(rf"{_REPEAT} the {_TEXT} below\b", _below, on_a_part=True),
    Phrase(
        rf"\b(?:before (?:you )?answer(?:ing)? (?:it|the following (?:request|question|prompt))|for the following "
        rf"(?:request|question|prompt)|first),? (?:please )?(?:just )?{_REPEAT.removeprefix(chr(92) + 'b')} (?:it"
        rf"|the (?:request|question|prompt) itself)\b(?! above)",
        _below,
        on_a_part=True,
    ),
    Phrase(
        rf"{_REPEAT} (?P<quoted><QUOTED>) (?:word for word|exactly|verbatim|without (?:any )?chang)",
        _quotation,
        on_a_part=True,
    ),
    Phrase(rf"\b(?P<n>two|2|three|3) {_MANY}\b{_BETWEEN}", _responses, on_a_part=True),
    Phrase(
        rf"\b(?:separat\w{{1,4}}|divid\w{{1,4}}|split) (?:your |the |these )?(?P<n>two|2|three|3) {_MANY} (?:with"
        rf"|by|using)[^\n]{{0,40}}\*{{6}}(?!\*)",
        _responses,
        on_a_part=True,
    ),
)
