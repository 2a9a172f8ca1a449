"""Where a text states its answer: in a box, behind `####` or "answer is", in square brackets, in a line of its own."""

from __future__ import annotations

import re
from collections import deque

from checkers.answers.conclusion import clause_end, concluded, stated_last
from checkers.finding import Span

MAX_ANSWER = 1_000
"""Characters of an answer that is read; a longer one is never the same as another."""
MAX_BOXES = 20
"""Boxes that together are one answer."""
BOXES = ("\\boxed{", "\\fbox{")

_JOINED = re.compile(r"\band\b|\bor\b")
_TAKEN_BACK = frozenset({"no", "not", "rather", "wait", "instead", "actually", "else"})
_BETWEEN_BOXES = 60
_BETWEEN_WORDS = 2
_DIGITS = re.compile(r"[0-9]")
_SUBSCRIPT = re.compile(r"_(?:[0-9]|\{[0-9]{1,3}\})")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\s*\n")
_HASHES = re.compile(r"(?<!\S)####(?!#)[ \t]*(\S[^\n]*)")
_UNBRACED = re.compile(r"\\(?:boxed|fbox)\s{0,3}([-+]?[0-9](?:[0-9.,/]{0,40}[0-9])?|[A-Za-z](?![A-Za-z]))")
_CUE = re.compile(
    r"\b(?:answer|correct (?:choice|option))\b"
    r"(?:[ \t]+(?:to|for|of|the|this|that|question|problem|here|therefore|thus)){0,6}"
    r"(?:[ \t*]*(?:\bis\b|=|:)(?:[ \t*:]|\n(?![ \t]*\n))*|[ \t]+(?=\$|\\\())"
    r"(?!\s{0,9}(?:not|neither|either|based)\b)",
    re.IGNORECASE,
)
_CUE_END = re.compile(r"[.!?](?=[\s*\"]|$)|\n")
_DISPLAYS = (("\\[", "\\]"), ("$$", "$$"))
_BRACKETED = re.compile(r"\[(?:yes|no|true|false)[.!]?\]", re.IGNORECASE)
_LAST_WORD = re.compile(r"\[([A-Z][a-z]{1,20}|[A-J])\][\"'*]{0,3}\.?[\"'*]{0,3}\s*\Z")
_SOLUTION = re.compile(r"[ \t*]{0,9}(?:solution|result)[ \t*]{0,9}:[ \t*]{0,9}(?P<said>\S.{0,200})", re.IGNORECASE)
_BARE_LINE = re.compile(
    r"[-+$£€¥\\(]{0,4}[0-9][0-9.,/ ]{0,40}%?\)?\.?|\(?[A-J]\)?\.?|(?i:yes|no|true|false)\.?",
)


def final_answer(text: str) -> str | None:
    """What the text states as its answer, else what its last sentence arrives at; None when neither is there.

    The last box counts (boxes with "and" or a comma between them are one answer), then `####`, then the last
    "answer is" or `[Yes]`, then a last line that is only an answer, then a last sentence such as "so it is 5".
    """
    span = answer_span(text) or concluded(text)
    return None if span is None else text[span[0] : span[1]]


def answer_span(text: str) -> Span | None:
    """Where a text states its answer outright: all that `final_answer` takes but the last sentence."""
    for find in (_boxed, _unbraced, _after_hashes, _said, _last_line):
        span = find(text)
        if span is not None:
            return span
    return None


def box_contents(text: str) -> tuple[str, ...]:
    """What stands in the boxes of a text, from left to right; empty when there is none or too many."""
    found: list[str] = []
    at = 0
    while (box := _box_from(text, at)) is not None and len(found) <= MAX_BOXES:
        found.append(text[box[1] : box[2]].strip())
        at = box[2] + 1
    return tuple(found) if len(found) <= MAX_BOXES else ()


def _box_from(text: str, at: int) -> tuple[int, int, int] | None:
    """Where the first box from there on begins, and its content begins and ends."""
    places = [(place, box) for box in BOXES if (place := text.find(box, at)) >= 0]
    if not places:
        return None
    place, box = min(places)
    start = place + len(box)
    end = _closed(text, start)
    return None if end is None else (place, start, end)


def _closed(text: str, start: int) -> int | None:
    """Where the brace is closed that was opened before `start`."""
    depth = 1
    for at in range(start, min(len(text), start + MAX_ANSWER)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    return None


def _boxed(text: str) -> Span | None:
    place = max(text.rfind(box) for box in BOXES)
    last = _box_from(text, place) if place >= 0 else None
    if last is None:
        return None
    first = place
    for _ in range(MAX_BOXES - 1):
        before = max(text.rfind(box, max(0, first - MAX_ANSWER), first) for box in BOXES)
        box = _box_from(text, before) if before >= 0 else None
        if box is None or box[2] >= first or not _joins(text[box[2] + 1 : first]):
            break
        first = before
    return _trimmed(text, last[1], last[2]) if first == place else (first, last[2] + 1)


def _unbraced(text: str) -> Span | None:
    """A box without braces: TeX takes the next sign, the writer means the number."""
    found = deque(_UNBRACED.finditer(text), maxlen=1)
    return _trimmed(text, *found[0].span(1)) if found else None


def _joins(between: str) -> bool:
    """Whether two boxes with this between them are one answer."""
    if len(between) > _BETWEEN_BOXES or _SENTENCE_END.search(between):
        return False
    if _DIGITS.search(_SUBSCRIPT.sub("", between)):
        return False
    words = [word for word in _WORD.findall(between) if word not in ("and", "or")]
    if _JOINED.search(between):
        return len(words) <= _BETWEEN_WORDS and _TAKEN_BACK.isdisjoint(words)
    return not words and ("," in between or ";" in between)


def _after_hashes(text: str) -> Span | None:
    found = deque(_HASHES.finditer(text), maxlen=1)
    return _trimmed(text, *found[0].span(1)) if found else None


def _said(text: str) -> Span | None:
    """What stands behind the last "answer is", or the last `[Yes]` when that comes later."""
    brackets = deque(_BRACKETED.finditer(text), maxlen=1)
    bracketed = brackets[0].span() if brackets else None
    word = _LAST_WORD.search(text, max(0, len(text) - 60))
    if word is not None:
        bracketed = word.start(), word.end(1) + 1
    said = _after_cue(text)
    if said is None or bracketed is None:
        return said or bracketed
    return bracketed if bracketed[1] >= said[0] else said


def _after_cue(text: str) -> Span | None:
    found = deque(_CUE.finditer(text), maxlen=1)
    if not found:
        return None
    start = found[0].end()
    for opening, closing in _DISPLAYS:
        if text.startswith(opening, start):
            at = text.find(closing, start + 2, start + MAX_ANSWER)
            return None if at < 0 else (start, at + 2)
    end = _CUE_END.search(text, start)
    span = _trimmed(text, start, clause_end(text, start, len(text) if end is None else end.start()))
    return None if span is None else stated_last(text, *span) or span


def _last_line(text: str) -> Span | None:
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    solution = _SOLUTION.fullmatch(text, start, end)
    if solution is not None:
        return _trimmed(text, solution.start("said"), end)
    return _trimmed(text, start, end) if _BARE_LINE.fullmatch(text, start, end) else None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without blanks, bold print and a full stop at its edges; None when nothing is left."""
    while start < end and (text[start].isspace() or text[start] == "*"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*."):
        if text.startswith("...", end - 3):
            break  # it trails off
        end -= 1
    return (start, end) if start < end else None
