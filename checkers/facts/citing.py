"""Citations as they are written in a text: in brackets, as notes, as links, by author and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from checkers.facts.masking import prose, without
from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget

MAX_CITATIONS = 5_000
MAX_KEYS = 50
"""Sources that one mark names, `[1-3, 7]`."""
_BRACKET = re.compile(r"(?<!!)\[(\[)?([^\[\]\n]{1,80})\](?(1)\])(?!\()")
_LENTICULAR = re.compile(r"【([^【】\n]{1,80})】")
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{0,200})\]\(\s{0,3}<?([^()\s<>]{0,2000})>?(?:\s{1,3}[\"'][^\"'\n()]{0,200}[\"'])?\s{0,3}\)"
)
_TOLD = re.compile(r"\(\s?(?:sources?|refs?|references?|cf\.|see)\s?:\s?([^()\n]{1,80})\)", re.IGNORECASE)
_YEAR = re.compile(r"\(([^\W\d_][^()\[\]\n,;]{1,60}),?\s(?:19|20)[0-9]{2}[a-z]?\)")
_NOTE = re.compile(
    r"^[^\S\n]{0,3}(?:[-*] )?\[(\^?[^\[\]\n]{1,40})\](?::|[^\S\n]+(?=\S))[^\S\n]*(\S[^\n]{0,1000})$", re.MULTILINE
)
_COUNTED = re.compile(r"^[^\S\n]{0,3}([0-9]{1,3})[.)][^\S\n]+(\S[^\n]{0,1000})$", re.MULTILINE)
_LIST_OF_NOTES = re.compile(
    r"^[^\S\n]{0,3}(?:#{1,6} {1,3})?(?:\*\*|__)?"
    r"(?:references?|sources?|bibliography|works cited|notes|citations|footnotes):?(?:\*\*|__)?:?[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_RANGE = re.compile(r"([0-9]{1,3})\s?[-–]\s?([0-9]{1,3})")
_DIGITS = re.compile(r"\^?[0-9]{1,3}")
_OF_FORMULA = re.compile(r"(?:(?<![^\W_])[a-z]|\b(?:intervals?|arrays?|vectors?|matri(?:x|ces)|index) )\Z")
"""In front of brackets that cite nothing: `x[2]`, `the interval [0]`."""
_GOES_ON = re.compile(r" ?=| [+*/<>≤≥∈∪∩×] ")
_TAG = re.compile(r"\s?(?:sources?|refs?|doc(?:ument)?s?|passages?)\s?[:#]?\s?(?=\S)", re.IGNORECASE)


class Form(Enum):
    """How a citation is written, and so how sure it is that it is one."""

    NUMBER = auto()
    """`[1]`, `[^1]`, `[2, 3]`"""
    WORD = auto()
    """`[almanac]`, `[[almanac]]`: any words in brackets"""
    TOLD = auto()
    """`(source: almanac)`, `【almanac】`"""
    LINK = auto()
    """`[almanac](https://…)`"""
    YEAR = auto()
    """`(Almanac, 1920)`"""


@dataclass(frozen=True, slots=True)
class Citation:
    """One mark that names sources."""

    span: Span
    keys: tuple[str, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class Cited:
    """All marks of a text, and what its own list of references says of them."""

    citations: tuple[Citation, ...]
    notes: tuple[tuple[str, str], ...]
    """Key and text of each entry: of `[^1]: Almanac` the `1` and the `Almanac`."""
    listed: tuple[Span, ...]
    """Where the list of references stands: nothing is claimed there."""


def cited(text: str, budget: Budget = NO_BOUNDS) -> Cited:
    """The citations of a text in order, at most 5,000, and its references."""
    plain = prose(text)
    notes, listed = _notes(plain, budget)
    plain = without(plain, list(listed))
    found = list(budget.over(_marks(plain)))
    found.sort(key=lambda mark: mark.span)
    return Cited(tuple(found[:MAX_CITATIONS]), notes, listed)


def _marks(text: str) -> Iterator[Citation]:
    for match in _LINK.finditer(text):
        yield Citation(match.span(), (match[2],), Form.LINK)
    for match in _LENTICULAR.finditer(text):
        yield Citation(match.span(), keys_of(match[1].split("†")[0]), Form.TOLD)
    for match in _TOLD.finditer(text):
        yield Citation(match.span(), keys_of(match[1]), Form.TOLD)
    for match in _YEAR.finditer(text):
        yield Citation(match.span(), (match[1].strip(),), Form.YEAR)
    for match in _BRACKET.finditer(text):
        keys = keys_of(match[2])
        if keys and _is_beside_words(text, match.span()):
            yield Citation(match.span(), keys, Form.NUMBER if all(map(_DIGITS.fullmatch, keys)) else Form.WORD)


def _is_beside_words(text: str, span: Span) -> bool:
    """Not so for what opens the text of a link, and for a place in a list that a program or a formula names."""
    before = text[max(0, span[0] - 2) : span[0]].rstrip(" ")
    if _OF_FORMULA.search(text[max(0, span[0] - 24) : span[0]]) or _GOES_ON.match(text, span[1]):
        return False
    return not before.endswith(("=", "(", "$", "\\", "+", "*", "/", "<", ">", "∈"))


def keys_of(said: str) -> tuple[str, ...]:
    """The sources that the words of one mark name: `1-3, 7` are four."""
    found: list[str] = []
    for part in re.split("[,;]", _TAG.sub("", said, count=1)):
        part = part.strip(" \t'\"")
        ranged = _RANGE.fullmatch(part)
        if ranged and 0 < int(ranged[2]) - int(ranged[1]) < MAX_KEYS:
            found.extend(map(str, range(int(ranged[1]), int(ranged[2]) + 1)))
        elif part:
            found.append(part)
    return tuple(found[:MAX_KEYS])


def _notes(text: str, budget: Budget) -> tuple[tuple[tuple[str, str], ...], tuple[Span, ...]]:
    headed = list(_LIST_OF_NOTES.finditer(text))
    start = headed[-1].end() if headed else len(text)
    entries, listed = [], [(headed[-1].start(), len(text))] if headed else []
    for match in budget.over(_NOTE.finditer(text)):
        # A line that opens with `[1]` is an entry only in a list of them; `[^1]:` and `[1]:` are anywhere.
        if match.start() >= start or text[match.end(1) + 1 : match.end(1) + 2] == ":":
            entries.append((match[1].removeprefix("^").strip(), match[2].strip()))
            listed.append(match.span())
    entries.extend((match[1], match[2].strip()) for match in budget.over(_COUNTED.finditer(text, start)))
    return tuple(entries[:MAX_CITATIONS]), tuple(listed[:MAX_CITATIONS])
