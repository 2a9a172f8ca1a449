"""The scripts that a text is written in, and stretches of another one in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checkers.finding import Span

MAX_LENGTH = 100_000
"""Characters that are looked at; a text mixes early if at all."""
_SCRIPTS = {
    "LATIN": "Latin",
    "CYRILLIC": "Cyrillic",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Devanagari",
    "THAI": "Thai",
    "HANGUL": "Hangul",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Chinese or Japanese",
    "KATAKANA": "Chinese or Japanese",
    "KATAKANA-HIRAGANA": "Chinese or Japanese",
    "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "TELUGU": "Telugu",
}
_UNSPACED = frozenset({"Chinese or Japanese", "Thai"})
_WEIGHTS = {"Chinese or Japanese": 3, "Hangul": 2}
_LEAST_LETTERS = {"Chinese or Japanese": 3, "Thai": 8, "Hangul": 5}
LEAST_LETTERS = 10
"""Letters of a stretch in any other script: fewer are a name, a symbol or a unit."""
LEAST_WORDS = 2
FEW = 4
LEAST_LATIN_WORDS = 6
"""Of Latin in another script, where names and terms are usual."""
_SET_APART = re.compile(
    r"```[\s\S]{0,20000}?(?:```|\Z)|`[^`\n]{0,300}`|\"[^\"\n]{0,300}\"|“[^”\n]{0,300}”|«[^»\n]{0,300}»|「[^」\n]{0,300}」|"
    r"『[^』\n]{0,300}』|‘[^’\n]{0,300}’|\([^()\n]{0,300}\)|（[^（）\n]{0,300}）|\[[^\[\]\n]{0,300}\]|"
    r"\$[^$\n]{0,500}\$|\\\[[\s\S]{0,500}?\\\]|\\[A-Za-z]+|https?://\S{0,500}|<[^<>\n]{0,300}>"
)
"""What is quoted, put in brackets, or no prose: code, formulas, addresses."""
_FUNCTION_WORDS = re.compile(
    r"\b(?:the|is|are|of|and|we|to|that|this|so|then|it|have|le|la|les|est|que|der|die|und|ist|el|los|es|para)\b",
    re.IGNORECASE,
)
_STRETCH = re.compile(r"[^\W\d_]+(?:[^\w\n]{1,3}[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch in another script than the rest."""

    span: Span
    script: str
    among: str
    """The script of the rest."""


def main_script(text: str) -> str | None:
    """The script of most letters; None where there are too few to say."""
    counts = letters_of(text)
    if not counts or counts.total() < LEAST_LETTERS:
        return None
    script, count = counts.most_common(1)[0]
    return script if count * 2 > counts.total() else None


def letters_of(text: str) -> Counter[str]:
    """How much of each script stands in the prose of a text, in letters; a sign that is a syllable counts for three."""
    counts: Counter[str] = Counter()
    for sign, count in Counter(prose_of(text[:MAX_LENGTH])).items():
        script = script_of(sign)
        if script:
            counts[script] += count * _WEIGHTS.get(script, 1)
    return counts


@lru_cache(maxsize=8_192)
def script_of(sign: str) -> str:
    """The script of a letter; empty for anything else and for scripts that are not known here."""
    if not sign.isalpha():
        return ""
    return _SCRIPTS.get(unicodedata.name(sign, "").split(" ", 1)[0], "")


def scripts_in(text: str) -> frozenset[str]:
    """Every script of which some letters stand anywhere in a text, quotations too; a few are those of a formula."""
    counts: Counter[str] = Counter()
    for sign, count in Counter(text[:MAX_LENGTH]).items():
        script = script_of(sign)
        counts[script] += count * _WEIGHTS.get(script, 1)
    return frozenset(script for script, count in counts.items() if script and count >= FEW)


def foreign_in(text: str, main: str) -> Iterator[Foreign]:
    """Stretches of prose in another script than the main one, long enough to be no name, symbol or unit."""
    prose = prose_of(text[:MAX_LENGTH])
    for script, span in _runs(prose):
        if script != main and _is_long(prose[span[0] : span[1]], script):
            yield Foreign(span, script, main)


def _runs(prose: str) -> Iterator[tuple[str, Span]]:
    """Stretches of letters of one script; blanks and marks between them do not part them, another script does."""
    script, start, end = "", 0, 0
    for match in _STRETCH.finditer(prose):
        for at in range(match.start(), match.end()):
            found = script_of(prose[at])
            if found and found != script:
                if script:
                    yield script, (start, end)
                script, start = found, at
            if found:
                end = at + 1
        if script:
            yield script, (start, end)
        script = ""


def _is_long(said: str, script: str) -> bool:
    letters = sum(map(str.isalpha, said))
    if script == "Latin":
        return len(said.split()) >= LEAST_LATIN_WORDS and len(_FUNCTION_WORDS.findall(said)) >= LEAST_WORDS
    if script in _UNSPACED:
        return letters >= _LEAST_LETTERS[script]
    return letters >= _LEAST_LETTERS.get(script, LEAST_LETTERS) and len(said.split()) >= LEAST_WORDS


def prose_of(text: str) -> str:
    """The text with blanks in place of what is quoted, bracketed or no prose, so that places stay as they are."""
    return _SET_APART.sub(lambda match: " " * len(match[0]) if "\n" not in match[0] else _blank(match[0]), text)


def _blank(said: str) -> str:
    return "".join("\n" if sign == "\n" else " " for sign in said)
