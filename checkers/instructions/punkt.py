"""Sentences as the Punkt model finds them (Kiss and Strunk 2006, Computational Linguistics 32:4), as NLTK reads it.

The patterns run in the `regex` engine, as NLTK's do: it reads Unicode's blanks and letters in its own way.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from checkers.finding import Span
from checkers.instructions.vendored import vendored

_CLOSERS = "‘’“”«»"
_NO_WORD = rf"[)\";}}\]*:@'({{\[?!{_CLOSERS}]"
_LONG_SIGN = r"(?:-{2,}|\.{2,}|(?:\.\s){2,}\.)"
_MAYBE_END = regex.compile(rf"[.?!](?=({_NO_WORD}|\s+(\S+)))")
"""A stop, with what follows it: a sign, or blanks and the next word."""
_TOKEN = regex.compile(
    rf"{_LONG_SIGN}|(?=[^(\"`{{\[:;&#*@)}}\]\-,])\S+?(?=\s|$|{_NO_WORD}|{_LONG_SIGN}|,(?=$|\s|{_NO_WORD}|{_LONG_SIGN}))|\S"
)
_TAIL = regex.compile(rf"[\"')\]}}{_CLOSERS}]+?(?:\s+|(?=--)|$)", regex.MULTILINE)
"""Closing signs at the start of a sentence, which belong to the one before."""
_NUMBER = regex.compile(r"-?[.,]?\d[\d,.-]*\.?\Z")
_INITIAL = regex.compile(r"[^\W\d]\.\Z")

_MID_UPPER = 4
_BEGINS_LOWER = 16
_UPPER = 2 + 4 + 8
_LOWER = 16 + 32 + 64
_NEVER_FIRST = frozenset(";:,.!?")


@dataclass(frozen=True, slots=True)
class _Model:
    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    starters: frozenset[str]
    contexts: Mapping[str, int]
    """Where a word was seen in upper and in lower case, as a sum of flags."""


@dataclass(slots=True)
class _Token:
    text: str
    kind: str
    """In lower case; every number is the same."""
    ends: bool = False
    """Whether a sentence ends with it."""
    short: bool = False
    """Whether it is an abbreviation or a row of stops."""

    @property
    def bare(self) -> str:
        """Its kind without a stop at its end."""
        return self.kind[:-1] if len(self.kind) > 1 and self.kind[-1] == "." else self.kind

    @property
    def last(self) -> str:
        """Its kind without the stop that ends the sentence."""
        return self.bare if self.ends else self.kind


def sentences(text: str) -> Iterator[str]:
    """The sentences of an English text, each with the closing signs behind its stop."""
    return (text[start:end] for start, end in _with_tails(text, _cuts(text)))


@cache
def _model() -> _Model:
    data = vendored("punkt.json")
    return _Model(
        frozenset(data["abbreviations"]),
        frozenset((first, second) for first, second in data["collocations"]),
        frozenset(data["starters"]),
        {word: int(flags) for flags, words in data["contexts"].items() for word in words},
    )


def _cuts(text: str) -> Iterator[Span]:
    start = 0
    for stop, context in _candidates(text):
        if _has_end(context):
            yield start, stop.end()
            start = stop.end() if stop[2] is None else stop.start(2)
    yield start, len(text.rstrip())


def _candidates(text: str) -> Iterator[tuple[regex.Match[str], str]]:
    """Each stop that may end a sentence with the word before it and what follows; of a word's stops the last."""
    start = end = 0
    before: regex.Match[str] | None = None
    for stop in _MAYBE_END.finditer(text):
        blank = max(text.rfind(sign, end, stop.start()) for sign in string.whitespace)
        # A blank right behind the stop before is not taken for one: so does NLTK.
        begin = blank + 1 if blank > end else start
        if before is not None and end <= begin:
            yield before, text[start:end] + before[0] + before[1]
        start, end, before = begin, stop.start(), stop
    if before is not None:
        yield before, text[start:end] + before[0] + before[1]


def _has_end(context: str) -> bool:
    found = [_token(said) for line in context.split("\n") if line.strip() for said in _TOKEN.findall(line)]
    for first, second in pairwise(found):
        _judge(first, second)
        if first.ends:
            return True
    return False


def _token(said: str) -> _Token:
    kind = said.lower()
    if _NUMBER.match(kind):
        kind = "##number##"
    if said in (".", "?", "!"):
        return _Token(said, kind, ends=True)
    if said[-1] != "." or len(said) == 1:
        return _Token(said, kind)
    if said.endswith(".."):
        return _Token(said, kind, short=not said.strip("."))
    bare, known = said[:-1].lower(), _model().abbreviations
    short = bare in known or bare.rpartition("-")[2] in known
    return _Token(said, kind, ends=not short, short=short)


def _judge(first: _Token, second: _Token) -> None:
    """Change what the word alone said about its stop by what follows it."""
    if first.text[-1] != ".":
        return
    if (first.bare, second.last) in _model().collocations:
        first.ends = False
        return
    initial = _INITIAL.match(first.text) is not None
    if first.short and not initial and _starts_after_short(second):
        first.ends = True
        return
    if initial or first.bare == "##number##":
        starts = _starts(second)
        always_upper = second.text[0].isupper() and not _model().contexts.get(second.last, 0) & _LOWER
        if starts is False or (starts is None and initial and always_upper):
            first.ends = False


def _starts_after_short(word: _Token) -> bool:
    return _starts(word) is True or (word.text[0].isupper() and word.last in _model().starters)


def _starts(word: _Token) -> bool | None:
    """Whether the word's case says that a sentence starts with it; None where it says nothing."""
    if word.text in _NEVER_FIRST:
        return False
    seen = _model().contexts.get(word.last, 0)
    if word.text[0].isupper() and seen & _LOWER and not seen & _MID_UPPER:
        return True
    if word.text[0].islower() and (seen & _UPPER or not seen & _BEGINS_LOWER):
        return False
    return None


def _with_tails(text: str, cuts: Iterator[Span]) -> Iterator[Span]:
    moved = 0
    start, end = next(cuts)
    for after, its_end in cuts:
        tail = _TAIL.match(text[after:its_end])
        if tail is not None:
            yield start + moved, after + len(tail[0].rstrip())
        elif start + moved < end:
            yield start + moved, end
        moved = 0 if tail is None else tail.end()
        start, end = after, its_end
    if start + moved < end:
        yield start + moved, end
