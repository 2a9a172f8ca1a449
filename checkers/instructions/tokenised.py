"""Texts cut and tagged as NLTK 3.10 does it with its English data, which the references of both suites stand on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from checkers.instructions import tagger
from checkers.instructions.vendored import vendored
from checkers.limits import OverLimit

MAX_TEXT = 500_000
"""Characters that are cut; the time is linear in them, at worst some 10 microseconds each."""


def nltk_sentences(text: str) -> list[str]:
    """The sentences as NLTK's English Punkt model cuts them; raises OverLimit for a text too long."""
    return list(_sentences(text))


def nltk_words(text: str) -> list[str]:
    """The tokens as `nltk.word_tokenize` gives them, signs among them; raises OverLimit for a text too long."""
    return list(_words(text))


def nltk_ends(text: str, count: int) -> tuple[list[str], list[str]]:
    """The first and the last `count` tokens of `nltk_words`, and fewer where it has fewer; raises OverLimit.

    Only the sentences at the ends are cut into tokens.
    """
    from checkers.instructions import treebank

    sentences = list(_sentences(text))
    first = list(islice((word for sentence in sentences for word in treebank.words(sentence)), count))
    backwards = (word for sentence in reversed(sentences) for word in reversed(treebank.words(sentence)))
    return first, list(islice(backwards, count))[::-1]


def first_tag(text: str) -> str:
    """The Penn Treebank tag that `nltk.pos_tag` gives the first token; empty where there is none. Raises OverLimit."""
    return tagger.tag_of_first(list(islice(_words(text), tagger.LOOKS_AT)))


@cache
def stop_words() -> frozenset[str]:
    """NLTK's list of English stop words, in lower case."""
    return frozenset(vendored("stop_words.json"))


def _sentences(text: str) -> Iterator[str]:
    from checkers.instructions import punkt  # its engine of patterns is loaded for those who need it

    if len(text) > MAX_TEXT:
        raise OverLimit(f"the text has more than {MAX_TEXT:,} characters")
    return punkt.sentences(text)


def _words(text: str) -> Iterator[str]:
    from checkers.instructions import treebank

    for sentence in _sentences(text):
        yield from treebank.words(sentence)
