"""What stands in quotation marks, of whatever country, and the marks that have no partner."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers.finding import Span
from checkers.text.fence import blanked

MARKS = {
    "straight": ('"', '"'),
    "curly": ("“", "”"),
    "single": ("‘", "’"),
    "low": ("„", "“”"),
    "low_single": ("‚", "‘’"),
    "guillemets": ("«", "»"),
    "guillemets_inward": ("»", "«"),
    "corner": ("「", "」"),
    "white_corner": ("『", "』"),
}
"""Kinds of quotation marks by name: what opens, and what may close."""

_MARK = re.compile('["“”„‘’‚«»「」『』]|\n[^\\S\n]*\n\\s*')
_INCH = re.compile(r"[0-9½¼¾′]\Z")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation with its marks."""

    span: Span
    marks: str
    """A name in `MARKS`."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """All quotations of a text, outermost first where one stands in another, by where they begin."""

    quotations: tuple[Quotation, ...]
    loose: tuple[Span, ...]
    """Marks that open or close and have no partner in their paragraph."""
    doubtful: tuple[Span, ...]
    """Marks that may be something else: inches, an apostrophe."""


def quoted(text: str) -> Quoted:
    """Reads each paragraph for itself; one that opens with a mark may go on with the quotation of that before it."""
    reader = _Reader(text)
    for match in _MARK.finditer(text):
        reader.take(match)
    reader.end_paragraph(then="")
    found = sorted(reader.found, key=lambda each: (each.span[0], -each.span[1]))
    return Quoted(tuple(found), tuple(sorted(reader.loose)), tuple(sorted(reader.doubtful)))


def without_quotations(text: str) -> str:
    """The text with blanks in place of what is quoted: of the same length, with the same lines."""
    parts, at = [], 0
    for each in quoted(text).quotations:
        if each.span[0] >= at:
            parts += [text[at : each.span[0]], blanked(text[slice(*each.span)])]
            at = each.span[1]
    return "".join([*parts, text[at:]])


class _Reader:
    """One pass over the marks: those that are open, and what became of the others."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[tuple[int, str]] = []
        self.found: list[Quotation] = []
        self.loose: list[Span] = []
        self.doubtful: list[Span] = []

    def take(self, match: re.Match[str]) -> None:
        mark, at = match[0], match.start()
        if mark[0] == "\n":
            self.end_paragraph(then=self.text[match.end() : match.end() + 1])
        elif self.open and mark in MARKS[self.open[-1][1]][1]:
            if mark == "’" and self._is_between_letters(at):
                return
            start, marks = self.open.pop()
            self.found.append(Quotation((start, at + 1), marks))
        elif mark == "’":
            return  # an apostrophe
        elif mark == '"' and _INCH.search(self.text, max(0, at - 1), at):
            self.doubtful.append((at, at + 1))
        else:
            self._open(mark, at)

    def end_paragraph(self, *, then: str) -> None:
        # By an old custom a quotation of several paragraphs opens each of them and closes the last only.
        for start, marks in self.open:
            place = start, start + 1
            if MARKS[marks][0] == then:
                continue
            (self.doubtful if marks in ("single", "low_single") else self.loose).append(place)
        self.open.clear()

    def _open(self, mark: str, at: int) -> None:
        names = [name for name, (opening, _) in MARKS.items() if opening == mark]
        if mark == "»" and not self._leads_on(at):
            names = []
        if names:
            self.open.append((at, names[0]))
        else:
            self.loose.append((at, at + 1))

    def _leads_on(self, at: int) -> bool:
        return not self.text[at + 1 : at + 2].isspace() and (at == 0 or not self.text[at - 1].isalnum())

    def _is_between_letters(self, at: int) -> bool:
        return self.text[at - 1 : at].isalnum() and self.text[at + 1 : at + 2].isalnum()
