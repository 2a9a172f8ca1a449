"""Games with words: their first letters, vowels, consonants, lengths and syllables, and how they follow each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice, pairwise

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, Verdict, fails, holds, unknown
from checkers.instructions.syllable import by_vowels, is_listed
from checkers.instructions.syllable import syllables as counted_syllables
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.bare_word import bare_words, each_word, initial, letters_of, said
from checkers.text.paragraph import paragraph_spans
from checkers.text.readings import Places, agreed, agreed_on_words, sentence_ways, word_ways
from checkers.text.undefined import not_english, not_latin, without_blanks
from checkers.trace import Constraint, Trace

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"
_KINDS = ("prime", "odd", "even")
_SCRIPTS = {
    "japanese": r"[\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uff66-\uff9f]",
    "chinese": r"[\u3400-\u9fff]",
    "korean": r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]",
    "cyrillic": r"[\u0400-\u052f]",
    "greek": r"[\u0370-\u03ff\u1f00-\u1fff]",
    "arabic": r"[\u0600-\u06ff\u0750-\u077f]",
    "hebrew": r"[\u05d0-\u05ea]",
    "devanagari": r"[\u0900-\u097f]",
    "latin": r"[A-Za-z\u00c0-\u024f]",
}
_SEVERAL = 5
"""Letters in a row, in a script without blanks, that may be more than one word."""
_UNSPACED = re.compile(rf"[\u3041-\u30ff\u3400-\u9fff]{{{_SEVERAL}}}")
_PRIMES = frozenset(n for n in range(2, 1_000) if all(n % divisor for divisor in range(2, int(n**0.5) + 1)))

Words = Iterable[Span]

MAX_TOLD = 20
"""Places that break a rule on each word, after which no further are looked for."""


@constraint(version=1)
def alphabet(trace: Trace, asked: Constraint) -> Finding:
    """Each word starts with the next letter of the alphabet, with any first letter; A follows Z."""
    params.refuse_unknown(asked)

    def judge(words: Words) -> Finding:
        place = count = 0
        for count, span in enumerate(words, 1):
            first = initial(trace.text, span)
            if count == 1:
                place = _ALPHABET.find(first)
            wanted = _ALPHABET[place % 26] if place >= 0 else "a letter"
            if first != wanted:
                message = f"“{_cut(trace.text, span)}” should start with {wanted}."
                return fails(span, message, measured=first, wanted=wanted, spans=spans_of([span]))
            place += 1
        return holds(_whole(trace), f"{amount(count, 'word')} in the order of the alphabet.", measured=count)

    return _no_words(trace) or not_latin(trace) or agreed(trace.text, word_ways(trace.text), judge)


@constraint(version=1)
def first_letters(trace: Trace, asked: Constraint) -> Finding:
    """No two words in a row start with the same letter, whatever its case or accent."""
    params.refuse_unknown(asked)

    text = trace.text

    def judge(words: Words) -> Finding:
        pairs = (
            (before[0], after[1])
            for before, after in pairwise(words)
            if (first := initial(text, before)) == initial(text, after) and first.isalpha()
        )
        return _none_wrong(
            trace, pairs, "two words in a row with one first letter", many="pairs of words that share it"
        )

    return _no_words(trace) or without_blanks(trace) or agreed_on_words(text, judge)


@constraint(version=1)
def consonant_clusters(trace: Trace, asked: Constraint) -> Finding:
    """Each word has `min` consonants together (2 unless given).

    A y is one in front of a vowel and at the start; where a word has a cluster only with another y it is unknown.
    """
    params.refuse_unknown(asked, "min")
    least = params.count(asked, "min")
    least = 2 if least is None else least
    strict, lenient = (
        re.compile(f"[{letters}]{{{min(least, 99)}}}") for letters in ("b-df-hj-np-tv-xz1", "b-df-hj-np-tv-z")
    )

    def judge(words: Words) -> Finding:
        doubtful: list[Span] = []

        def bare() -> Iterator[Span]:
            for span in words:
                word = letters_of(trace.text, span)
                if not lenient.search(word):
                    yield span
                elif "y" in word and not strict.search(_CONSONANT_Y.sub("1", word)):
                    doubtful.append(span)

        found = _none_wrong(trace, bare(), "word without a consonant cluster", many="words without a consonant cluster")
        if found.verdict is Verdict.FAILS or not doubtful:
            return found
        message = f"“{_cut(trace.text, doubtful[0])}” has a cluster only if its y is a consonant."
        return unknown(doubtful[0], message, reason="a y", spans=spans_of(doubtful))

    return _no_words(trace) or not_latin(trace) or agreed_on_words(trace.text, judge)


_CONSONANT_Y = re.compile(r"\by|y(?=[aeiou])")


@constraint(version=1)
def vowels(trace: Trace, asked: Constraint) -> Finding:
    """At most `max` different ones of a, e, i, o and u are in the response; with `paragraphs`, in so many of these.

    An accented vowel is one; a y is none.
    """
    params.refuse_unknown(asked, "max", "paragraphs")
    most, paragraphs = params.count(asked, "max"), params.count(asked, "paragraphs")
    if most is None:
        raise BadParams("'max' is not given")
    other = not_latin(trace)
    if other is not None:
        return other
    said_ = trace.text.lower() if trace.text.isascii() else unicodedata.normalize("NFD", trace.text).lower()
    counts = {vowel: count for vowel in _VOWELS if (count := said_.count(vowel))}
    used = ", ".join(counts)
    if len(counts) > most:
        kept = {vowel for vowel, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]}
        over = set(counts) - kept
        wrong = (span for span in each_word(trace.text) if not over.isdisjoint(letters_of(trace.text, span)))
        told = list(islice(wrong, MAX_TOLD))
        message = f"{amount(len(counts), 'vowel')} ({used}), at most {most}."
        at = told[0] if told else _whole(trace)
        return fails(at, message, measured=counts, wanted=most, spans=spans_of(told))
    return _of_paragraphs(trace, paragraphs) or holds(
        _whole(trace), f"{amount(len(counts), 'vowel')}.", measured=counts, wanted=most
    )


def _of_paragraphs(trace: Trace, wanted: int | None) -> Finding | None:
    """What is wrong with the number of paragraphs; None where nothing is."""
    if wanted is None:
        return None
    found, lines = len(paragraph_spans(trace.text)), sum(bool(line.strip()) for line in trace.text.split("\n"))
    if found == wanted == lines:
        return None
    if found > wanted:
        message = f"{amount(found, 'paragraph')}, and {wanted:,} asked for."
        return fails(_whole(trace), message, measured=found, wanted=wanted)
    message = "Whether its lines are paragraphs cannot be told."
    return unknown(_whole(trace), message, reason="lines or paragraphs", measured=[found, lines], wanted=wanted)


@constraint(version=1)
def lengths(trace: Trace, asked: Constraint) -> Finding:
    """Each word has `min` to `max` letters, and a number of them that is `kind`: prime, odd or even.

    Signs are no letters: "don't" has 4. Where it matters whether a number or half of "well-known" is a word: unknown.
    """
    params.refuse_unknown(asked, "kind", "min", "max")
    kind, least, most = params.choice(asked, "kind", _KINDS), params.count(asked, "min"), params.count(asked, "max")
    if kind is None and least is None and most is None:
        raise BadParams("none of 'kind', 'min' and 'max' is given")
    fits = _fitting(kind, least or 0, most)

    def judge(words: Words) -> Finding:
        wrong = (span for span in words if not fits(len(letters_of(trace.text, span))))
        return _none_wrong(trace, wrong, "word of another length", many="words of another length")

    return _no_words(trace) or without_blanks(trace) or agreed_on_words(trace.text, judge)


def _fitting(kind: str | None, least: int, most: int | None) -> Callable[[int], bool]:
    def fits(length: int) -> bool:
        if length < least or (most is not None and length > most):
            return False
        if kind == "prime":
            return length in _PRIMES
        return kind is None or length % 2 == (kind == "odd")

    return fits


@constraint(version=1)
def every_nth(trace: Trace, asked: Constraint) -> Finding:
    """Every word whose place `n` divides is in `script`.

    Scripts are japanese, chinese, korean, cyrillic, greek, arabic, latin and others: a wrong one is told all of them.
    A run of letters of a script without blanks may be several words, and a number may be in any: that is unknown.
    """
    params.refuse_unknown(asked, "n", "script")
    step, script = params.count(asked, "n"), params.choice(asked, "script", _SCRIPTS)
    if not step or script is None:
        raise BadParams("'n' must be 1 at least, and 'script' be given")
    letter = re.compile(_SCRIPTS[script])
    words = bare_words(trace.text)
    asked_for = words[step - 1 :: step]
    wrong = [span for span in asked_for if not letter.search(trace.text, *span)]
    wanted = f"every {step:,}th word in {script} letters"
    numbers = [span for span in wrong if trace.text[span[0] : span[1]].isnumeric()]
    if not wrong:
        if not asked_for:
            return holds(_whole(trace), f"{amount(len(words), 'word')}, so that none is the {step:,}th.", wanted=wanted)
        measured = len(asked_for)
        return holds(
            _whole(trace), f"{amount(measured, 'word')}, all in {script} letters.", measured=measured, wanted=wanted
        )
    if numbers == wrong or _UNSPACED.search(trace.text, 0, wrong[0][0]):
        message = f"Whether “{_cut(trace.text, wrong[0])}” is such a word cannot be told."
        return unknown(wrong[0], message, reason="several ways to cut the text", wanted=wanted, spans=spans_of(wrong))
    place = words.index(wrong[0]) + 1
    message = f"Word {place:,}, “{_cut(trace.text, wrong[0])}”, is not in {script} letters."
    return fails(wrong[0], message, measured=len(asked_for) - len(wrong), wanted=wanted, spans=spans_of(wrong))


@constraint(version=1)
def syllables(trace: Trace, asked: Constraint) -> Finding:
    """Words with odd and even numbers of syllables take turns.

    Two words in a row whose numbers are sure break it; it is unknown where it hangs on a word whose number is not.
    """
    params.refuse_unknown(asked)
    other = not_english(trace)
    if other is not None:
        return other
    unsure: list[Span] = []

    def wrong() -> Iterator[Span]:
        counts = ((span, _syllables(said(trace.text, span))) for span in each_word(trace.text))
        for (before, one), (after, next_) in pairwise(counts):
            if one is None or next_ is None:
                unsure.append(before if one is None else after)
            elif one % 2 == next_ % 2:
                yield before[0], after[1]

    found = _none_wrong(
        trace, wrong(), "pair of words that do not take turns", many="pairs of words that do not take turns"
    )
    if found.verdict is Verdict.FAILS or not unsure:
        return found
    message = f"The syllables of “{_cut(trace.text, unsure[0])}” cannot be counted for sure."
    return unknown(unsure[0], message, reason="syllables")


def _syllables(word: str) -> int | None:
    """The syllables of a word where the list has it or two ways to count agree; else None."""
    bare = word.replace("'", "")
    counts = [counted_syllables(part) for part in re.split(r"[-‐‑]", bare)]
    if not bare.isascii() or 0 in counts:
        return None
    if is_listed(bare) or all(
        count == _spoken(part) for count, part in zip(counts, re.split(r"[-‐‑]", bare), strict=True)
    ):
        return sum(counts)
    return None


def _spoken(word: str) -> int | None:
    """Another way to count: a silent -ed and -es, vowels that are two; None where the ending leaves it open."""
    if _OPEN.search(word):
        return None
    count = by_vowels(word)
    return count - (len(_SILENT.findall(word)) if count > 1 else 0) + len(_TWO.findall(word))


_OPEN = re.compile(r"ire|our|ower|[aeiou]ry|ery|ial|ious|eal|uel|ier|[aeiou]{3}")
_SILENT = re.compile(r"[^aeioutd]ed\Z|[^aeiouszxhcg]es\Z|[^aeiouy]e(?=ment|less|ful|ly|ness)")
_TWO = re.compile(r"ia(?!n\Z)|io(?!n)|eo(?!us)|[^q]ua(?!r)|ie(?=t)")


@constraint(version=1)
def chain(trace: Trace, asked: Constraint) -> Finding:
    """The last word of each sentence is the first word of the next, whatever its case."""
    params.refuse_unknown(asked)

    @cache
    def ends_of(sentence: Span) -> tuple[Span, Span] | None:
        return _ends_of(trace.text, *sentence)

    def judge(sentences: Places) -> Finding:
        ends = [found for sentence in sentences if (found := ends_of(sentence))]
        wrong = [
            after[0] for before, after in pairwise(ends) if said(trace.text, before[1]) != said(trace.text, after[0])
        ]
        return _none_wrong(trace, wrong, "sentence that does not start as the one before ends", many="such sentences")

    return without_blanks(trace) or agreed(trace.text, sentence_ways(trace.text), judge)


@constraint(version=1)
def ring(trace: Trace, asked: Constraint) -> Finding:
    """Each paragraph ends with the word it starts with, whatever its case."""
    params.refuse_unknown(asked)
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", trace.text)]

    def judge(paragraphs: Places) -> Finding:
        ends = [found for start, end in paragraphs if (found := _ends_of(trace.text, start, end))]
        wrong = [last for first, last in ends if said(trace.text, first) != said(trace.text, last)]
        return _none_wrong(trace, wrong, "paragraph that does not end as it starts", many="such paragraphs")

    return without_blanks(trace) or agreed(trace.text, [paragraph_spans(trace.text), lines], judge)


def _ends_of(text: str, start: int, end: int) -> tuple[Span, Span] | None:
    """The first and the last word of a part of the text; None where it has none."""
    words = bare_words(text[start:end])
    if not words:
        return None
    first, last = words[0], words[-1]
    return (start + first[0], start + first[1]), (start + last[0], start + last[1])


def _no_words(trace: Trace) -> Finding | None:
    if any(map(str.isalnum, trace.text)):
        return None
    return unknown(_whole(trace), "There are no words.", reason="no words")


def _none_wrong(trace: Trace, places: Iterable[Span], thing: str, *, many: str) -> Finding:
    wrong = list(islice(places, MAX_TOLD))
    if not wrong:
        return holds(_whole(trace), f"No {thing}.", measured=0, wanted=0)
    said_ = amount(len(wrong), thing, many) if len(wrong) < MAX_TOLD else f"{MAX_TOLD} {many} at least"
    message = f"“{_cut(trace.text, wrong[0])}”: {said_}."
    return fails(wrong[0], message, measured=len(wrong), wanted=0, spans=spans_of(wrong))


def _cut(text: str, span: Span) -> str:
    start, end = span
    return text[start:end] if end - start <= 40 else text[start : start + 39] + "…"


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)
