"""Paragraphs: lines that no blank line parts, or what stands between dividers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.finding import Span
from checkers.text.fence import without_fences

_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_HEADING = re.compile(r"#{1,6}\s[^\n]*|\*\*[^\n*]+\*\*:?|[-*_=~ ]{3,}")
_ENDS = '.!?:”")'
_ITEM = re.compile(r"(?:[-*+•]|[0-9]{1,3}[.)])\s|\||>")


def paragraph_spans(text: str) -> list[Span]:
    """Where each paragraph stands, without the blanks around it; a blank line parts two of them."""
    found, start = [], 0
    for gap in _GAP.finditer(text):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [_trimmed(text, span) for span in found if not text[span[0] : span[1]].isspace() and span[0] < span[1]]


def paragraph_counts(text: str) -> tuple[int, int]:
    """The least and the most paragraphs that the text can be read as; code is none.

    The least leaves out headings, dividers, and parts of lists, tables and quotations.
    """
    prose = without_fences(text)
    found = paragraph_spans(prose)
    sure = sum(not _is_furniture(prose[start:end]) for start, end in found)
    return sure, max(sure, len(found))


def divided_spans(text: str, divider: str, *, within_lines: bool = False) -> list[Span]:
    """What stands between lines that are the divider and nothing else, without blank parts.

    `within_lines` also takes a divider between blanks inside of a line.
    """
    found, start = [], 0
    for at, end in _alone_in_text(text, divider) if within_lines else _alone_on_lines(text, divider):
        found.append((start, at))
        start = end
    found.append((start, len(text)))
    return [_trimmed(text, span) for span in found if text[span[0] : span[1]].strip()]


def _alone_on_lines(text: str, divider: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n") if divider in text else ():
        if line.strip() == divider:
            yield start, start + len(line)
        start += len(line) + 1


def _alone_in_text(text: str, divider: str) -> Iterator[Span]:
    at = text.find(divider)
    while at >= 0:
        end = at + len(divider)
        before, after = text[max(0, at - 1) : at], text[end : end + 1]
        if (not before.strip() or before in _ENDS) and not after.strip():
            yield at, end
        at = text.find(divider, end)


def _is_furniture(block: str) -> bool:
    if _HEADING.fullmatch(block) is not None:
        return True
    return all(_ITEM.match(line.lstrip()) is not None for line in block.split("\n"))


def _trimmed(text: str, span: Span) -> Span:
    said = text[span[0] : span[1]]
    return span[0] + len(said) - len(said.lstrip()), span[0] + len(said.rstrip())
