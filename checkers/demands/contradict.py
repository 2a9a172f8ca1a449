"""Constraints that no response can meet together, and why a person sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from checkers.demanded import demanded
from checkers.demands.wish import Wish, times, words_in
from checkers.trace import Constraint

MOST_COMPARED = 100
"""Constraints of one item that are compared with one another."""

_SMALLER = (
    ("length.sentences", "length.words", "a sentence has a word at least"),
    ("length.paragraphs", "length.words", "a paragraph has a word at least"),
    ("length.paragraphs", "length.sentences", "a paragraph has a sentence at least"),
    ("length.words", "length.characters", "a word has a character at least"),
    ("letter_case.capital_words", "length.words", "each of these is a word"),
    ("markup.bullets", "length.words", "a bullet point has a word at least"),
)
"""What is counted, what there is one of in each at least, and why."""
_STARTS_JSON = '{["`-0123456789'


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Constraints of one item that exclude one another."""

    indexes: tuple[int, ...]
    """Their places among the item's constraints, in order."""
    message: str
    """One sentence that a person understands."""


Clash: TypeAlias = "Callable[[Wish, Wish], str | None]"


def contradictions(constraints: Sequence[Constraint]) -> tuple[Contradiction, ...]:
    """What of the constraints cannot be met together: certain ones only, two by two, in the order of their places.

    `ifeval/…` and `ifbench/…` constraints are taken as what they mean. What the rules would let pass together is none:
    a phrase at the end and quotation marks around the whole, or a phrase in capitals and small letters only, since the
    case of a phrase is no matter to its rule. That letters without case are small and capital ones is left out.
    """
    wishes = [Wish(index, demanded(one).own) for index, one in enumerate(constraints[:MOST_COMPARED])]
    return tuple(_found(wishes))


def _found(wishes: Sequence[Wish]) -> Iterator[Contradiction]:
    for one, other in combinations(wishes, 2):
        for clash in _CLASHES:
            why = clash(one, other) or clash(other, one)
            if why is not None:
                yield Contradiction((one.index, other.index), f"It asks for {one.said} and for {other.said}: {why}.")
                break


def _of_one_measure(one: Wish, other: Wish) -> str | None:
    if one.measure is None or one.measure != other.measure or other.most is None or one.least <= other.most:
        return None
    return "no number is both"


def _of_smaller_things(one: Wish, other: Wish) -> str | None:
    if one.measure is None or other.measure is None or other.most is None or one.least <= other.most:
        return None
    return next((why for of, each, why in _SMALLER if (one.measure[0], other.measure[0]) == (of, each)), None)


def _a_word_that_is_excluded(one: Wish, other: Wish) -> str | None:
    """Wanted by the one, whole or within a longer phrase, and forbidden or counted out by the other."""
    if other.name == "keywords.exclude":
        limits = [(word, 0) for word in other.listed("words")]
    elif other.name == "keywords.frequency" and other.most is not None:
        limits = [(other.text("word"), other.most)]
    else:
        return None
    for said in one.wants_said:
        for word, most in limits:
            if times(word, said) * _repeated(one) > most:
                same = " ".join(word.casefold().split()) == " ".join(said.casefold().split())
                return "it is the same word" if same else f"“{word}” stands in it"
    return None


def _a_letter_that_is_excluded(one: Wish, other: Wish) -> str | None:
    if other.name != "letters.frequency" or other.most is None:
        return None
    letter = other.text("letter").strip()
    for said in one.wants_said:
        if letter and said.lower().count(letter.lower()) * _repeated(one) > other.most:
            return f"“{letter}” stands in {_excerpt(said)}"
    return None


def _a_mark_that_is_excluded(one: Wish, other: Wish) -> str | None:
    if other.name != "punctuation.without":
        return None
    marks = other.listed("marks")
    if one.name == "boundary.quoted":
        return "these marks are asked for" if '"' in marks else None
    for said in one.wants_said:
        mark = next((mark for mark in marks if mark in said), None)
        if mark is not None:
            return f"“{mark}” stands in {_excerpt(said)}"
    return None


