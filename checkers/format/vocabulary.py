"""Which words a response uses: how many different ones, how often, and of what kind."""

from __future__ import annotations

from collections import Counter, defaultdict

from checkers import params
from checkers.counted import Bounds, amount, counted, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.instructions.tokenised import stop_words as listed_stop_words
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.bare_word import HYPHENS, bare_words, letters_of, said, spoken
from checkers.text.english import conjunction_places, pronoun_places
from checkers.text.phrase import places
from checkers.text.undefined import not_english, without_blanks
from checkers.trace import Constraint, Trace

MAX_TEXT = 200_000
MAX_SIZE = 10


@constraint(version=1)
def unique(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` different words, whatever their case.

    Signs around a word are no part of it. Where it matters whether "well-known" is one word or two it is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds = Bounds.of(asked)
    words = set(spoken(trace.text))
    counts = [len(words), len({part for word in words for part in HYPHENS.split(word)})]
    return without_blanks(trace) or counted(_whole(trace), (min(counts), max(counts)), bounds, "different word")


@constraint(version=1)
def repeats(trace: Trace, asked: Constraint) -> Finding:
    """No word stands in the response more than `max` times, whatever its case."""
    params.refuse_unknown(asked, "max")
    most = params.count(asked, "max")
    if most is None:
        raise BadParams("'max' is not given")
    open_ = without_blanks(trace)
    if open_ is not None:
        return open_
    counts = Counter(spoken(trace.text))
    often = {word: count for word, count in counts.items() if count > most}
    if not often:
        largest = max(counts.values(), default=0)
        message = f"No word stands there more than {amount(largest, 'time')}."
        return holds(_whole(trace), message, measured=largest, wanted=most)
    where: dict[str, list[Span]] = defaultdict(list)
    for span in bare_words(trace.text):
        where[said(trace.text, span)].append(span)
    word, count = max(often.items(), key=lambda item: (item[1], item[0]))
    excess = sorted(span for each in often for span in where[each][most:])
    others = f", and so do {amount(len(often) - 1, 'other')}" if len(often) > 1 else ""
    message = f"“{word}” stands there {count:,} times, at most {most:,}{others}."
    return fails(excess[0], message, measured=dict(Counter(often).most_common(50)), wanted=most, spans=spans_of(excess))


@constraint(version=1)
def stop_words(trace: Trace, asked: Constraint) -> Finding:
    """At most `max_percent` of the words are English stop words, by NLTK's list; "it's" is one of them."""
    params.refuse_unknown(asked, "max_percent")
    most = params.share(asked, "max_percent")
    if most is None:
        raise BadParams("'max_percent' is not given")
    other = not_english(trace)
    if other is not None:
        return other
    words, known = spoken(trace.text), listed_stop_words()
    if not words:
        return unknown(_whole(trace), "There are no words.", reason="no words", wanted=most)
    count = sum(map(known.__contains__, words))
    measured = 100 * count / len(words)
    share = f"{count:,} of {amount(len(words), 'word')} are stop words: {measured:.1f} %"
    if measured <= most:
        return holds(_whole(trace), f"{share}.", measured=round(measured, 2), wanted=most)
    found = [span for span in bare_words(trace.text) if said(trace.text, span) in known]
    message = f"{share}, at most {most:g} %."
    return fails(found[0], message, measured=round(measured, 2), wanted=most, spans=spans_of(found))


@constraint(version=1)
def names(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` different ones of `names` stand in the response, written as names are.

    Whole words with a capital letter: "grace" is no name, "Leopard" has none in it, "Emma's" has one.
    """
    params.refuse_unknown(asked, "names", "min", "max")
    listed = params.words(asked, "names")
    bounds = Bounds.of(asked)
    found = {name: where for name in dict.fromkeys(listed) if (where := _as_name(name, trace.text))}
    first = sorted(where[0] for where in found.values())
    return counted(_whole(trace), len(found), bounds, "different name", places=first)


def _as_name(name: str, text: str) -> list[Span]:
    # To find a literal is faster by far than to find a pattern, and most names are not there.
    if name.isascii() and name not in text and name.upper() not in text:
        return []
    return [span for span in places(name, text) if text[span[0] : span[1]] in (name, name.upper())]


@constraint(version=1)
def conjunctions(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` different coordinating conjunctions: and, but, or, nor, for, so, yet.

    "for", "so" and "yet" are counted for sure only behind a comma or semicolon or where a sentence starts.
    """
    params.refuse_unknown(asked, "min", "max")
    bounds = Bounds.of(asked)
    other = not_english(trace)
    if other is not None:
        return other
    sure, doubtful = conjunction_places(trace.text)
    counts = len(sure), len(sure | doubtful)
    found = sorted({**doubtful, **sure}.values())
    return counted(_whole(trace), counts, bounds, "different conjunction", places=found)


@constraint(version=1)
def pronouns(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` pronouns: personal, possessive and reflexive ones, "I'm" and "it's" among them.

    Words that are pronouns only at times (this, who, some, one) are counted where that leaves no doubt.
    """
    params.refuse_unknown(asked, "min", "max")
    bounds = Bounds.of(asked)
    other = not_english(trace)
    if other is not None:
        return other
    sure, doubtful = pronoun_places(trace.text)
    return counted(_whole(trace), (len(sure), len(sure) + len(doubtful)), bounds, "pronoun", places=sure)


@constraint(version=1)
def palindromes(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` words of `length` letters or more (3 unless given) read the same backwards.

    Different words; where it matters whether a repeated one counts again it is unknown. A number is no word.
    """
    params.refuse_unknown(asked, "min", "max", "length")
    bounds, length = Bounds.of(asked), params.count(asked, "length")
    least = 3 if length is None else max(length, 1)
    long = (span for span in bare_words(trace.text) if span[1] - span[0] >= least)
    # The first and the last sign are compared before anything costs.
    near = (span for span in long if trace.text[span[0]].lower() == trace.text[span[1] - 1].lower())
    read = ((span, letters_of(trace.text, span)) for span in near)
    found = [(span, word) for span, word in read if len(word) >= least and word == word[::-1] and word.isalpha()]
    different = len({word for _, word in found})
    return counted(_whole(trace), (different, len(found)), bounds, "palindrome", places=[span for span, _ in found])


@constraint(version=1)
def word_counts(trace: Trace, asked: Constraint) -> Finding:
    """Each of `words` stands in the response exactly as often as `counts` says in the same place of its list."""
    params.refuse_unknown(asked, "words", "counts")
    listed, wanted = params.words(asked, "words"), asked.params.get("counts")
    if not isinstance(wanted, list | tuple) or len(wanted) != len(listed):
        raise BadParams("'counts' must be a list of whole numbers, one for each of 'words'")
    counts = [_count(value) for value in wanted]
    found = {word: places(word, trace.text) for word in listed}
    measured = {word: len(where) for word, where in found.items()}
    wrong = [(word, count) for word, count in zip(listed, counts, strict=True) if measured[word] != count]
    told = dict(zip(listed, counts, strict=True))
    if not wrong:
        return holds(_whole(trace), "Each word stands there as often as asked.", measured=measured, wanted=told)
    message = "; ".join(
        f"“{word}” stands there {amount(measured[word], 'time')}, not {count:,}" for word, count in wrong[:5]
    )
    excess = sorted(span for word, count in wrong for span in found[word][count:])
    at = excess[0] if excess else _whole(trace)
    return fails(at, f"{message}.", measured=measured, wanted=told, spans=spans_of(excess))


def _count(value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadParams("each of 'counts' must be a whole number from 0 on")
    return value


@constraint(version=1)
def overlap(trace: Trace, asked: Constraint) -> Finding:
    """`percent` of the runs of `size` words (3 unless given) are also in `text`, give or take `within` points.

    Of the response's runs, of the text's, or of both together: where these lead to different verdicts it is unknown.
    """
    params.refuse_unknown(asked, "text", "percent", "within", "size")
    other, percent = params.text(asked, "text", most=MAX_TEXT), params.share(asked, "percent")
    size = params.count(asked, "size") or 3
    if other is None or percent is None or size > MAX_SIZE:
        raise BadParams(f"'text' and 'percent' must be given, and 'size' be {MAX_SIZE} at most")
    within = params.share(asked, "within") or 0.0
    mine, theirs = _runs(trace.text, size), _runs(other, size)
    if not mine or not theirs:
        return unknown(
            _whole(trace), "There are too few words for a run of them.", reason="too few words", wanted=percent
        )
    both = len(mine & theirs)
    shares = [round(100 * both / of, 2) for of in (len(mine), len(theirs), len(mine | theirs))]
    near = [abs(share - percent) <= within for share in shares]
    message = f"{shares[0]:g} % of the runs of {size} words are also in the text"
    if all(near):
        return holds(_whole(trace), f"{message}.", measured=shares, wanted=percent)
    if any(near):
        return unknown(
            _whole(trace), f"{message}; other shares differ.", reason="several shares", measured=shares, wanted=percent
        )
    return fails(_whole(trace), f"{message}, not {percent:g} %.", measured=shares, wanted=percent)


def _runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = spoken(text)
    return set(zip(*(words[at:] for at in range(size)), strict=False))


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)
