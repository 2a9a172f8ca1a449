"""What the last sentence of a text arrives at, when it says so in one of a few plain ways."""

from __future__ import annotations

import re
from bisect import bisect_left

from checkers.finding import Span

MAX_TAIL = 2_000
"""Characters at the end of a text in which its last sentence is looked for."""

# What an answer may be in prose: mathematics between its delimiters, or a bare number.
_THING = re.compile(
    r"\$\$[^$]{1,400}\$\$ | \\\[.{1,400}?\\\] | \\\(.{1,400}?\\\) | \$[^$\n]{1,300}\$(?![0-9])"
    r"| [-+−]?(?:\\?\$|[£€¥])?[0-9]{1,40}(?:,[0-9]{3}){0,9}(?:\.[0-9]{1,40})?(?:/[0-9]{1,40})?(?:\s?\\?%)?(?![0-9\w])",
    re.VERBOSE | re.DOTALL,
)
_FULL_STOP = re.compile(r"[.!?][\"')*]{0,3}(?=\s)|\n")
_IDLE = re.compile(
    r"\s*(?:I\ hope\b|Hope\ this\b|Thank|Please\b|Let\ me\ know|Good\b|Done\b|Note\b|\[?Note:|<\|)", re.VERBOSE
)
_BEHIND = re.compile(r"(?P<unit>(?:\s{0,3}(?!and\b|or\b|if\b)[A-Za-z]{1,20}){0,3})[\s.!\"'*)\]]*\Z")
_VERB = re.compile(
    r"(?:\b(?:is|are|equals?|be|becomes?|gives?|get|have|has|find|finds|found|obtain|yields?|by|that)|=|:|≈)[\s*:\"]{0,5}\Z"
)
_SO = re.compile(
    r"\s*[*_]{0,2}(?:so|thus|hence|therefore|in conclusion|finally|consequently|in total)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|cannot|neither|if|assume|suppose)\b|n't\b|\?", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:no|none|least|most|more|less|than|fewer|about|or|and|between|over|under|except|only)\b", re.IGNORECASE
)
_JOIN = re.compile(r",?\s{1,3}(?:and|or)\s{1,3}|,\s{0,3}")
# What begins with one of these is about the answer and no part of it.
_CLAUSE = re.compile(
    r"(?P<comma>,)?\s{1,3}\(?(?P<word>because|since|but|although|though|while|i\.e|e\.g|namely|which|so|as|where|hence|thus)\b",
    re.IGNORECASE,
)
_DRAWN = frozenset({"so", "hence", "thus"})
"""Words before which a number has to stand: they may lead to the answer."""
_LOOSE = _DRAWN | {"which", "as", "where"}
"""Words that without a comma may belong to the answer, as in "twice as many"."""
_CLOSED = "0123456789$})]%"
_FEW_WORDS = 3
_EQUATES = re.compile(r"\b(?:is|are|equals?)[\s:]{0,5}\Z")


def concluded(text: str) -> Span | None:
    """The number or formula that the last sentence arrives at; None unless the sentence leaves no choice."""
    begin = max(0, len(text) - MAX_TAIL)
    start, end = _last_sentence(text, begin)
    if _DENIED.search(text, start, end):
        return None
    things = list(_THING.finditer(text, start, end))
    if not things:
        return None
    last = things[-1]
    first = _first_joined(text, things)
    behind = _BEHIND.match(text, last.end(), end)
    if behind and _VERB.search(text, begin, first):
        return first, behind.end("unit")
    return last.span() if len(things) == 1 and _SO.match(text, start, end) else None


def _first_joined(text: str, things: list[re.Match[str]]) -> int:
    """Where the things begin that are one list with the last one."""
    first = things[-1].start()
    for thing in reversed(things[:-1]):
        if not _JOIN.fullmatch(text, thing.end(), first):
            break
        first = thing.start()
    return first


def lone_thing(text: str) -> Span | None:
    """The only number or formula of a clause that neither denies nor compares it."""
    things = list(_THING.finditer(text[:MAX_TAIL]))
    return things[0].span() if len(things) == 1 and not (_DENIED.search(text) or _COMPARED.search(text)) else None


def stated_last(text: str, start: int, end: int) -> Span | None:
    """The thing at the end of a clause such as "the volume of the box is 120"; None when it is not one."""
    things = list(_THING.finditer(text, start, min(end, start + MAX_TAIL)))
    behind = _BEHIND.match(text, things[-1].end(), end) if things else None
    if behind is None or not _EQUATES.search(text, start, things[-1].start()):
        return None
    return things[-1].start(), behind.end("unit")


def clause_end(text: str, start: int, end: int) -> int:
    """Where a stated answer ends: before a clause that gives a reason, a condition or another thought."""
    last = min(end, start + MAX_TAIL)
    inside = [thing.span() for thing in _THING.finditer(text, start, last)]
    for clause in _CLAUSE.finditer(text, start, min(len(text), last + 1)):
        said = text[start : clause.start()].strip(" *:")
        if not said or clause.start() >= end or _within(clause.start(), inside):
            continue
        word = clause["word"].casefold()
        is_short = len(said.split()) <= _FEW_WORDS and word not in _DRAWN
        is_told = is_short or any(sign in said for sign in "0123456789$\\")
        if said[-1] in _CLOSED or (is_told and (clause["comma"] or word not in _LOOSE)):
            return clause.start()
    return end


def _last_sentence(text: str, begin: int) -> Span:
    """The last sentence or line that is more than a closing phrase."""
    inside = [thing.span() for thing in _THING.finditer(text, begin)]
    stops = [stop.end() for stop in _FULL_STOP.finditer(text, begin)]
    ends = [begin, *(stop for stop in stops if not _within(stop, inside)), len(text)]
    pieces = [piece for piece in zip(ends, ends[1:], strict=False) if text[slice(*piece)].strip()]
    while len(pieces) > 1 and _IDLE.match(text, *pieces[-1]):
        pieces.pop()
    return pieces[-1] if pieces else (begin, begin)


def _within(place: int, spans: list[Span]) -> bool:
    """Whether a place is inside of one of the spans, which stand in order."""
    at = bisect_left(spans, (place, 0)) - 1
    return at >= 0 and place < spans[at][1]
