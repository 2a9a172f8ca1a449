"""Sentences, with the stops of which nobody can be sure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.finding import Span
from checkers.text.fence import without_fences

# A run of stops is looked at from its first one only, and never given back: each character is looked at a few times.
# All stops stand in front, in one set, which the engine can search for.
_STOP = re.compile(
    r"[.!?。！？｡।॥؟۔](?:"
    r"(?<=[.!?])(?<![.!?]{2})[.!?]*+[\"'”’»>)\]*_]*+(?=\s|\Z)"
    r"|(?<=[。！？｡])[。！？｡]*+[」』”’）)\]*_]*+"
    r"|(?<=[।॥؟۔])[।॥؟۔]*+[\"'”’»)\]*_]*+)"
)
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "rev", "gen", "sen", "gov", "capt", "lt"}
    | {"vs", "e.g", "i.e", "fig", "eq", "cf", "approx"}
)
"""Abbreviations that stand before something."""
_UNSURE = frozenset(
    {"jr", "sr", "etc", "no", "nos", "dept", "est", "inc", "ltd", "co", "al", "p", "pp", "vol", "ed"}
    | {"a.m", "p.m", "ph.d"}
)
_INITIALS = re.compile(r"[a-z](?:\.[a-z])*")
_REACH = 12
_MARKER = re.compile(r"\s*(?:>\s?)?(?:(?:[-*+•–]|\(?[0-9]{1,3}[.)]|[a-zA-Z][.)])\s+|#{1,6}\s+)?")
_TAG = re.compile(r"<[/?!A-Za-z][^<>\n]*>")
_TITLE = re.compile(r"\s*(?:#{1,6}\s[^\n]*|<<[^<>\n.!?]*>>|\*\*[^*\n]*[^*\n.!?:]\*\*)\s*")
"""A line that is a heading or a title, and no sentence."""
_GOES_ON = (",", ";", "–", "—", "、", "，", "；")


def sentence_spans(text: str) -> list[Span]:
    """Where each sentence stands, without blanks around it: no line break is in one, and no doubtful stop ends one."""
    found: list[Span] = []
    prose = _prose(text)
    for start, line in _lines(prose):
        begin = 0
        for stop in _STOP.finditer(line):
            if _is_sure(line, stop) and not _is_number(line[begin : stop.start()]):
                found.append((start + begin, start + stop.end()))
                begin = stop.end()
        found.append((start + begin, start + len(line)))
    trimmed = (_trimmed(prose, span) for span in found)
    return [span for span in trimmed if any(map(str.isalnum, prose[span[0] : span[1]]))]


def sentence_counts(text: str) -> tuple[int, int]:
    """The least and the most sentences that the text can be read as."""
    fewest = largest = 0
    for _, line in _lines(_prose(text)):
        end = 0
        for stop in _STOP.finditer(line):
            said = line[end : stop.start()]
            if any(map(str.isalnum, said)) and not _is_number(said):
                largest += not _is_abbreviation(line, stop)
                fewest += _is_sure(line, stop)
            end = stop.end()
        rest = line[end:]
        largest += any(map(str.isalnum, rest)) and not rest.rstrip().endswith(_GOES_ON)
    return (max(fewest, 1), max(largest, 1)) if fewest or largest or any(map(str.isalnum, text)) else (0, 0)


def _prose(text: str) -> str:
    """The text with blanks in place of code and tags."""
    prose = without_fences(text)
    return _TAG.sub(_blank, prose) if "<" in prose else prose


def _lines(prose: str) -> Iterator[tuple[int, str]]:
    """Each line of prose without its bullet, number or heading sign, and where it starts."""
    start = 0
    for line in prose.split("\n"):
        marker = _MARKER.match(line)
        skipped = marker.end() if marker else 0
        if skipped < len(line) and _TITLE.fullmatch(line) is None:
            yield start + skipped, line[skipped:]
        start += len(line) + 1


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_sure(line: str, stop: re.Match[str]) -> bool:
    """Whether the stop ends a sentence: none that an abbreviation, an initial or a quotation may end."""
    sign = stop[0][0]
    if sign not in ".!?":
        return True
    end = stop.end()
    if line[end : end + 4].lstrip()[:1].islower():
        return False
    if sign != ".":
        return True
    word = _word_before(line, stop.start())
    return not (word in _UNSURE or _INITIALS.fullmatch(word) or (word in _TITLES and line[end : end + _REACH].strip()))


def _is_number(said: str) -> bool:
    """Whether it is only the number of a point in a row of them."""
    return len(said) < 8 and said.strip().isdigit()


def _is_abbreviation(line: str, stop: re.Match[str]) -> bool:
    """Whether it is surely the stop of an abbreviation, with something behind it."""
    if stop[0][0] != "." or not line[stop.end() : stop.end() + _REACH].strip():
        return False
    return _word_before(line, stop.start()) in _TITLES


def _word_before(line: str, at: int) -> str:
    """The word that the stop follows, in small letters and without marks before it."""
    runs = line[max(0, at - _REACH) : at].split()
    return runs[-1].lstrip("([\"'“‘*_").lower() if runs else ""


def _trimmed(text: str, span: Span) -> Span:
    said = text[span[0] : span[1]]
    start = span[0] + len(said) - len(said.lstrip())
    return start, max(start, span[0] + len(said.rstrip()))
