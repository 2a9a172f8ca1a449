"""IFBench's `sentence:` kinds: how sentences follow one another."""

from __future__ import annotations

from itertools import pairwise

from checkers.finding import Json
from checkers.instructions.ifbench.plain_words import PUNCTUATION, drawn, unpunctuated
from checkers.instructions.ifbench.splitting import reference_sentences
from checkers.instructions.instruction import Unrepeatable, instruction
from checkers.trace import Constraint


def _alliteration() -> Constraint:
    return Constraint("sentence_form.alliteration")


@instruction(
    "ifbench/sentence:alliteration_increment",
    means=_alliteration,
    differs="It adds up all alliterating words of a sentence, where the longest sequence is asked for.",
)
def alliteration_increment(text: str) -> bool:
    """Each piece has more words in runs with the same first sign than the one before."""
    counts = [_alliterating(said) for said in reference_sentences(text)]
    return all(before < after for before, after in pairwise(counts))


def _alliterating(sentence: str) -> int:
    words = [bare for word in sentence.lower().split() if (bare := word.lstrip(PUNCTUATION))]
    same = [first[0] == second[0] for first, second in pairwise(words)]
    # A run of n equal pairs is n + 1 words.
    return sum(same) + sum(now and not before for before, now in pairwise([False, *same]))


def _keyword(*, word: Json = None, N: Json = None) -> Constraint:
    return Constraint("sentence_form.keyword", {"word": word, "sentence": N})


@instruction(
    "ifbench/sentence:keyword",
    means=_keyword,
    differs="The keyword is also found inside of other words, and the stop of a list number ends a sentence.",
)
def keyword(text: str, *, word: str | None = None, N: float | None = None) -> bool:
    """The Nth piece has the keyword in it, in a word or not, whatever its case."""
    if not word:
        raise Unrepeatable("the keyword")
    place = drawn(N, "the sentence")
    found = reference_sentences(text)
    return len(found) >= place and word.lower() in found[int(place - 1)].lower()


def _increment(*, small_n: Json = None) -> Constraint:
    return Constraint("sentence_form.growth", {"by": small_n})


@instruction(
    "ifbench/sentence:increment",
    means=_increment,
    differs="Headings and list numbers run into the next sentence or make one of their own, and a dash is a word.",
)
def increment(text: str, *, small_n: float | None = None) -> bool:
    """Each piece has exactly so many words more than the one before, all ASCII signs deleted."""
    step = drawn(small_n, "the increment")
    counts = [len(unpunctuated(said).split()) for said in reference_sentences(text)]
    return all(after == before + step for before, after in pairwise(counts))
