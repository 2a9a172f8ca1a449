"""The form of sentences: their types, their lengths one after the other, and what stands in which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.bare_word import bare_words, each_word, initial, said
from checkers.text.phrase import places
from checkers.text.readings import agreed, ends_with, sentence_ways
from checkers.text.undefined import without_blanks
from checkers.trace import Constraint, Trace

_TYPES = ("declarative", "interrogative", "exclamatory")

Sentences = Sequence[Span]


@constraint(version=1)
def ratio(trace: Trace, asked: Constraint) -> Finding:
    """Sentences of the types `declarative`, `interrogative` and `exclamatory` are in this proportion; others are free.

    By their last stop. A line without one may be a heading or a sentence: where that matters it is unknown.
    """
    params.refuse_unknown(asked, *_TYPES)
    parts = {kind: part for kind in _TYPES if (part := params.count(asked, kind)) is not None}
    if len(parts) < 2 or 0 in parts.values():
        raise BadParams("two of 'declarative', 'interrogative' and 'exclamatory' must be given, and be 1 at least")

    def judge(sentences: Sentences) -> Finding:
        kinds = [_type(ends_with(trace.text, sentence)) for sentence in sentences]
        counts = {kind: kinds.count(kind) for kind in _TYPES}
        shown = ", ".join(f"{counts[kind]:,} {kind}" for kind in parts)
        if _in_proportion(counts, parts):
            sure = "" not in kinds or "declarative" not in parts
            if sure:
                return holds(_whole(trace), f"{shown}.", measured=counts, wanted=parts)
        elif not _could_be(counts, parts, kinds.count("")):
            said_ = ":".join(str(part) for part in parts.values())
            return fails(_whole(trace), f"{shown}, and not {said_}.", measured=counts, wanted=parts)
        message = f"{shown}, and {amount(kinds.count(''), 'line')} without a stop."
        return unknown(_whole(trace), message, reason="lines without a stop", measured=counts, wanted=parts)

    return agreed(trace.text, sentence_ways(trace.text), judge)


def _type(stop: str) -> str:
    if not stop:
        return ""
    if "?" in stop or "？" in stop:
        return "interrogative"
    return "exclamatory" if "!" in stop or "！" in stop else "declarative"


def _in_proportion(counts: dict[str, int], parts: dict[str, int]) -> bool:
    (first, share), *others = parts.items()
    return counts[first] > 0 and all(counts[kind] * share == counts[first] * part for kind, part in others)


def _could_be(counts: dict[str, int], parts: dict[str, int], open_: int) -> bool:
    """Whether it would be in proportion if some of the lines without a stop were declarative sentences."""
    return "declarative" in parts and any(
        _in_proportion({**counts, "declarative": counts["declarative"] + more}, parts) for more in range(1, open_ + 1)
    )


@constraint(version=1)
def keyword(trace: Trace, asked: Constraint) -> Finding:
    """The word or phrase `word` stands in the sentence number `sentence`, whatever its case."""
    params.refuse_unknown(asked, "word", "sentence")
    word, number = params.text(asked, "word"), params.count(asked, "sentence")
    if word is None or not number:
        raise BadParams("'word' must be given, and 'sentence' be 1 at least")
    found = places(word, trace.text)

    def judge(sentences: Sentences) -> Finding:
        if len(sentences) < number:
            message = f"There is no sentence {number:,}: {amount(len(sentences), 'sentence')}."
            return fails(_whole(trace), message, measured=len(sentences), wanted=number)
        start, end = sentences[number - 1]
        there = [span for span in found if start <= span[0] and span[1] <= end]
        if there:
            return holds(there[0], f"“{word}” stands in sentence {number:,}.", measured=len(there), wanted=number)
        message = f"“{word}” does not stand in sentence {number:,}."
        return fails((start, end), message, measured=0, wanted=number, spans=spans_of(found))

    return agreed(trace.text, sentence_ways(trace.text), judge)


@constraint(version=1)
def growth(trace: Trace, asked: Constraint) -> Finding:
    """Each sentence has exactly `by` words more than the one before."""
    params.refuse_unknown(asked, "by")
    by = params.count(asked, "by")
    if by is None:
        raise BadParams("'by' is not given")

    @cache
    def length(sentence: Span) -> int:
        return sum(1 for _ in each_word(trace.text[slice(*sentence)]))

    def judge(sentences: Sentences) -> Finding:
        counts = [length(sentence) for sentence in sentences]
        wrong = [at for at, (one, next_) in enumerate(pairwise(counts), 1) if next_ != one + by]
        shown: list[int] = counts[:200]
        if not wrong:
            return holds(
                _whole(trace), f"{amount(len(counts), 'sentence')}, each {by:,} longer.", measured=shown, wanted=by
            )
        at = wrong[0]
        message = f"{amount(counts[at], 'word')} after {counts[at - 1]:,}: {counts[at - 1] + by:,} asked for."
        return fails(sentences[at], message, measured=shown, wanted=by, spans=spans_of([sentences[at] for at in wrong]))

    return without_blanks(trace) or agreed(trace.text, sentence_ways(trace.text), judge)


@constraint(version=1)
def alliteration(trace: Trace, asked: Constraint) -> Finding:
    """Each sentence has a longer sequence of words with the same first letter than the one before."""
    params.refuse_unknown(asked)

    @cache
    def longest(sentence: Span) -> int:
        return _longest_run(trace.text[slice(*sentence)])

    def judge(sentences: Sentences) -> Finding:
        counts = [longest(sentence) for sentence in sentences]
        wrong = [at for at, (one, next_) in enumerate(pairwise(counts), 1) if next_ <= one]
        shown: list[int] = counts[:200]
        if not wrong:
            return holds(_whole(trace), "Each sequence is longer than the one before.", measured=shown)
        at = wrong[0]
        message = f"A sequence of {amount(counts[at], 'word')} after one of {counts[at - 1]:,}."
        return fails(sentences[at], message, measured=shown, spans=spans_of([sentences[at] for at in wrong]))

    return without_blanks(trace) or agreed(trace.text, sentence_ways(trace.text), judge)


def _longest_run(sentence: str) -> int:
    firsts = (initial(sentence, span) for span in each_word(sentence))
    return max((sum(1 for _ in same) for first, same in groupby(firsts) if first.isalpha()), default=0)


@constraint(version=1)
def same_length(trace: Trace, asked: Constraint) -> Finding:
    """All sentences, `sentences` of them where that is given, have the same number of characters, signs and blanks too.

    With `different_words` no word stands there twice. Unknown where they are of one length only without the signs.
    """
    params.refuse_unknown(asked, "sentences", "different_words")
    number, different = params.count(asked, "sentences"), params.flag(asked, "different_words", default=False)

    def judge(sentences: Sentences) -> Finding:
        if number is not None and len(sentences) != number:
            message = f"{amount(len(sentences), 'sentence')}, and {number:,} asked for."
            return fails(_whole(trace), message, measured=len(sentences), wanted=number)
        doubled = _doubled(trace.text) if different else []
        if doubled:
            word = trace.text[slice(*doubled[0])]
            return fails(doubled[0], f"“{word}” stands there before.", measured=len(doubled), spans=spans_of(doubled))
        counts = [end - start for start, end in sentences]
        shown = counts[:200]
        if len(set(counts)) <= 1:
            return holds(_whole(trace), f"{amount(len(counts), 'sentence')} of one length.", measured=shown)
        letters = {sum(map(str.isalnum, trace.text[start:end])) for start, end in sentences}
        if len(letters) == 1:
            message = "The sentences are of one length only when blanks and signs are left out."
            return unknown(_whole(trace), message, reason="several ways to count", measured=shown)
        message = f"The sentences have {', '.join(map(str, counts[:10]))} characters."
        return fails(_whole(trace), message, measured=shown, spans=spans_of(sentences))

    return agreed(trace.text, sentence_ways(trace.text), judge)


def _doubled(text: str) -> list[Span]:
    """Words that stand in the text before."""
    seen: set[str] = set()
    found = []
    for span in bare_words(text):
        word = said(text, span)
        if word in seen:
            found.append(span)
        seen.add(word)
    return found


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)
