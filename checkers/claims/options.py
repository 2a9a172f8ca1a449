"""The choices that a prompt offers by letter, and which of them a text takes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checkers.finding import Span

MAX_PROMPT = 20_000
MAX_OPTION = 400
_MARK = re.compile(
    r"\\(?:textbf|text|mathrm)\{\s*\(?([A-J])\)?[.:]?\s*\}|(?<![^\s$])\(([A-J])\)|"
    r"^[ \t]*([A-J])[).:](?=\s|\\)",
    re.MULTILINE,
)
_CHOSEN = re.compile(
    r"\b(?:choice|option|answer)s?(?:\s+(?:is|would be|must be|choice|option))*\s*[:=_]?\s*[*$(\\]*"
    r"(?:(?:boxed|text|textbf|mathrm)\{?\(?)*([A-J])(?![A-Za-z0-9_'^])",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:none|neither|nor|not|no|cannot|error|incorrect|wrong|invalid)\b|n['’]t\b", re.IGNORECASE)
_LISTED = re.compile(r"\W{0,4}(?:\s*(?:,|and|or)\s*)+\W{0,4}[A-J]\b")
_BLANKS = re.compile(r"\\qquad|\\quad|\\[ ,;]|~|\$(?=\s*$)")


def options(prompt: str) -> Mapping[str, str]:
    """The texts of the choices by their letters, A first and none left out; empty where there are no two."""
    marks = list(_MARK.finditer(prompt[:MAX_PROMPT]))
    for at in range(len(marks) - 1, -1, -1):
        if _letter(marks[at]) == "A":
            return _listed(prompt, marks[at:])
    return {}


def chosen_letter(text: str) -> tuple[Span, str] | None:
    """The one letter that the text takes, and where: `the answer is (B)`, `Choice_C`; None where it weighs several."""
    found = [match for match in _CHOSEN.finditer(text) if match[1].isupper()]
    if len({match[1] for match in found}) != 1 or _DENIED.search(text) or _LISTED.match(text, found[-1].end()):
        return None
    return found[-1].span(1), found[-1][1]


def _listed(prompt: str, marks: list[re.Match[str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for at, mark in enumerate(marks):
        if _letter(mark) != chr(ord("A") + at):
            return {}
        end = marks[at + 1].start() if at + 1 < len(marks) else len(prompt)
        found[_letter(mark)] = _tidy(prompt[mark.end() : min(end, mark.end() + MAX_OPTION)])
    return found if len(found) > 1 and all(found.values()) else {}


def _letter(mark: re.Match[str]) -> str:
    return mark[1] or mark[2] or mark[3]


def _tidy(text: str) -> str:
    plain = _BLANKS.sub(" ", text.split("\n", 1)[0]).strip(" \t,;.")
    return plain.strip("$ ") if plain.count("$") < 2 or plain.strip("$").count("$") == 0 else plain
