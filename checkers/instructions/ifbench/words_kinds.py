"""IFBench's `words:` kinds: letters, lengths, places and repeats of words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from checkers.finding import Json
from checkers.instructions.ifbench.plain_words import PUNCTUATION, drawn, unpunctuated
from checkers.instructions.ifbench.splitting import reference_sentences
from checkers.instructions.instruction import Unrepeatable, instruction
from checkers.instructions.syllable import syllables
from checkers.instructions.tokenised import first_tag, nltk_ends, nltk_words
from checkers.trace import Constraint

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_CONSONANTS = frozenset(_ALPHABET) - frozenset("aeiou")
_PRIMES = frozenset(n for n in range(2, 98) if all(n % d for d in range(2, n)))
_ENDS = PUNCTUATION + " "


def _alphabet() -> Constraint:
    return Constraint("wordplay.alphabet")


@instruction(
    "ifbench/words:alphabet",
    means=_alphabet,
    differs="A curly quote or a dash in front of a word hides its first letter, and a number among the words fails.",
)
def alphabet(text: str) -> bool:
    """Each word starts with the next letter of the alphabet, from any first letter, all ASCII signs deleted."""
    words = unpunctuated(text).strip(_ENDS).split()
    first = words[0][0].lower() if words else ""
    if not first or first not in _ALPHABET:
        return False
    start = _ALPHABET.index(first)
    return all(word.lower()[0] == _ALPHABET[(start + at) % 26] for at, word in enumerate(words[1:], 1))


def _vowel() -> Constraint:
    return Constraint("wordplay.vowels", {"max": 3, "paragraphs": 1})


@instruction(
    "ifbench/words:vowel",
    means=_vowel,
    differs="A line break ends the paragraph, accented vowels count as none.",
)
def vowel(text: str) -> bool:
    """One line, with at most three of a, e, i, o and u in it."""
    said = text.strip()
    return "\n" not in said and len(set(said.lower()) & set("aeiou")) <= 3


def _consonants() -> Constraint:
    return Constraint("wordplay.consonant_clusters")


@instruction(
    "ifbench/words:consonants",
    means=_consonants,
    differs="A dash or a number alone is a word without a cluster, and the y of “many” is always a consonant.",
)
def consonants(text: str) -> bool:
    """Each piece between blanks has two consonants in a row, of all letters but a, e, i, o and u."""
    return all(
        any(first in _CONSONANTS and second in _CONSONANTS for first, second in pairwise(word))
        for word in text.lower().split()
    )


def _palindrome() -> Constraint:
    return Constraint("vocabulary.palindromes", {"min": 10, "length": 5})


@instruction(
    "ifbench/words:palindrome",
    means=_palindrome,
    differs="The same palindrome counts each time, and so do numbers as 12321; a curly quote hides one.",
)
def palindrome(text: str) -> bool:
    """Ten pieces between blanks of five signs or more that read the same backwards, all ASCII signs deleted."""
    words = unpunctuated(text).lower().split()
    return sum(len(word) >= 5 and word == word[::-1] for word in words) >= 10


def _prime_lengths() -> Constraint:
    return Constraint("wordplay.lengths", {"kind": "prime"})


@instruction(
    "ifbench/words:prime_lengths",
    means=_prime_lengths,
    differs="A curly quote adds to a word's length, a dash is a word, and the parts of hyphenated words add up.",
)
def prime_lengths(text: str) -> bool:
    """Each piece between blanks has a prime number of signs below 100, all ASCII signs deleted."""
    return all(len(word) in _PRIMES for word in unpunctuated(text).split())


def _start_verb() -> Constraint:
    return Constraint("position.opening", {"kind": "verb"})


@instruction(
    "ifbench/words:start_verb",
    means=_start_verb,
    differs="The tagger takes some verbs for nouns, and looks at a quote or an asterisk where a text starts with one.",
)
def start_verb(text: str) -> bool:
    """The first token has a verb's tag by NLTK's tagger; a modal verb's is none."""
    return "VB" in first_tag(text)


def _repeats(*, small_n: Json = None) -> Constraint:
    return Constraint("vocabulary.repeats", {"max": small_n})


