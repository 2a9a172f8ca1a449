"""Paragraphs: lines that no blank line parts, or what stands between dividers."""

from __future__ import annotations

import re

from checkers.finding import Span
from checkers.text.fence import without_fences

_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_HEADING = re.compile(r"#{1,6}\s[^\n]*|\*\*[^\n*]+\*\*:?|[-*_=~ ]{3,}")
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
    sign = re.escape(divider)
    alone = rf"(?<!\S){sign}(?!\S)" if within_lines else rf"^[^\S\n]*{sign}[^\S\n]*$"
    found, start = [], 0
    for match in re.finditer(alone, text, re.MULTILINE):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [_trimmed(text, span) for span in found if text[span[0] : span[1]].strip()]


def _is_furniture(block: str) -> bool:
    if _HEADING.fullmatch(block) is not None:
        return True
    return all(_ITEM.match(line.lstrip()) is not None for line in block.split("\n"))


def _trimmed(text: str, span: Span) -> Span:
    said = text[span[0] : span[1]]
    return span[0] + len(said) - len(said.lstrip()), span[0] + len(said.rstrip())
