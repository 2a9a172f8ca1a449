"""What is emphasised with asterisks, as Markdown reads them (CommonMark 0.31, section 6.2, without underscores)."""

from __future__ import annotations

import re

from checkers.finding import Span
from checkers.text.fence import without_fences

_RUN = re.compile(r"\\\*|\*+|`[^`\n]*`|\n[^\S\n]*\n")
_BULLET = re.compile(r"[^\S\n]*\*[^\S\n]")


def emphasis_spans(text: str) -> tuple[list[Span], list[Span]]:
    """Where emphasised parts stand, asterisks included: those that stand in no other, and those inside of others.

    A part ends in its paragraph. An asterisk with blanks on both sides, as of a bullet or a product, is none.
    """
    if "*" not in text:
        return [], []
    text = without_fences(text)
    found: list[Span] = []
    opened: list[tuple[int, int]] = []
    for match in _RUN.finditer(text):
        sign = match[0]
        if sign[0] == "\n":
            opened.clear()
        elif sign[0] == "*":
            _meet(text, match.span(), opened, found)
    return _parted(found)


def _meet(text: str, run: Span, opened: list[tuple[int, int]], found: list[Span]) -> None:
    """A run of asterisks closes the last open part of its length, or opens one."""
    start, end = run
    width = end - start
    closes = start > 0 and not text[start - 1].isspace()
    opens = end < len(text) and not text[end].isspace()
    if closes and opened and (not opens or _fits(opened[-1][1], width)):
        at, wide = opened.pop()
        if any(map(str.isalnum, text[at + wide : start])):
            found.append((at, end))
        # ***a** b* : what is left of a longer run stays open.
        if wide > width:
            opened.append((at, wide - width))
        return
    if opens and width <= 3:
        opened.append((start, width))


def _fits(opened: int, closing: int) -> bool:
    return opened == closing or (opened == 3 and closing < 3)


def _parted(found: list[Span]) -> tuple[list[Span], list[Span]]:
    outer: list[Span] = []
    inner: list[Span] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        (inner if outer and span[1] <= outer[-1][1] else outer).append(span)
    return outer, inner
