"""Words at a place: the second of the third sentence, the last but one, the first of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeGuard

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Json, Span, Verdict, fails, holds, unknown
from checkers.instructions.tagger import sole_tag
from checkers.instructions.tokenised import first_tag
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.bare_word import bare_words, said
from checkers.text.readings import agreed, sentence_ways, word_ways
from checkers.text.undefined import not_english, without_blanks
from checkers.trace import Constraint, Trace

MAX_PLACES = 20
REACH = 400
"""Characters of the start that are tagged."""

_EMPHASIS = re.compile('[*_`"“”]')
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_NEVER = frozenset({"DT", "PRP", "PRP$", "IN", "CC", "EX", "WP", "WP$", "WDT", "WRB", "CD", "PDT", "TO"})
"""Tags of classes that have few words, none of them a verb."""
_ADVERBS = frozenset({"RB", "RBR", "RBS"})
"""Tags of words that are no verb where they hardly ever have another tag."""


@constraint(version=1)
def word(trace: Trace, asked: Constraint) -> Finding:
    """The word `word` stands at the place `at`, or at each of a list of places: 1 is the first, -1 the last.

    Places in the sentence number `sentence` where that is given, else in the response. Signs are no words, the case is
    free. Where a place depends on whether "well-known" or a number is a word, or on where sentences end: unknown.
    """
    params.refuse_unknown(asked, "word", "at", "sentence")
    wanted, at, number = _one_word(params.text(asked, "word")), _places(asked), params.count(asked, "sentence")
    if number == 0:
        raise BadParams("'sentence' must be 1 at least")
    open_ = without_blanks(trace)
    if open_ is not None:
        return open_
    found = _found(trace, wanted, at, number)
    if found.repair is None:
        return found
    start, end = found.span
    text = trace.text[:start] + found.repair + trace.text[end:]
    after = _found(replace(trace, response=text, steps=(), answer=None, _memo={}), wanted, at, number)
    return found if after.verdict is Verdict.HOLDS and not trace.steps else replace(found, repair=None)


def _found(trace: Trace, wanted: str, at: Sequence[int], number: int | None) -> Finding:
    text = trace.text

    def judge(words: Iterable[Span]) -> Finding:
        return _at_places(trace, list(words), wanted, at)

    def judge_in(sentences: Sequence[Span]) -> Finding:
        if len(sentences) < (number or 0):
            message = f"There is no sentence {number:,}: {amount(len(sentences), 'sentence')}."
            return fails((0, len(text)), message, measured=len(sentences), wanted=wanted)
        start, end = sentences[(number or 1) - 1]
        ways = (((start + span[0], start + span[1]) for span in way) for way in word_ways(text[start:end]))
        return agreed(text, ways, judge)

    return agreed(text, word_ways(text), judge) if number is None else agreed(text, sentence_ways(text), judge_in)


def _at_places(trace: Trace, words: Sequence[Span], wanted: str, at: Sequence[int]) -> Finding:
    spans = [_at(words, place) for place in at]
    there = [span for span in spans if span is not None]
    if len(there) < len(spans):
        message = f"There are {amount(len(words), 'word')}, too few for the place."
        return fails((0, len(trace.text)), message, measured=len(words), wanted=wanted)
    wrong = [span for span in there if said(trace.text, span) != wanted.casefold()]
    if not wrong:
        return holds(there[0], f"“{wanted}” stands there.", measured=wanted, wanted=wanted, spans=spans_of(there))
    stands = trace.text[slice(*wrong[0])][:60]
    message = f"“{stands}” stands where “{wanted}” should."
    repair = wanted if len(at) == 1 else None
    return fails(wrong[0], message, repair=repair, measured=stands, wanted=wanted, spans=spans_of(wrong))


def _at(words: Sequence[Span], place: int) -> Span | None:
    index = place - 1 if place > 0 else len(words) + place
    return words[index] if 0 <= index < len(words) else None


def _one_word(given: str | None) -> str:
    words = bare_words(given or "")
    if given is None or len(words) != 1:
        raise BadParams("the parameter 'word' must be one word")
    return given[slice(*words[0])]


def _places(asked: Constraint) -> list[int]:
    given = asked.params.get("at")
    listed = given if isinstance(given, list | tuple) else [given]
    found = [int(place) for place in listed if _is_place(place)]
    if not 0 < len(found) == len(listed) <= MAX_PLACES:
        raise BadParams(
            f"the parameter 'at' must be a place, or a list of 1 to {MAX_PLACES}: 1 is the first, -1 the last"
        )
    return found


def _is_place(value: Json) -> TypeGuard[int | float]:
    if isinstance(value, float):
        return value.is_integer() and value != 0
    return isinstance(value, int) and not isinstance(value, bool) and value != 0


@constraint(version=1)
def opening(trace: Trace, asked: Constraint) -> Finding:
    """The first word is of `kind` verb, modal verbs and forms with -ing among them.

    By a statistical tagger (Honnibal 2013). Only a word of a class that has no verbs fails: any other may be one.
    """
    params.refuse_unknown(asked, "kind")
    if params.choice(asked, "kind", ("verb",)) is None:
        raise BadParams("'kind' is not given")
    other = not_english(trace)
    if other is not None:
        return other
    words = bare_words(trace.text[:REACH])
    if not words:
        return fails((0, len(trace.text)), "There are no words.", measured=0, wanted="verb")
    first = words[0]
    shown = trace.text[slice(*first)][:60]
    # Emphasis and quotes around it are no part of the sentence that is tagged.
    tag = first_tag(_EMPHASIS.sub("", trace.text[first[0] : first[0] + REACH]))
    if tag in _VERBS:
        return holds(first, f"“{shown}” is a verb.", measured=tag, wanted="verb")
    if tag in _NEVER or sole_tag(shown) in _ADVERBS or sole_tag(shown.lower()) in _ADVERBS:
        return fails(first, f"“{shown}” is no verb.", measured=tag, wanted="verb", spans=spans_of([first]))
    return unknown(first, f"Whether “{shown}” is a verb here cannot be told.", reason="tagged otherwise", measured=tag)
