"""Tokens in the manner of the Penn Treebank, as NLTK's word tokeniser makes them of one sentence."""

from __future__ import annotations

import re
from functools import cache

import regex

_STEPS: tuple[tuple[str, str], ...] = (
    # Opening quotes.
    (r"([«“‘„]|`+)", r" \1 "),
    (r'^"', "``"),
    (r"(``)", r" \1 "),
    (r"""([ (\[{<])("|'{2})""", r"\1 `` "),
    (r"(?i)(?<!\w)(')(?!(?:re|ve|ll|m|t|s|d|n)\b)(?=\w)", r"\1 "),
    # Other signs.
    (r"""([^.])(\.)([\])}>"' »”’]*+)\s*$""", r"\1 \2 \3 "),
    (r"([:,])([^\d])", r" \1 \2"),
    (r"([:,])$", r" \1 "),
    (r"(\.{2,})", r" \1 "),
    (r"([;@#$%&])", r" \1 "),
    (r"([‒-―])", r" \1 "),
    (r"""([^.])(\.)([\])}>"']*)\s*$""", r"\1 \2\3 "),
    (r"([?!])", r" \1 "),
    (r"([^'])' ", r"\1 ' "),
    (r"([*])", r" \1 "),
    (r"([\]\[(){}<>])", r" \1 "),
    (r"(--)", r" \1 "),
    (r"\A|\Z", " "),
    # Closing quotes and clitics.
    (r"([»”’])", r" \1 "),
    (r"''", " '' "),
    (r'"', " '' "),
    (r"\s+", " "),
    (r"([^' ])('[sS]|'[mM]|'[dD]|') ", r"\1 \2 "),
    (r"([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", r"\1 \2 "),
)
_JOINED = (
    r"\b(can)(not)\b",
    r"\b(d)('ye)\b",
    r"\b(gim)(me)\b",
    r"\b(gon)(na)\b",
    r"\b(got)(ta)\b",
    r"\b(lem)(me)\b",
    r"\b(more)('n)\b",
    r"\b(wan)(na)(?=\s)",
    r" ('t)(is)\b",
    r" ('t)(was)\b",
)


@cache
def _steps() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((regex.compile(pattern), put) for pattern, put in _STEPS)


@cache
def _joined() -> tuple[re.Pattern[str], ...]:
    # NLTK runs these alone in the plain engine, which reads Unicode's letters a little differently.
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _JOINED)


def words(sentence: str) -> list[str]:
    """The tokens of one sentence: words, clitics, signs; a double quote becomes two single ones."""
    for pattern, put in _steps():
        sentence = pattern.sub(put, sentence)
    for joined in _joined():
        sentence = joined.sub(r" \1 \2 ", sentence)
    return sentence.split()
