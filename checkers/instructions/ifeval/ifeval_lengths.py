"""IFEval's kinds on length: words, paragraphs, and the first word of one of them."""

from __future__ import annotations

import re

from checkers.finding import Json
from checkers.instructions.instruction import Unrepeatable, instruction
from checkers.instructions.relation import bounds_of, is_met
from checkers.instructions.tokenised import nltk_sentences
from checkers.trace import Constraint

_DIVIDER = re.compile(r"\s?\*\*\*\s?")
_SIGNS = frozenset(".,?!'\"")


def _words(num_words: Json = None, relation: Json = None) -> Constraint:
    return Constraint("length.words", bounds_of(relation, num_words))


def _sentences(num_sentences: Json = None, relation: Json = None) -> Constraint:
    return Constraint("length.sentences", bounds_of(relation, num_sentences))


def _paragraphs(num_paragraphs: Json = None) -> Constraint:
    return Constraint("length.paragraphs", {"min": num_paragraphs, "max": num_paragraphs, "divider": "***"})


def _nth(num_paragraphs: Json = None, nth_paragraph: Json = None, first_word: Json = None) -> Constraint:
    params = {"nth": nth_paragraph, "word": first_word, "paragraphs": num_paragraphs}
    return Constraint("boundary.paragraph", params)


@instruction(
    "ifeval/length_constraints:number_words",
    means=_words,
    differs="It counts “don't” and “well-known” as two words each, and so on at every sign within a word.",
)
def number_words(text: str, *, num_words: float, relation: str) -> bool:
    """The runs of letters, digits and underscores are fewer or enough."""
    return is_met(len(re.findall(r"\w+", text)), relation=relation, number=num_words)


@instruction(
    "ifeval/length_constraints:number_sentences",
    means=_sentences,
    differs="It takes headings, list points and lines of a poem together as one sentence, where no stop ends them.",
)
def number_sentences(text: str, *, num_sentences: float, relation: str) -> bool:
    """The sentences that NLTK's Punkt finds are fewer or enough."""
    return is_met(len(nltk_sentences(text)), relation=relation, number=num_sentences)


@instruction(
    "ifeval/length_constraints:number_paragraphs",
    means=_paragraphs,
    differs="It also cuts at three asterisks inside of a line, as those of ***bold italics*** or of ******.",
)
def number_paragraphs(text: str, *, num_paragraphs: float) -> bool:
    """Three asterisks in a row part paragraphs; one in between must not be blank, the first and last may be."""
    parts = _DIVIDER.split(text)
    if any(not part.strip() for part in parts[1:-1]):
        return False
    ends = parts[:1] if len(parts) == 1 else [parts[0], parts[-1]]
    return len(parts) - sum(not part.strip() for part in ends) == num_paragraphs


@instruction(
    "ifeval/length_constraints:nth_paragraph_first_word",
    means=_nth,
    differs=(
        "It looks up the paragraph among all parts between two line breaks, blank ones included, counts only the "
        "others, and reads a first word no further than to its first sign."
    ),
)
def nth_paragraph_first_word(text: str, *, num_paragraphs: float, nth_paragraph: int, first_word: str) -> bool:
    """Two line breaks part paragraphs; the first word of the one asked for ends at a blank or one of `.,?!'"`."""
    if nth_paragraph > num_paragraphs:
        raise Unrepeatable("the paragraph")
    parts = text.split("\n\n")
    count = sum(bool(part.strip()) for part in parts)
    # A whole number may have come as 2.0.
    nth = int(nth_paragraph)
    if nth > count or not parts[nth - 1].strip():
        return False
    word = parts[nth - 1].split()[0].lstrip("'").lstrip('"')
    end = next((at for at, sign in enumerate(word) if sign in _SIGNS), len(word))
    return count == num_paragraphs and "".join(map(str.lower, word[:end])) == first_word.lower()
