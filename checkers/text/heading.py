"""Headings of a text: those of Markdown, and lines that stand for one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers.finding import Span
from checkers.text.fence import without_code

_HASHES = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|(-+))[ \t]*")
_BOLD = re.compile(r"[ \t]*(?:(?:\d{1,3}|[IVXivx]{1,5}|[A-Za-z])[.)][ \t]+)?(\*\*|__)([^*\n]{1,200}?):?\1:?[ \t]*")
_TITLE = re.compile(r"[ \t]*([^\W\d_][^\n:：]{0,79})[:：][ \t]*")
_NUMBER = re.compile(
    r"(?:(?:section|part|chapter|step)[ \t]+)?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,5}|[A-Za-z])[.):][ \t]+", re.I
)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its line, what it says without marks and numbers, and its level in Markdown."""

    span: Span
    said: str
    level: int
    """1 to 6; 0 for a bold line or one that ends in a colon."""

    @property
    def title(self) -> str:
        """What it says, whatever its case, its number and the stop behind it."""
        return plain_title(self.said)


def headings(text: str) -> list[Heading]:
    """Every heading in order: lines with `#`, lines that are underlined, bold lines, and lines like `Results:`."""
    plain = without_code(text)
    found: list[Heading] = []
    before: Span | None = None
    start = 0
    for line in plain.split("\n"):
        span = start, start + len(line)
        start = span[1] + 1
        heading = _heading(text, line, span)
        under = _UNDERLINE.fullmatch(line) if before is not None else None
        if under and before is not None:
            if found and found[-1].span == before:
                found.pop()
            found.append(Heading(before, text[slice(*before)].strip(), 1 if under[1] else 2))
        elif heading is not None:
            found.append(heading)
        is_text = (
            bool(line.strip())
            and not under
            and not _HASHES.fullmatch(line)
            and not _ITEM.match(line)
            and "|" not in line
        )
        before = span if is_text else None
    return found


def plain_title(said: str) -> str:
    """A title as it is compared: without emphasis, number, stop and case."""
    bare = said.strip().strip("*_#").strip()
    bare = _NUMBER.sub("", bare, count=1) if _NUMBER.fullmatch(bare) is None else bare
    return " ".join(bare.rstrip(":：.*_ ").casefold().split())


def _heading(text: str, line: str, span: Span) -> Heading | None:
    if not line.strip():
        return None
    marked = _HASHES.fullmatch(line)
    if marked:
        said = text[span[0] + marked.start(2) : span[1]] if marked[2] else ""
        return Heading(span, _without_closing(said), len(marked[1]))
    bold = _BOLD.fullmatch(line)
    if bold:
        return Heading(span, text[span[0] + bold.start(2) : span[0] + bold.end(2)], 0)
    titled = _TITLE.fullmatch(line)
    return Heading(span, text[span[0] + titled.start(1) : span[0] + titled.end(1)], 0) if titled else None


def _without_closing(said: str) -> str:
    """A heading may end in hashes that are no part of it."""
    bare = said.rstrip(" \t").rstrip("#")
    return said.strip() if bare and bare[-1] not in " \t" and bare != said.rstrip(" \t") else bare.strip()
