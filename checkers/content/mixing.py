"""Reasoning that slips into another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checkers.finding import Finding, Span, suspicious
from checkers.reasoning.move import moves
from checkers.reasoning.script import foreign_in, main_script, prose_of, scripts_in
from checkers.registry import rule
from checkers.text.spoken import language_of, may_be
from checkers.trace import Trace

_ABOUT_LANGUAGES = re.compile(
    r"\b(?:translat\w+|language|spoken|written|script|alphabet|characters?|kanji|hiragana|katakana|pinyin|hangul|cyrillic|"
    r"english|chinese|mandarin|japanese|korean|russian|ukrainian|arabic|hebrew|greek|hindi|thai|bengali|tamil|georgian|"
    r"armenian|übersetz\w*|tradu\w+|перев\w+)\b|翻译|翻譯|翻訳|번역",
    re.IGNORECASE,
)


ENOUGH_WORDS = 10
"""Words of a step in which a language without its small words would show."""
LONG_LINE = 60
"""Letters of a line whose language can be told."""
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_ENGLISH = frozenset(
    {"the", "of", "and", "to", "is", "are", "we", "in", "that", "this", "so", "for", "be", "have", "it", "by", "with"}
    | {"can", "from", "as", "at", "on", "has", "then", "if", "his", "her", "each", "was", "will", "not", "or", "an"}
)


@rule(version=1, scope="trace")
def language(trace: Trace) -> Iterator[Finding]:
    """A chain of thought stays in the language it is written in.

    What is quoted, bracketed, code or a formula is no mixing, nor are names, single words and short sentences; silent
    where the problem is about languages, and for the language or script of the problem itself.
    """
    if not trace.once(moves) or _ABOUT_LANGUAGES.search(trace.prompt) is not None:
        return
    main = main_script("\n".join(text for _, text in trace.pieces()))
    if main is None:
        return
    asked = scripts_in(trace.prompt)
    for step, text in trace.pieces():
        trace.budget.look()
        for found in foreign_in(text, main):
            if found.script not in asked:
                message = f"This is written in {found.script} letters, the rest in {found.among} ones."
                yield suspicious(found.span, message, step=step, script=found.script, among=found.among)
    if main == "Latin":
        yield from _in_other_languages(trace)


def _in_other_languages(trace: Trace) -> Iterator[Finding]:
    """Lines in another language of the same script; of most traces no language has to be told to see that none is."""
    lines = [(step, line) for step, text in trace.pieces() for line in _lines(prose_of(text))]
    strange = [(step, line) for step, line in lines if line.is_strange]
    if not strange:
        return
    own = language_of("\n".join(line.text for _, line in lines if not line.is_strange))
    asked = language_of(trace.prompt)
    for step, line in strange if own is not None else ():
        trace.budget.look()
        other = language_of(line.text)
        if own is None or other is None or may_be(other.language, own.language):
            continue
        if asked is None or not may_be(other.language, asked.language):
            message = f"This is in another language (“{other.language}”) than the rest (“{own.language}”)."
            yield suspicious(line.span, message, step=step, language=other.language, among=own.language)


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str

    @property
    def is_strange(self) -> bool:
        """Whether it is long and has none of the small words that are in nearly every English sentence."""
        if len(self.text) < LONG_LINE:
            return False
        words = _WORD.findall(self.text)
        is_prose = sum(len(word) > 2 for word in words) >= ENOUGH_WORDS
        return is_prose and _SMALL_ENGLISH.isdisjoint(word.lower() for word in words)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield _Line((start, start + len(line)), line)
        start += len(line) + 1
