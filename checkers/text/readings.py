"""The ways in which a text can be cut into words and sentences, for whoever must not depend on a doubtful cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from checkers.finding import Finding, Span, Verdict, unknown
from checkers.text.bare_word import HYPHENS, bare_words
from checkers.text.sentence import sentence_spans

Way = TypeVar("Way")
Places = Sequence[Span]

_ANY_STOP = re.compile(r"[.!?。！？…]+[\"'”’)\]*_]*(?=\s|\Z)|\n")


def agreed(text: str, ways: Iterable[Way], judge: Callable[[Way], Finding]) -> Finding:
    """What the judge says of the text however it is cut; unknown where it depends on that."""
    found = [judge(way) for way in ways]
    if len({finding.verdict for finding in found}) == 1:
        return found[0]
    at = next((finding.span for finding in found if finding.verdict is not Verdict.HOLDS), (0, len(text)))
    message = "This depends on what is taken for a word or a sentence here."
    return unknown(at, message, reason="several ways to cut the text", readings=[one.message for one in found])


def sentence_ways(text: str) -> list[Places]:
    """The sentences, the likely reading first: doubtful stops end nothing, or all of them do, or lines run on.

    The last reading leaves out lines without a stop, as headings; unless there is nothing else.
    """
    likely = sentence_spans(text)
    stopped = [span for span in likely if ends_with(text, span)]
    return _different([likely, _cut(text), _joined(text, likely), stopped or likely])


def word_ways(text: str) -> list[Places]:
    """The words, the likely reading first: hyphens join or part them, and numbers are words or are none."""
    joined = bare_words(text)
    parted = [part for span in joined for part in _parts(text, span)] if HYPHENS.search(text) else joined
    return _different([joined, parted, _without_numbers(text, joined), _without_numbers(text, parted)])


def _different(ways: Iterable[Places]) -> list[Places]:
    found: list[Places] = []
    for way in ways:
        if way not in found:
            found.append(way)
    return found


def _without_numbers(text: str, words: Places) -> Places:
    return [span for span in words if not text[span[0]].isdigit() or any(map(str.isalpha, text[span[0] : span[1]]))]


def _parts(text: str, span: Span) -> list[Span]:
    start, end = span
    cuts = [start, *(at for hyphen in HYPHENS.finditer(text, start, end) for at in hyphen.span()), end]
    return [(cuts[at], cuts[at + 1]) for at in range(0, len(cuts), 2)]


def ends_with(text: str, sentence: Span) -> str:
    """The stops that the sentence ends with, without quotes and brackets behind them; empty where it has none."""
    said = text[sentence[0] : sentence[1]].rstrip("\"'”’»)]}*_~` \t\u200d\ufe0f")
    return said[len(said.rstrip(".!?。！？…")) :]


def _cut(text: str) -> list[Span]:
    """The sentences where each stop ends one."""
    found, start = [], 0
    for stop in _ANY_STOP.finditer(text):
        found.append((start, stop.end()))
        start = stop.end()
    found.append((start, len(text)))
    trimmed = (_trimmed(text, span) for span in found)
    return [span for span in trimmed if any(map(str.isalnum, text[span[0] : span[1]]))]


def _joined(text: str, sentences: Places) -> list[Span]:
    """The sentences where a line without a stop runs on in the next, unless a blank line parts them."""
    found: list[Span] = []
    for start, end in sentences:
        if found and not ends_with(text, found[-1]) and "\n\n" not in "".join(text[found[-1][1] : start].split(" ")):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _trimmed(text: str, span: Span) -> Span:
    said = text[span[0] : span[1]]
    start = span[0] + len(said) - len(said.lstrip())
    return start, max(start, span[0] + len(said.rstrip()))
