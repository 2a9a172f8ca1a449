"""IFEval's kinds on words and letters: which must be there, which must not, and how often."""

from __future__ import annotations

from checkers.finding import Json
from checkers.instructions.instruction import Unrepeatable, instruction
from checkers.instructions.linear import is_there, occurrences
from checkers.instructions.relation import bounds_of, is_met
from checkers.trace import Constraint


def _include(keywords: Json = None) -> Constraint:
    return Constraint("keywords.include", {"words": keywords})


def _exclude(forbidden_words: Json = None) -> Constraint:
    return Constraint("keywords.exclude", {"words": forbidden_words})


def _frequency(keyword: Json = None, frequency: Json = None, relation: Json = None) -> Constraint:
    return Constraint("keywords.frequency", {"word": keyword, **bounds_of(relation, frequency)})


def _letters(letter: Json = None, let_frequency: Json = None, let_relation: Json = None) -> Constraint:
    return Constraint("letters.frequency", {"letter": letter, **bounds_of(let_relation, let_frequency)})


@instruction(
    "ifeval/keywords:existence",
    means=_include,
    differs="It takes a keyword inside of a longer word, as “cat” in “category”.",
)
def existence(text: str, *, keywords: list[str]) -> bool:
    """Each keyword is found, as a regular expression, anywhere in the text and whatever its case."""
    return all(is_there(keyword, text) for keyword in sorted(keywords))


@instruction(
    "ifeval/keywords:forbidden_words",
    means=_exclude,
    differs="It overlooks a word between underscores (“_cat_”) and one that ends in a sign, as “C++” before a blank.",
)
def forbidden_words(text: str, *, forbidden_words: list[str]) -> bool:
    r"""No forbidden word is found, as a regular expression between two `\b`, whatever its case."""
    return not any(is_there(word, text, front=r"\b", back=r"\b") for word in sorted(set(forbidden_words)))


@instruction(
    "ifeval/keywords:frequency",
    means=_frequency,
    differs="It also counts the keyword inside of longer words, as “cat” in “category”.",
)
def frequency(text: str, *, keyword: str, frequency: float, relation: str) -> bool:
    """The matches of the keyword, as a regular expression and whatever its case, are fewer or enough."""
    return is_met(occurrences(keyword.strip(), text), relation=relation, number=frequency)


@instruction(
    "ifeval/keywords:letter_frequency",
    means=_letters,
    differs="For anything but a letter from a to z it counts some letter that it draws at random.",
)
def letter_frequency(text: str, *, letter: str, let_frequency: float, let_relation: str) -> bool:
    """The letter, as capital or not, is there fewer times or often enough."""
    small = letter.lower()
    if len(letter) != 1 or len(small) != 1 or not "a" <= small <= "z":
        raise Unrepeatable("the letter")
    return is_met(text.lower().count(small), relation=let_relation, number=let_frequency)
