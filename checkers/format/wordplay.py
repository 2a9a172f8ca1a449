"""Games with words: their first letters, vowels, consonants, lengths and syllables, and how they follow each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.instructions.syllable import by_vowels, is_listed
from checkers.instructions.syllable import syllables as counted_syllables
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.bare_word import bare_words, letters_of, said
from checkers.text.paragraph import paragraph_spans
from checkers.text.readings import agreed, sentence_ways, word_ways
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

Words = Sequence[Span]


@constraint(version=1)
def alphabet(trace: Trace, asked: Constraint) -> Finding:
    """Each word starts with the next letter of the alphabet, with any first letter; A follows Z."""
    params.refuse_unknown(asked)

    def judge(words: Words) -> Finding:
        firsts = [letters_of(trace.text, span)[:1] for span in words]
        begin = _ALPHABET.find(firsts[0]) if firsts else 0
        wrong = [at for at, first in enumerate(firsts) if begin < 0 or first != _ALPHABET[(begin + at) % 26]]
        if not wrong:
            return holds(
                _whole(trace), f"{amount(len(words), 'word')} in the order of the alphabet.", measured=len(words)
            )
        at, wanted = wrong[0], _ALPHABET[(begin + wrong[0]) % 26] if begin >= 0 else "a letter"
        message = f"“{_cut(trace.text, words[at])}” should start with {wanted}."
        return fails(words[at], message, measured=firsts[at], wanted=wanted, spans=spans_of([words[at]]))

    return _no_words(trace) or not_latin(trace) or agreed(trace.text, word_ways(trace.text), judge)


@constraint(version=1)
def first_letters(trace: Trace, asked: Constraint) -> Finding:
    """No two words in a row start with the same letter, whatever its case or accent."""
    params.refuse_unknown(asked)

    def judge(words: Words) -> Finding:
        firsts = [letters_of(trace.text, span)[:1] for span in words]
        same = [at for at, (one, next_) in enumerate(pairwise(firsts)) if one == next_ and one.isalpha()]
        pairs = [(words[at][0], words[at + 1][1]) for at in same]
        return _none_wrong(
            trace, pairs, "two words in a row with one first letter", many="pairs of words that share it"
        )

    return _no_words(trace) or without_blanks(trace) or agreed(trace.text, word_ways(trace.text), judge)


@constraint(version=1)
def consonant_clusters(trace: Trace, asked: Constraint) -> Finding:
    """Each word has `min` consonants together (2 unless given).

    A y is one in front of a vowel and at the start; where a word has a cluster only with another y it is unknown.
    """
    params.refuse_unknown(asked, "min")
    least = params.count(asked, "min")
    least = 2 if least is None else least
    strict, lenient = (
        re.compile(f"[{letters}]{{{min(least, 99)}}}") for letters in ("b-df-hj-np-tv-xz1", "b-df-hj-np-tv-z1")
    )

    def judge(words: Words) -> Finding:
        read = [(span, _CONSONANT_Y.sub("1", letters_of(trace.text, span))) for span in words]
        bare = [span for span, word in read if not lenient.search(word)]
        doubtful = [span for span, word in read if not strict.search(word)]
        if doubtful and not bare:
            message = f"“{_cut(trace.text, doubtful[0])}” has a cluster only if its y is a consonant."
            return unknown(doubtful[0], message, reason="a y", spans=spans_of(doubtful))
        return _none_wrong(trace, bare, "word without a consonant cluster", many="words without a consonant cluster")

    return _no_words(trace) or not_latin(trace) or agreed(trace.text, word_ways(trace.text), judge)


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
    words = [(span, letters_of(trace.text, span)) for span in bare_words(trace.text)]
    counts = Counter(sign for _, word in words for sign in word if sign in _VOWELS)
    used = sorted(counts)
    if len(used) > most:
        kept = {vowel for vowel, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]}
        wrong = [span for span, word in words if any(sign in counts and sign not in kept for sign in word)]
        message = f"{amount(len(used), 'vowel')} ({', '.join(used)}), at most {most}."
        return fails(wrong[0], message, measured=dict(counts), wanted=most, spans=spans_of(wrong))
    return _of_paragraphs(trace, paragraphs) or holds(
        _whole(trace), f"{amount(len(used), 'vowel')}.", measured=dict(counts), wanted=most
    )


def _of_paragraphs(trace: Trace, wanted: int | None) -> Finding | None:
    """What is wrong with the number of paragraphs; None where nothing is."""
    if wanted is None:
        return None
    found, lines = len(paragraph_spans(trace.text)), sum(bool(line.strip()) for line in trace.text.split("\n"))
    if found == wanted == lines:
        return None
    if found > wanted:
        said_ = f"{amount(found, 'paragraph')}, and {wanted:,} asked for."
        return fails(_whole(trace), said_, measured=found, wanted=wanted)
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
        wrong = [span for span in words if not fits(len(letters_of(trace.text, span)))]
        return _none_wrong(trace, wrong, "word of another length", many="words of another length")

    return _no_words(trace) or without_blanks(trace) or agreed(trace.text, word_ways(trace.text), judge)


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
    """Every word whose place `n` divides is in `script`: japanese, chinese, korean, cyrillic, greek, arabic, latin …

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
    words = bare_words(trace.text)
    counts = [_syllables(said(trace.text, span)) for span in words]
    wrong = [
        (words[at][0], words[at + 1][1])
        for at, (one, next_) in enumerate(pairwise(counts))
        if one is not None and next_ is not None and one % 2 == next_ % 2
    ]
    if not wrong and None in counts:
        at = words[counts.index(None)]
        message = f"The syllables of “{_cut(trace.text, at)}” cannot be counted for sure."
        return unknown(at, message, reason="syllables")
    return _none_wrong(
        trace, wrong, "pair of words that do not take turns", many="pairs of words that do not take turns"
    )


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

    def judge(sentences: Words) -> Finding:
        ends = [found for start, end in sentences if (found := _ends_of(trace.text, start, end))]
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

    def judge(paragraphs: Words) -> Finding:
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


def _none_wrong(trace: Trace, wrong: Sequence[Span], thing: str, *, many: str) -> Finding:
    if not wrong:
        return holds(_whole(trace), f"No {thing}.", measured=0, wanted=0)
    message = f"“{_cut(trace.text, wrong[0])}”: {amount(len(wrong), thing, many)}."
    return fails(wrong[0], message, measured=len(wrong), wanted=0, spans=spans_of(wrong))


def _cut(text: str, span: Span) -> str:
    start, end = span
    return text[start:end] if end - start <= 40 else text[start : start + 39] + "…"


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)
