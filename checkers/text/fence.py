"""Code in Markdown: fenced blocks, what stands in them, and a text with its code blanked out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from checkers.finding import Span

_OPENING = re.compile(r"([ \t]*)(`{3,}|~{3,})([^\n]*)")
_TICKS = re.compile(r"`+")
_SEEN = re.compile(r"[^\n]")
_PROSE = frozenset({"markdown", "md", "text", "txt", "plaintext"})
_DATA = frozenset({"", "xml", "html", "json", "yaml", "csv", "latex", "tex"})


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block (CommonMark 4.5); one that nobody closes goes to the end of the text."""

    span: Span
    inside: Span
    """The lines between the fences, with the line break of each."""
    language: str
    """The first word behind the opening fence, in lower case; empty where there is none."""
    indent: int
    """Blanks before the opening fence, as in an item of a list; they are no part of the code."""
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a fence without its indentation, which still knows where it stands."""

    said: str
    _starts: tuple[int, ...]
    _places: tuple[int, ...]

    def place(self, at: int) -> int:
        """Where a character of the code stands in the text."""
        line = bisect_right(self._starts, at) - 1
        return self._places[line] + at - self._starts[line]


def fences(text: str) -> list[Fence]:
    """Every fenced block, in order; none stands in another."""
    if "```" not in text and "~~~" not in text:
        return []
    found: list[Fence] = []
    opened: tuple[int, int, re.Match[str]] | None = None
    for start, end in _lines(text):
        mark = _OPENING.fullmatch(text, start, end)
        if opened is None:
            if mark and not (mark[2][0] == "`" and "`" in mark[3]):
                opened = start + len(mark[1]), min(end + 1, len(text)), mark
        elif mark and not mark[3].strip() and mark[2].startswith(opened[2][2]):
            found.append(_fence(opened, inside_end=start, end=end, is_closed=True))
            opened = None
    if opened is not None:
        found.append(_fence(opened, inside_end=len(text), end=len(text), is_closed=False))
    return found


def code_of(text: str, fence: Fence) -> Code:
    """What the fence holds, each line without the blanks that stand before the fence too."""
    lines, starts, places, at = [], [], [], 0
    for start, end in _lines(text, fence.inside[0], fence.inside[1]):
        blanks = len(text[start:end]) - len(text[start:end].lstrip(" \t"))
        begin = start + min(blanks, fence.indent)
        lines.append(text[begin:end])
        starts.append(at)
        places.append(begin)
        at += end - begin + 1
    return Code("\n".join(lines), tuple(starts) or (0,), tuple(places) or (fence.inside[0],))


def framed_span(text: str) -> Span:
    """Where the text stands without blanks around it, or the inside of the one closed fence that it consists of."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    found = fences(text) if text.startswith(("```", "~~~"), start) else []
    if len(found) == 1 and found[0].is_closed and found[0].span[1] >= end:
        start, end = found[0].inside
    return min(start, end), end


def without_code(text: str) -> str:
    """The text with blanks in place of its fenced blocks and code spans: of the same length, with the same lines."""
    parts, at = [], 0
    for fence in fences(text):
        parts += [_without_spans(text[at : fence.span[0]]), blanked(text[slice(*fence.span)])]
        at = fence.span[1]
    return "".join([*parts, _without_spans(text[at:])])


def without_fences(text: str) -> str:
    """The text with blanks in place of its fenced code: of the same length, with the same lines.

    A fence of Markdown or plain text keeps what it holds, and so does one of data, or without a language, that is most
    of the text.
    """
    parts, at = [], 0
    for fence in fences(text):
        start, end = fence.inside if _holds_prose(fence, text) else (fence.span[1], fence.span[1])
        parts += [text[at : fence.span[0]], blanked(text[fence.span[0] : start]), text[start:end]]
        parts.append(blanked(text[end : fence.span[1]]))
        at = fence.span[1]
    return "".join([*parts, text[at:]]) if at else text


def _holds_prose(fence: Fence, text: str) -> bool:
    if fence.language in _PROSE:
        return True
    return fence.language in _DATA and 2 * (fence.inside[1] - fence.inside[0]) > len(text)


def blanked(text: str) -> str:
    """Blanks in place of all but line breaks."""
    return _SEEN.sub(" ", text)


def _without_spans(text: str) -> str:
    """Each run of backticks goes with the next one of its length in the same paragraph (CommonMark 6.1)."""
    if "`" not in text:
        return text
    parts = []
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        parts.append(_without_spans_of(paragraph))
    return "".join(parts)


def _without_spans_of(paragraph: str) -> str:
    runs = [match.span() for match in _TICKS.finditer(paragraph)]
    nexts: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        nexts.setdefault(runs[index][1] - runs[index][0], []).append(index)
    parts, at, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        waiting = nexts[end - start]
        while waiting and waiting[-1] <= index:
            waiting.pop()
        if waiting:
            index = waiting[-1]
            parts += [paragraph[at:start], blanked(paragraph[start : runs[index][1]])]
            at = runs[index][1]
        index += 1
    return "".join([*parts, paragraph[at:]])


def _fence(opened: tuple[int, int, re.Match[str]], *, inside_end: int, end: int, is_closed: bool) -> Fence:
    start, inside, mark = opened
    words = mark[3].split()
    language = words[0].strip("{}.").split(",")[0].casefold() if words else ""
    return Fence((start, end), (min(inside, inside_end), inside_end), language, len(mark[1]), is_closed)


def _lines(text: str, start: int = 0, stop: int | None = None) -> list[Span]:
    found, last = [], len(text) if stop is None else stop
    while start <= last:
        end = text.find("\n", start, last)
        end = last if end < 0 else end
        found.append((start, end))
        start = end + 1
    return found
