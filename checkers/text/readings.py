"""The ways in which a text can be cut into words and sentences, for whoever must not depend on a doubtful cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from checkers.finding import Finding, Span, Verdict, unknown
from checkers.text.bare_word import HYPHENS, each_word
from checkers.text.sentence import sentence_spans

Way = TypeVar("Way")
Places = Sequence[Span]

_DIGIT = re.compile(r"\d")
_DOUBTFUL = re.compile(r"[\d‐‑-]")
# Only from the first sign of a run on, so that a long run that ends nothing is looked at once.
_STOP = re.compile(r"(?<![.!?。！？…])[.!?。！？…]+[\"'”’)\]*_]*(?=\s)")


def agreed(text: str, ways: Iterable[Way], judge: Callable[[Way], Finding]) -> Finding:
    """What the judge says of the text however it is cut; unknown where it depends on that."""
    return _agreed(text, [judge(way) for way in ways])


def _agreed(text: str, found: Sequence[Finding]) -> Finding:
    if len({finding.verdict for finding in found}) == 1:
        return found[0]
    at = next((finding.span for finding in found if finding.verdict is not Verdict.HOLDS), (0, len(text)))
    message = "This depends on what is taken for a word or a sentence here."
    return unknown(at, message, reason="several ways to cut the text", readings=[one.message for one in found])


def agreed_on_words(text: str, judge: Callable[[Iterator[Span]], Finding]) -> Finding:
    """The same for a judge of single words or neighbours: a place with no hyphen and no digit breaks every reading."""
    ways = word_ways(text)
    likely = judge(next(ways))
    if likely.verdict is Verdict.FAILS and not _DOUBTFUL.search(text, *likely.span):
        return likely
    return _agreed(text, [likely, *map(judge, ways)])


def sentence_ways(text: str) -> list[Places]:
    """The sentences, the likely reading first: doubtful stops end nothing, or all of them do, or lines run on.

    The last reading leaves out lines without a stop, as headings; unless there is nothing else.
    """
    likely = sentence_spans(text)
    stopped = [span for span in likely if ends_with(text, span)]
    return _different([likely, _cut(text, likely), _joined(text, likely), stopped or likely])


def word_ways(text: str) -> Iterator[Iterator[Span]]:
    """The words, the likely reading first: hyphens join or part them, and numbers are words or are none.

    Each reading gives one word after the other, for who may stop at the first.
    """
    hyphens, digits = HYPHENS.search(text), _DIGIT.search(text)
    yield each_word(text)
    if hyphens:
        yield _parted(text)
    if digits:
        yield (span for span in each_word(text) if not _is_number(text, span))
    if digits and hyphens:
        yield (span for span in _parted(text) if not _is_number(text, span))


def _parted(text: str) -> Iterator[Span]:
    for start, end in each_word(text):
        for hyphen in HYPHENS.finditer(text, start, end):
            yield start, hyphen.start()
            start = hyphen.end()
        yield start, end


def _is_number(text: str, span: Span) -> bool:
    return text[span[0]].isdigit() and not any(map(str.isalpha, text[span[0] : span[1]]))


def _different(ways: Iterable[Places]) -> list[Places]:
    found: list[Places] = []
    for way in ways:
        if way not in found:
            found.append(way)
    return found


def ends_with(text: str, sentence: Span) -> str:
    """The stops that the sentence ends with, without quotes and brackets behind them; empty where it has none."""
    said = text[sentence[0] : sentence[1]].rstrip("\"'”’»)]}*_~` \t\u200d\ufe0f")
    return said[len(said.rstrip(".!?。！？…")) :]


def _cut(text: str, sentences: Places) -> list[Span]:
    """The sentences where each stop ends one, a doubtful one too."""
    found: list[Span] = []
    for start, end in sentences:
        for stop in _STOP.finditer(text, start, end):
            if stop.end() < end and any(map(str.isalnum, text[start : stop.end()])):
                found.append((start, stop.end()))
                start = stop.end() + 1
                while text[start].isspace():
                    start += 1
        found.append((start, end))
    return found


def _joined(text: str, sentences: Places) -> list[Span]:
    """The sentences where a line without a stop runs on in the next, unless a blank line parts them."""
    found: list[Span] = []
    for start, end in sentences:
        if found and not ends_with(text, found[-1]) and "\n\n" not in "".join(text[found[-1][1] : start].split(" ")):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
