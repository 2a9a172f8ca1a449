"""IFBench's `count:` kinds: how many words, names, numbers, marks."""

from __future__ import annotations

import re

from checkers.finding import Json
from checkers.instructions.ifbench.plain_words import drawn, stripped, unpunctuated, word_runs
from checkers.instructions.instruction import instruction
from checkers.trace import Constraint

_NAMES = """
Emma Liam Sophia Jackson Olivia Noah Ava Lucas Isabella Mason Mia Ethan Charlotte Alexander Amelia Benjamin Harper
Leo Zoe Daniel Chloe Samuel Lily Matthew Grace Owen Abigail Gabriel Ella Jacob Scarlett Nathan Victoria Elijah Layla
Nicholas Audrey David Hannah Christopher Penelope Thomas Nora Andrew Aria Joseph Claire Ryan Stella Jonathan
"""
_PRONOUNS = """
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
herself it its itself they them their theirs themselves
"""
NAMES = tuple(_NAMES.split())
"""The names that the instruction offers."""
PRONOUNS = frozenset(_PRONOUNS.split())
"""The pronouns that the reference knows."""
_CONJUNCTIONS = frozenset({"and", "but", "for", "nor", "or", "so", "yet"})
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_TIMES = (1, 2, 3, 5, 7)


def _between(*, min_words: Json = None, max_words: Json = None) -> Constraint:
    return Constraint("length.words", {"min": min_words, "max": max_words})


@instruction(
    "ifbench/count:word_count_range",
    means=_between,
    differs="It counts runs of letters, digits and underscores: “don't”, “3.5” and “well-known” are two words each.",
)
def word_count_range(text: str, *, min_words: float | None = None, max_words: float | None = None) -> bool:
    """As many runs of letters, digits and underscores as the bounds allow."""
    least, most = drawn(min_words, "the least number of words"), drawn(max_words, "the largest number of words")
    return least <= len(word_runs(text)) <= most


def _unique(*, N: Json = None) -> Constraint:
    return Constraint("vocabulary.unique", {"min": N})


@instruction(
    "ifbench/count:unique_word_count",
    means=_unique,
    differs="What stands between blanks is a word: a dash alone counts as one more, and curly quotes make a new word.",
)
def unique_word_count(text: str, *, N: float | None = None) -> bool:
    """As many different pieces between blanks, in lower case and without ASCII signs at their ends."""
    return len({stripped(word) for word in text.lower().split()}) >= drawn(N, "the number of words")


def _conjunctions(*, small_n: Json = None) -> Constraint:
    return Constraint("vocabulary.conjunctions", {"min": small_n})


@instruction(
    "ifbench/count:conjunctions",
    means=_conjunctions,
    differs="“and”, “And” and “and,” count as three different conjunctions.",
)
def conjunctions(text: str, *, small_n: float | None = None) -> bool:
    """As many different spellings, with their case and their signs, of the seven coordinating conjunctions."""
    found = {word for word in text.split() if stripped(word).lower() in _CONJUNCTIONS}
    return len(found) >= drawn(small_n, "the number of conjunctions")


def _person_names(*, N: Json = None) -> Constraint:
    return Constraint("vocabulary.names", {"names": list(NAMES), "min": N})


@instruction(
    "ifbench/count:person_names",
    means=_person_names,
    differs="A name is also found inside of another word: Leo in Leopard, Ella in Stella's neighbour Ellabelle.",
)
def person_names(text: str, *, N: float | None = None) -> bool:
    """As many of the fifty names stand in the text, in words or not."""
    return sum(name in text for name in NAMES) >= drawn(N, "the number of names")


def _numbers(*, N: Json = None) -> Constraint:
    return Constraint("numerals.count", {"min": N, "max": N})


@instruction(
    "ifbench/count:numbers",
    means=_numbers,
    differs="Signs are deleted first: 10-20, 1/2 and 10:30 are one number each, and digits in names as B12 count.",
)
def numbers(text: str, *, N: float | None = None) -> bool:
    """Exactly as many runs of digits once all ASCII signs are deleted."""
    return len(re.findall(r"\d+", unpunctuated(text))) == drawn(N, "the number of numbers")


def _punctuation() -> Constraint:
    return Constraint("mark.include", {"marks": [".", ",", "!", "?", ";", ":", "?!"]})


@instruction(
    "ifbench/count:punctuation",
    means=_punctuation,
    differs="Only the ASCII signs count, so that a full-width comma or question mark is none.",
)
def punctuation(text: str) -> bool:
    """An interrobang in some form, and beside the first of it each of . , ! ? ; and :."""
    if not any(mark in text for mark in ("?!", "!?", "‽")):
        return False
    rest = text.replace("?!", "", 1) if "?!" in text else text.replace("!?", "", 1)
    return all(mark in rest for mark in ".,!?;:")


def _words_japanese(*, N: Json = None) -> Constraint:
    return Constraint("wordplay.every_nth", {"n": N, "script": "japanese"})


@instruction(
    "ifbench/count:words_japanese",
    means=_words_japanese,
    differs="A number or a sign alone passes as the Nth word, and what stands between blanks is one word.",
)
def words_japanese(text: str, *, N: float | None = None) -> bool:
    """Every Nth piece between blanks has a Japanese letter in it, is a number, or only signs."""
    step = drawn(N, "which words")
    words = [stripped(word) for at, word in enumerate(text.split()) if (at + 1) % step == 0]
    return all(_JAPANESE.search(word) for word in words if word and not word.isdigit())


def _pronouns(*, N: Json = None) -> Constraint:
    return Constraint("vocabulary.pronouns", {"min": N})


@instruction(
    "ifbench/count:pronouns",
    means=_pronouns,
    differs="Signs are deleted first: “I'm” is no pronoun, “it's” is “its”; who, this or someone count never.",
)
def pronouns(text: str, *, N: float | None = None) -> bool:
    """As many of 31 personal, possessive and reflexive pronouns, once all ASCII signs are deleted."""
    words = unpunctuated(text.replace("/", " ").lower()).split()
    return sum(word in PRONOUNS for word in words) >= drawn(N, "the number of pronouns")


def _keywords_multiple(
    *,
    keyword1: Json = None,
    keyword2: Json = None,
    keyword3: Json = None,
    keyword4: Json = None,
    keyword5: Json = None,
) -> Constraint:
    words = [keyword1, keyword2, keyword3, keyword4, keyword5]
    return Constraint("vocabulary.word_counts", {"words": words, "counts": list(_TIMES)})


@instruction(
    "ifbench/count:keywords_multiple",
    means=_keywords_multiple,
    differs="A keyword is also counted inside of other words: “art” in “party”.",
)
def keywords_multiple(text: str, **keywords: str | None) -> bool:
    """The five keywords occur 1, 2, 3, 5 and 7 times, in words or not, whatever their case."""
    said = text.lower()
    given = [drawn(keywords.get(f"keyword{at + 1}"), "a keyword").strip() for at in range(len(_TIMES))]
    return all(said.count(word.lower()) == times for word, times in zip(given, _TIMES, strict=True))