@instruction(
    "ifbench/words:repeats",
    means=_repeats,
    differs="A dash or a bullet that is no ASCII sign is a word, and a curly quote makes a new one.",
)
def repeats(text: str, *, small_n: float | None = None) -> bool:
    """No word stands there more often, all ASCII signs deleted and in lower case."""
    most = drawn(small_n, "the number of repeats")
    return all(count <= most for count in Counter(unpunctuated(text.lower()).split()).values())


def _odd_even_syllables() -> Constraint:
    return Constraint("wordplay.syllables")


@instruction(
    "ifbench/words:odd_even_syllables",
    means=_odd_even_syllables,
    differs="A number has 0 syllables, and a word that is not in its list is counted by its vowels.",
)
def odd_even_syllables(text: str) -> bool:
    """Words with odd and even numbers of syllables take turns, by syllapy."""
    parity = [syllables(word) % 2 for word in unpunctuated(text).lower().split()]
    return all(first != second for first, second in pairwise(parity))


def _last_first() -> Constraint:
    return Constraint("wordplay.chain")


@instruction(
    "ifbench/words:last_first",
    means=_last_first,
    differs="A text of one sentence holds, signs inside the ends stay, and a list number is a sentence.",
)
def last_first(text: str) -> bool:
    """The last word of each piece is the first of the next, whatever their case."""
    return all(_joined(before, after) for before, after in pairwise(reference_sentences(text)))


def _joined(before: str, after: str) -> bool:
    ends, begins = before.rstrip(_ENDS).split(), after.lstrip(_ENDS).split()
    return bool(ends and begins) and ends[-1].lower() == begins[0].lower()


def _paragraph_last_first() -> Constraint:
    return Constraint("wordplay.ring")


@instruction(
    "ifbench/words:paragraph_last_first",
    means=_paragraph_last_first,
    differs="A sign behind the first word or a curly quote around one makes it another word.",
)
def paragraph_last_first(text: str) -> bool:
    """Each line ends with the word it starts with, whatever their case."""
    lines = (line.strip().lower().strip(_ENDS).split() for line in text.split("\n"))
    return all(words[0] == words[-1] for words in lines if words)


def _no_consecutive() -> Constraint:
    return Constraint("wordplay.first_letters")


@instruction(
    "ifbench/words:no_consecutive",
    means=_no_consecutive,
    differs="Two numbers or two dashes in a row share their first sign, and a curly quote hides a letter.",
)
def no_consecutive(text: str) -> bool:
    """No word starts with the same sign as the one before, all ASCII signs deleted."""
    return all(first[0] != second[0] for first, second in pairwise(unpunctuated(text.lower()).split()))


def _keywords_specific_position(*, keyword: Json = None, n: Json = None, m: Json = None) -> Constraint:
    return Constraint("position.word", {"word": keyword, "sentence": n, "at": m})


@instruction(
    "ifbench/words:keywords_specific_position",
    means=_keywords_specific_position,
    differs="Signs and the halves of “don't” count as words, and the case must be the same.",
)
def keywords_specific_position(
    text: str, *, keyword: str | None = None, n: float | None = None, m: float | None = None
) -> bool:
    """The mth token of the nth piece, signs among the tokens, is the keyword."""
    if not keyword or not n or not m:
        raise Unrepeatable("the keyword or its place")
    found = reference_sentences(text)
    words = nltk_words(found[int(n) - 1]) if len(found) >= n else []
    return len(words) >= m and words[int(m) - 1] == keyword.strip()


def _words_position(*, keyword: Json = None) -> Constraint:
    return Constraint("position.word", {"word": keyword, "at": [2, -2]})


@instruction(
    "ifbench/words:words_position",
    means=_words_position,
    differs="Signs count as words, so that with a full stop at the end the very last word must be the keyword.",
)
def words_position(text: str, *, keyword: str | None = None) -> bool:
    """The second token and the last but one, signs among the tokens, are the keyword."""
    wanted = drawn(keyword, "the keyword").strip()
    first, last = nltk_ends(text, 2)
    return len(first) > 1 and first[1] == last[0] == wanted
