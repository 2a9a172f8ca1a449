"""Demands on which words and sentences there are: unique ones, alternating ones, growing ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import EXACT, number
from checkers.finding import Json
from checkers.trace import Constraint

_NTH_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NTH = rf"(?:{'|'.join(_NTH_WORDS)}|\d{{1,3}}(?:-?(?:st|nd|rd|th)))"
_EACH_WORD = r"\b(?:each|every) word(?: (?:in|of) <WHOLE>)?"
_EACH_SENTENCE = r"\b(?:each|every) (?:new |next )?sentence(?: (?:in|of) <WHOLE>)?"
_BEFORE = r"(?:the )?(?:previous|preceding|last) (?:one|sentence)|(?:the )?(?:one|sentence) before(?: it)?"
_SCRIPTS = "japanese|chinese|korean|greek|arabic"
_KEYWORD = re.compile(
    r"\bkeyword\s{1,4}(?P<word>[^\W_][\w'’-]{0,40})\s{1,4}(?P<often>once|twice"
    r"|\w{1,12}\s{1,4}times)\b",
    re.I,
)


def _plain(name: str, **params: Json) -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        return None if heard.is_negated else heard.asks(name, **params)

    return build


def _counted(name: str, *, bare: str = "vague") -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        bounds = heard.bounds(bare=bare)
        return None if bounds is None else heard.asks(name, **bounds)

    return build


def _place(said: str) -> int | None:
    low = said.lower()
    return _NTH_WORDS.index(low) + 1 if low in _NTH_WORDS else number(low.rstrip("stndrh-"))


def _every_nth(heard: Heard) -> Constraint | None:
    nth = _place(heard.text("nth"))
    return heard.asks("wordplay.every_nth", n=nth, script=heard.text("script").lower()) if nth and nth > 1 else None


def _repeats(heard: Heard) -> Constraint | None:
    most = (heard.bounds() or {}).get("min")
    return None if not most else heard.asks("vocabulary.repeats", max=most - 1)


def _share(heard: Heard) -> Constraint | None:
    percent = number(heard.text("percent"))
    return None if percent is None or percent > 100 else heard.asks("vocabulary.stop_words", max_percent=percent)


def _growth(heard: Heard) -> Constraint | None:
    by = number(heard.text("by"))
    return heard.asks("sentence_form.growth", by=by) if by else None


def _in_sentence(heard: Heard) -> Constraint | None:
    nth = _place(heard.text("nth"))
    at = _place(heard.text("at")) if heard.match.groupdict().get("at") else None
    if not nth:
        return None
    if at:
        return heard.asks("position.word", word=heard.text("word"), sentence=nth, at=at)
    return heard.asks("sentence_form.keyword", word=heard.text("word"), sentence=nth)


def _from_both_ends(heard: Heard) -> Constraint | None:
    nth, last = _place(heard.text("nth")), _place(heard.text("last"))
    return heard.asks("position.word", word=heard.text("word").rstrip("."), at=[nth, -last]) if nth and last else None


def _proportion(heard: Heard) -> Constraint | None:
    first, second = number(heard.text("first")), number(heard.text("second"))
    kinds = heard.text("one").lower(), heard.text("other").lower()
    if not first or not second or kinds[0] == kinds[1]:
        return None
    return heard.asks("sentence_form.ratio", **{kinds[0]: first, kinds[1]: second})


def _same_length(heard: Heard) -> Constraint | None:
    count = number(heard.text("n"))
    return heard.asks("sentence_form.same_length", sentences=count, different_words=True if heard.has("new") else None)


def _word_counts(heard: Heard) -> Constraint | None:
    start, end = heard.span
    found = [(one["word"], _often(one["often"])) for one in _KEYWORD.finditer(heard.request.open, start, end)]
    if len(found) < 2 or None in [count for _, count in found]:
        return None
    return heard.asks("vocabulary.word_counts", words=[word for word, _ in found], counts=[count for _, count in found])


def _names(heard: Heard) -> Constraint | None:
    bounds, names = heard.bounds(), heard.listed("list")
    return heard.asks("vocabulary.names", names=names, **bounds) if bounds is not None and len(names) > 1 else None


def _palindromes(heard: Heard) -> Constraint | None:
    bounds, length = heard.bounds(), number(heard.text("length"))
    return None if bounds is None or not length else heard.asks("vocabulary.palindromes", **bounds, length=length)


def _every_mark(heard: Heard) -> Constraint:
    """Those that a keyboard has and that end or part sentences; the interrobang where it is named."""
    marks: list[Json] = [".", ",", "!", "?", ";", ":", *(["?!"] if heard.has("both") else [])]
    return heard.asks("mark.include", marks=marks)


def _often(said: str) -> int | None:
    return {"once": 1, "twice": 2}.get(said.lower()) or number(said.rsplit(None, 1)[0])


_TYPE = r"(?:declarative|interrogative|exclamatory)"
_ONE = r"keyword [^\W_][\w'’-]{0,40} (?:once|twice|\w{1,12} times)(?: in <WHOLE>)?"

TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"{_EACH_WORD} <MUST> (?:start|begin) with the (?:next|following|successive) letter (?:of|in) the "
        rf"alphabet",
        _plain("wordplay.alphabet"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bno two (?:consecutive|adjacent|neighbou?ring) words (?:(?:can|may|should|must|are to) )?(?:share|have"
        r"|start with|begin with) the same (?:first |initial |starting "
        r")?letter",
        _plain("wordplay.first_letters"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        rf"{_EACH_WORD} (?:<MUST> )?(?:has|have|contains?|include) (?:at least )?(?:one|a) "
        rf"consonant cluster",
        _plain("wordplay.consonant_clusters"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\balternat(?:e|ing) between words with (?:an )?(?:odd and even|even and odd) numbers? of "
        r"syllables",
        _plain("wordplay.syllables"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\b(?:each|every) paragraph(?: (?:in|of) <WHOLE>)? <MUST> end with the same word (?:that )?it (?:started"
        r"|starts|begins|began|opens) with",
        _plain("wordplay.ring"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bthe last word of each sentence <MUST> (?:be|become) the first word of "
        r"the next",
        _plain("wordplay.chain"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        rf"\bevery (?P<nth>{_NTH}) word (?:in|of) <WHOLE> <MUST> be in "
        rf"(?P<script>{_SCRIPTS})\b",
        _every_nth,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\b(?:write )?(?:a|one) paragraph using (?:only )?words that contain only three types "
        r"of vowels",
        _plain("wordplay.vowels", max=3, paragraphs=1),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\buse only words with lengths that are "
        r"prime numbers",
        _plain("wordplay.lengths", kind="prime"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"<COUNT>(?:unique|different|distinct) words\b<AFTER>(?! (?:each"
        r"|per|for)\b)",
        _counted("vocabulary.unique"),
        covers=True,
    ),
    Phrase(
        r"(?:<NOT> (?:repeat|use) any (?:single )?word|\bno word <MUST> (?:appear|occur|be (?:used|repeated))) "
        r"(?P<rel>more than) (?P<n>\d{1,3}|two|three|four|five|ten) times",
        _repeats,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bstop ?words (?:should |must )?(?:constitute|make up|account for|be) (?:no|not) more than "
        r"(?P<percent>\d{1,3}) ?(?:%|percent)".replace(" ?", r"\s?"),
        _share,
        covers=True,
    ),
    Phrase(
        r"<COUNT>(?:different )?coordinating "
        r"conjunctions\b<AFTER>",
        _counted("vocabulary.conjunctions"),
        covers=True,
    ),
    Phrase(r"<COUNT>pronouns\b<AFTER>(?! (?:each|per))", _counted("vocabulary.pronouns"), covers=True),
    Phrase(rf"\binclude {_ONE}(?:,? (?:and )?{_ONE}){{1,9}}", _word_counts, covers=True),
    Phrase(
        r"\b(?:include|use|contain|has|have|with) <COUNT>(?:different )?numbers(?= ?[.,]| in "
        r"<WHOLE>|\Z)".replace(" ?", r"\s?"),
        _counted("numerals.count", bare=EXACT),
        covers=True,
    ),
    Phrase(
        rf"\binclude (?:the )?(?:keyword|key word|word) (?P<word><WORD>) in the (?P<nth>{_NTH}) sentence(?:,? as "
        rf"the (?P<at>{_NTH}) word (?:of|in) that sentence)?",
        _in_sentence,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        rf"\bthe (?P<nth>{_NTH}) word (?:in|of) <WHOLE> and the (?P<last>{_NTH})(?: |-)to(?: |-)last word (?:in|of) "
        rf"<WHOLE> <MUST> be the word (?P<word><WORD>)",
        _from_both_ends,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        rf"{_EACH_SENTENCE} <MUST> (?:contain|have) (?:exactly )?(?P<by>\d{{1,3}}|one|two|three|four|five) more "
        rf"words? than (?:{_BEFORE})",
        _growth,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        rf"{_EACH_SENTENCE} <MUST> (?:contain|have) a longer sequence of (?:consecutive )?alliterative words than "
        rf"(?:{_BEFORE})",
        _plain("sentence_form.alliteration"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bratio of sentence types \(declarative, interrogative,(?: and)? exclamatory\) (?:in <WHOLE> )?(?:is|be"
        r"|should be) balanced",
        _plain("sentence_form.ratio", declarative=1, interrogative=1, exclamatory=1),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        rf"\b(?P<first>\d{{1,2}}):(?P<second>\d{{1,2}}) ratio of (?P<one>{_TYPE}) to (?P<other>{_TYPE}) "
        rf"sentences",
        _proportion,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\b(?P<n>two|three|four|five|\d{1,2}) sentences,? (?:all )?(?:containing|having|with|of) the same number "
        r"of characters(?P<new> but (?:using )?all different words)?",
        _same_length,
        covers=True,
    ),
    Phrase(r"<WHOLE> <MUST> (?:start|begin) with a verb\b", _plain("position.opening", kind="verb"), covers=True),
    Phrase(
        r"<COUNT>(?:different )?person names in <WHOLE>,? from this list of (?:person )?names: "
        r"(?P<list><LIST>)",
        _names,
        covers=True,
    ),
    Phrase(
        r"<COUNT>(?:single-word )?palindromes,? (?:each )?at least (?P<length>\d{1,2}) (?:characters|letters) long",
        _palindromes,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\buse every (?:standard )?punctuation mark at least once(?P<both>,? including[^.\n]{1,60}interrobang)?",
        _every_mark,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\b(?:each|every) sentence(?:['’]s first word)? starts with the letters of the alphabet in order",
        _plain("alphabet.sentences"),
        on_a_part=True,
        covers=True,
    ),
)
