"""Brackets within brackets, and quotes within quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checkers import params
from checkers.counted import Bounds, counted
from checkers.finding import Finding, Span
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_OPENED_BY = {closing: opening for opening, closing in _CLOSED_BY.items()}
_CURLY = {"“": '"', "„": '"', "«": '"', "‘": "'", "‚": "'", "‹": "'", "”": '"', "»": '"', "’": "'", "›": "'"}
_OPENING = set("“„«‘‚‹")
_BEFORE_A_QUOTE = set("([{-–—/:=*_")
_BRACKET = re.compile(r"[()\[\]{}]")
_QUOTE = re.compile(f"[\"'{''.join(_CURLY)}]")


@constraint(version=1)
def brackets(trace: Trace, asked: Constraint) -> Finding:
    """Brackets, round, square or curly, are nested at least `min` and at most `max` deep.

    What counts is brackets that are closed; one that has no partner, as in "1)", is passed over.
    """
    params.refuse_unknown(asked, "min", "max")
    bounds = Bounds.of(asked)
    deepest = _deepest(_bracket_signs(trace.text), alternating=False)
    return counted(deepest.span or (0, len(trace.text)), deepest.levels, bounds, "level")


@constraint(version=1)
def quotes(trace: Trace, asked: Constraint) -> Finding:
    """Quotes stand within quotes at least `min` and at most `max` levels deep, double and single ones by turns.

    Straight or curly; an apostrophe is none, and what is opened must be closed.
    """
    params.refuse_unknown(asked, "min", "max")
    bounds = Bounds.of(asked)
    deepest = _deepest(_quote_signs(trace.text), alternating=True)
    return counted(deepest.span or (0, len(trace.text)), deepest.levels, bounds, "level")


@dataclass(frozen=True, slots=True)
class _Sign:
    at: int
    kind: str
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Nest:
    """A place where something was opened, and the deepest of what was closed in it."""

    kind: str = ""
    at: int = 0
    levels: int = 0
    span: Span | None = None
    inner: str = ""

    def take(self, kind: str, levels: int, span: Span | None) -> None:
        """What was closed in here, if nothing before it was as deep."""
        if levels > self.levels:
            self.inner, self.levels, self.span = kind, levels, span


def _deepest(signs: Iterator[_Sign], *, alternating: bool) -> _Nest:
    opened = [_Nest()]
    waiting: Counter[str] = Counter()
    for sign in signs:
        # A single quote may be an apostrophe: it closes nothing but what was opened last.
        if sign.closes and waiting[sign.kind] and (sign.kind != "'" or opened[-1].kind == "'"):
            _close(opened, waiting, sign, alternating=alternating)
        elif sign.opens:
            opened.append(_Nest(sign.kind, sign.at))
            waiting[sign.kind] += 1
    while len(opened) > 1:
        left = opened.pop()
        opened[-1].take(left.inner, left.levels, left.span)
    return opened[0]


def _close(opened: list[_Nest], waiting: Counter[str], sign: _Sign, *, alternating: bool) -> None:
    """Close the last open one of this kind; what was opened in it and has no partner is forgotten."""
    while True:
        last = opened.pop()
        waiting[last.kind] -= 1
        if last.kind == sign.kind:
            break
        opened[-1].take(last.inner, last.levels, last.span)
    if alternating and last.inner == sign.kind:
        opened[-1].take(last.inner, last.levels, last.span)
    else:
        opened[-1].take(sign.kind, last.levels + 1, (last.at, sign.at + 1))


def _bracket_signs(text: str) -> Iterator[_Sign]:
    for match in _BRACKET.finditer(text):
        sign = match[0]
        yield _Sign(match.start(), _OPENED_BY.get(sign, sign), opens=sign in _CLOSED_BY, closes=sign in _OPENED_BY)


def _quote_signs(text: str) -> Iterator[_Sign]:
    """Each quote, with what it can do where it stands; an apostrophe within a word is left out."""
    end, behind_opening = -1, True
    for match in _QUOTE.finditer(text):
        at, sign = match.start(), match[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if at != end:
            behind_opening = not before.strip() or before in _BEFORE_A_QUOTE
        end, kind = at + 1, _CURLY.get(sign, sign)
        if kind == "'" and not behind_opening and after.isalnum() and before.isalnum():
            continue
        if sign in _CURLY:
            behind_opening = sign in _OPENING
        yield _Sign(at, kind, opens=behind_opening, closes=not behind_opening or not after.strip())
