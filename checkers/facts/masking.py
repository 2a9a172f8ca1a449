"""A text with blanks in place of what is not prose: code and formulas. Every character keeps its place."""

from __future__ import annotations

import re

from checkers.finding import Span

_FENCE = re.compile(r"^[^\S\n]{0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]{1,300}`")
_EDGE = re.compile(r"\\[\[\]()]|\${1,2}|\n\n")
_CLOSING = {"\\[": "\\]", "\\(": "\\)", "$$": "$$", "$": "$"}
_SIGN_OF_A_FORMULA = re.compile(r"[\\^_=<>{}]")


def prose(text: str) -> str:
    """The text with its code blocks, code words and formulas blanked out."""
    return without(text, [*_fenced(text), *(match.span() for match in _CODE.finditer(text)), *_formulas(text)])


def without(text: str, spans: list[Span]) -> str:
    """The text with blanks at those places; line breaks stay."""
    if not spans:
        return text
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            pieces.append(text[at : max(at, start)])
            pieces.append("".join("\n" if sign == "\n" else " " for sign in text[max(at, start) : end]))
            at = end
    return "".join((*pieces, text[at:]))


def _fenced(text: str) -> list[Span]:
    """From each fence to the next; the last runs to the end when nothing closes it."""
    marks = [match.span() for match in _FENCE.finditer(text)]
    if len(marks) % 2:
        marks.append((len(text), len(text)))
    return [(opening[0], closing[1]) for opening, closing in zip(marks[::2], marks[1::2], strict=True)]


def _formulas(text: str) -> list[Span]:
    """What stands between the marks of a formula; no blank line does."""
    found: list[Span] = []
    opened: re.Match[str] | None = None
    for edge in _EDGE.finditer(text):
        if opened is not None and edge[0] == _CLOSING[opened[0]]:
            # What two amounts of money stand around is no formula.
            if opened[0] != "$" or _SIGN_OF_A_FORMULA.search(text, opened.end(), edge.start()):
                found.append((opened.start(), edge.end()))
                opened = None
            else:
                opened = edge
        elif edge[0] == "\n\n":
            opened = None
        elif opened is None and edge[0] in _CLOSING:
            opened = edge
    return found
