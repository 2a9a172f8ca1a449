"""Paragraphs: lines that no blank line parts."""

from __future__ import annotations

import re

from checkers.finding import Span

_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def paragraph_spans(text: str) -> list[Span]:
    """Where each paragraph stands, without the blanks around it; a blank line parts two of them."""
    found, start = [], 0
    for gap in _GAP.finditer(text):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [_trimmed(text, span) for span in found if text[span[0] : span[1]].strip()]


def _trimmed(text: str, span: Span) -> Span:
    said = text[span[0] : span[1]]
    return span[0] + len(said) - len(said.lstrip()), span[0] + len(said.rstrip())
