"""A response that fills in a template."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers import params
from checkers.counted import spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.limits import OverLimit
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_TEMPLATE = 10_000
MAX_WORK = 20_000_000
"""Characters of the text times words of the template."""

_PLACE = re.compile(r"\[[^\[\]\n]{1,200}\]|\{[^{}\n]{1,200}\}|<[^<>\n]{1,200}>")
_EMPHASIS = " \t\r\n*_#>`"


@dataclass(frozen=True, slots=True)
class _Part:
    """A place of the template, and the fixed words behind it."""

    place: str
    """As it is written, "[answer]"; empty in front of the first words."""
    words: tuple[str, ...]


@constraint(version=1)
def fill(trace: Trace, asked: Constraint) -> Finding:
    """The response is `template` with each place, as "[answer]", filled in.

    Its words stand in their order with nothing in front of the first; blanks and emphasis are no matter. A place may be
    marked by [ ], { } or < >, and is not filled while its mark still stands.
    """
    params.refuse_unknown(asked, "template")
    parts = _parts(asked)
    if len(trace.text) * sum(len(part.words) + 1 for part in parts) > MAX_WORK:
        raise OverLimit("the template is too long for so long a text")
    at, filled = 0, list[Span]()
    for part in parts:
        found = _find(trace.text, part, at)
        if found is None:
            message = f"“{_short(' '.join(part.words))}” is missing, or not where the template has it."
            return fails((0, len(trace.text)), message, measured=len(filled), wanted=len(parts))
        wrong = _misfilled(trace.text[at : found[0]], part.place)
        if wrong:
            return fails((at, found[0]), wrong, measured=len(filled), wanted=len(parts), spans=spans_of(filled))
        filled.append((at, found[0]))
        at = found[1]
    return holds((0, len(trace.text)), "The template is filled in.", measured=len(parts), spans=spans_of(filled))


def _parts(asked: Constraint) -> list[_Part]:
    template = params.text(asked, "template", most=MAX_TEMPLATE)
    if template is None or not _PLACE.search(template):
        raise BadParams("the parameter 'template' must have places to fill in, as in “Answer: [answer]”")
    places = ["", *_PLACE.findall(template)]
    said = [tuple(words.split()) for words in _PLACE.split(template)]
    parts = [_Part(place, words) for place, words in zip(places, said, strict=True)]
    # Of places side by side nobody can say where one ends: they are filled as one.
    return [part for at, part in enumerate(parts) if part.words or at in (0, len(parts) - 1)]


def _find(text: str, part: _Part, start: int) -> Span | None:
    """Where the words stand next, with any blanks and emphasis between them."""
    if not part.words:
        return (len(text), len(text)) if part.place else (0, 0)
    found = re.compile(r"[\s*_]+".join(map(re.escape, part.words))).search(text, start)
    return found.span() if found else None


def _misfilled(said: str, place: str) -> str:
    inside = said.strip(_EMPHASIS)
    if not place:
        return "Something stands in front of the template." if inside else ""
    if not inside:
        return f"Nothing stands in the place of “{place}”."
    return f"“{place}” is not filled in." if place in inside else ""


def _short(said: str) -> str:
    return said if len(said) <= 60 else said[:60] + "…"