def _longer_than_all(one: Wish, other: Wish) -> str | None:
    if other.name != "length.words" or other.most is None:
        return None
    long = next((said for said in one.wants_said if words_in(said) > (other.most or 0)), None)
    return None if long is None else f"{_excerpt(long)} alone has {words_in(long):,} words"


def _capitals(one: Wish, other: Wish) -> str | None:
    if one.name == "letter_case.lower":
        if other.name == "letter_case.upper":
            return "a letter is either"
        if other.name == "letter_case.capital_words" and other.least:
            return "these words are in capitals"
    cased = {"letter_case.lower": str.lower, "letter_case.upper": str.upper}.get(one.name)
    if cased is not None and other.name == "markup.sections" and other.least:
        marker = other.text("marker").strip()
        return f"each starts with “{marker}”, written so" if marker != cased(marker) else None
    return None


def _languages(one: Wish, other: Wish) -> str | None:
    first, second = _speech(one), _speech(other)
    return "a response is in one language" if first and second and first != second else None


def _ends(one: Wish, other: Wish) -> str | None:
    if one.name != other.name or one.name not in ("boundary.start", "boundary.end"):
        return None
    first, second = (" ".join(each.text("phrase").casefold().split()).strip(" .!\"'“”") for each in (one, other))
    fits = str.startswith if one.name == "boundary.start" else str.endswith
    return None if not (first and second) or fits(first, second) or fits(second, first) else "they differ"


def _paragraphs(one: Wish, other: Wish) -> str | None:
    if one.name != "boundary.paragraph":
        return None
    nth = one.own.params.get("nth")
    if other.name == "boundary.paragraph" and other.own.params.get("nth") == nth:
        first, second = one.text("word").strip().casefold(), other.text("word").strip().casefold()
        return "it has one first word" if first and second and first != second else None
    most = other.most if other.measure == ("length.paragraphs", "") else None
    return "there are not so many" if most is not None and isinstance(nth, int | float) and nth > most else None


def _json(one: Wish, other: Wish) -> str | None:
    if one.name != "json_shape.valid":
        return None
    if other.name == "markup.bullets" and other.least:
        return "JSON has no bullet points"
    if other.name == "length.paragraphs" and other.text("divider") and other.least > 1:
        return "JSON has no dividers"
    text = other.text("text").strip() if other.name == "repeats.text_first" else ""
    is_data = text.startswith(tuple(_STARTS_JSON)) or text.startswith(("true", "false", "null"))
    return "JSON does not start with that text" if text and not is_data else None


def _alone(one: Wish, other: Wish) -> str | None:
    options = one.listed("options") if one.name == "choice.one_of" and one.own.params.get("alone") is True else ()
    if not options:
        return None
    if other.name == "length.words" and other.least > max(map(words_in, options)):
        return "none of them has so many words"
    if other.name == "keywords.include" and any(
        not any(times(word, option) for option in options) for word in other.listed("words")
    ):
        return "none of them has all of these words"
    return None


_CLASHES: tuple[Clash, ...] = (
    _of_one_measure,
    _of_smaller_things,
    _a_word_that_is_excluded,
    _a_letter_that_is_excluded,
    _a_mark_that_is_excluded,
    _longer_than_all,
    _capitals,
    _languages,
    _ends,
    _paragraphs,
    _json,
    _alone,
)


def _repeated(one: Wish) -> int:
    return one.least if one.name in ("keywords.include", "keywords.frequency") else 1


def _speech(one: Wish) -> str:
    """The code of the language that it asks for; empty where it is none, or a name."""
    if one.name not in ("language.whole", "letter_case.upper", "letter_case.lower"):
        return ""
    code = one.text("language").strip().replace("_", "-").split("-", 1)[0].lower()
    return code if len(code) in (2, 3) else ""


def _excerpt(said: str) -> str:
    text = " ".join(said.split())
    return f"“{text}”" if len(text) <= 40 else f"“{text[:40]}…”"
