"""Names: runs of capitalised words, and whether another text has their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from checkers.facts.stems import folded, stem
from checkers.facts.vocables import LANDS, NO_NAMES, TITLES, word_set
from checkers.finding import Span
from checkers.limits import NO_BOUNDS, Budget

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GAP = re.compile(r"\.?[^\S\n]{1,2}")
_LINKS = word_set("of the de la le van von der di da du del al bin ibn")
_MOST_WORDS = 12
_STARTS = re.compile(r"(?:\A|[.!?:;]|\n|[\"“‘(])[\s*_\"“‘(]*\Z")
_KIN_LETTERS = 5
"""Letters that a name and its adjective have in common at least: `Germany`, `German`."""
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words."""

    span: Span
    words: tuple[str, ...]
    """Those that tell who or what it is, folded."""
    initials: str
    """As in `NASA`."""


def names(text: str, budget: Budget = NO_BOUNDS) -> tuple[Name, ...]:
    """The names in a text; a capitalised word that opens a sentence is none unless it runs on or has more capitals."""
    return tuple(name for run in _runs(text, budget) if (name := _name(text, run)) is not None)


def _runs(text: str, budget: Budget) -> Iterator[list[re.Match[str]]]:
    """Capitalised words that follow one another, `University of Oxford` among them."""
    run: list[re.Match[str]] = []
    links: list[re.Match[str]] = []
    end = 0
    for match in budget.over(_WORD.finditer(text)):
        beside = bool(run) and len(run) < _MOST_WORDS and _joins(run[-1][0], text[end : match.start()])
        if beside and match[0] in _LINKS and len(links) < 2:
            links.append(match)
        elif match[0][0].isupper():
            if not beside:
                yield run
                run = []
            run.append(match)
            links = []
        else:
            yield run
            run, links = [], []
        end = match.end()
    yield run


def _joins(word: str, gap: str) -> bool:
    """Whether a name goes on behind that gap; a stop is part of it only behind an initial or a title."""
    return _GAP.fullmatch(gap) is not None and ("." not in gap or len(word) == 1 or word.casefold() in TITLES)


def _name(text: str, run: list[re.Match[str]]) -> Name | None:
    while run and _opens(text, run[0].start()) and folded(run[0][0]) in NO_NAMES:
        run = run[1:]
    words = [match[0] for match in run]
    parts = [part for word in words for part in word.split("-")]
    telling = tuple(folded(part) for part in parts if folded(part) not in NO_NAMES and len(part) >= _LEAST)
    if not telling or (len(words) == 1 and _opens(text, run[0].start()) and words[0][1:] == words[0][1:].lower()):
        return None
    return Name((run[0].start(), run[-1].end()), telling, "".join(word[0] for word in words).casefold())


def missing(name: Name, stems: Collection[str], *, acronyms: Collection[str] = ()) -> tuple[str, ...]:
    """The words of the name that are not among these words of another text."""
    if len(name.initials) > 1 and name.initials in stems:
        return ()
    if len(name.words) == 1 and any(name.words[0] in acronym for acronym in acronyms):
        return ()
    return tuple(word for word in name.words if not _is_among(word, stems))


def _is_among(word: str, stems: Collection[str]) -> bool:
    own = stem(word)
    if own in stems or word in stems or stem(LANDS.get(word, word)) in stems:
        return True
    if any(stem(adjective) in stems for adjective, land in LANDS.items() if land == word):
        return True
    return len(own) >= _KIN_LETTERS and any(other.startswith(own[:_KIN_LETTERS]) for other in stems)


def _opens(text: str, start: int) -> bool:
    return not start or _STARTS.search(text, max(0, start - 8), start) is not None


def acronyms_of(found: Collection[Name]) -> frozenset[str]:
    """The initials of these names that have more than one word."""
    return frozenset(_initials(found))


def _initials(found: Collection[Name]) -> Iterator[str]:
    for name in found:
        if len(name.initials) > 1:
            yield name.initials
