"""Sentences, with the stops of which nobody can be sure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.finding import Span

# Only from the first sign of a run on, so that a long run that ends nothing is looked at once.
_STOP = re.compile(r"(?<![.!?。！？])[.!?。！？]+[\"'”’)\]*_]*(?=\s|$)")
_UNSURE_STOP = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|nos?|fig|eq|approx|dept|est|inc|ltd|co|cf|al|pp|vol|ed|[a-z])\Z"
    r"|\A\s*[0-9]{1,3}\Z",
    re.IGNORECASE,
)
_REACH = 12


def sentence_spans(text: str) -> list[Span]:
    """Where each sentence stands, without blanks around it: no line break is in one, and no doubtful stop ends one."""
    found: list[Span] = []
    for start, line in _lines(text):
        begin = 0
        for stop in _STOP.finditer(line):
            if not _is_unsure(line, stop.start()):
                found.append((start + begin, start + stop.end()))
                begin = stop.end()
        found.append((start + begin, start + len(line)))
    trimmed = (_trimmed(text, span) for span in found)
    return [span for span in trimmed if any(map(str.isalnum, text[span[0] : span[1]]))]


def sentence_counts(text: str) -> tuple[int, int]:
    """The least and the most sentences that the text can be read as."""
    fewest = largest = 0
    for _, line in _lines(text):
        end = 0
        for stop in _STOP.finditer(line):
            largest += 1
            fewest += not _is_unsure(line, stop.start())
            end = stop.end()
        largest += any(map(str.isalnum, line[end:]))
    return (max(fewest, 1), largest) if largest else (0, 0)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _is_unsure(line: str, stop: int) -> bool:
    """Whether the stop may be that of an abbreviation, an initial or a number in a list."""
    # A sign in front keeps what is cut off from looking like the start of a line.
    before = line[:stop] if stop <= _REACH else "," + line[stop - _REACH : stop]
    return _UNSURE_STOP.search(before) is not None


def _trimmed(text: str, span: Span) -> Span:
    said = text[span[0] : span[1]]
    start = span[0] + len(said) - len(said.lstrip())
    return start, max(start, span[0] + len(said.rstrip()))
