"""The language that a text is written in, the same on every machine, and None where it cannot be told.

Told by CLD2 (Sites 2013, "Compact Language Detector 2"): tables of scripts, of letters in fours, and of whole words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from checkers.finding import Span
from checkers.text.fence import without_fences

ENOUGH = 1_200
"""Characters of a text that are looked at: pieces from its whole length when it is longer."""
PIECES = 4
SURE = 0.8
"""The share of the text that must be in one language."""
ALL = 0.96
"""The share that leaves no room for a line in another language, where the whole text is looked at."""
BESIDE = 30
"""Characters beside quotations that have a say where these are most of the text."""
LOOKED_AT = 240
"""Characters of a line that are looked at."""
LONG_PART = 60
"""Letters that a line must have to be said to be in another language."""

_OUT = {
    "`": re.compile(r"`[^`\n]*`"),
    "://": re.compile(r"https?://\S*"),
    "www.": re.compile(r"www\.\S*"),
    "@": re.compile(r"[\w.+-]{1,64}@\S*"),
    '"': re.compile(r"\"[^\"\n]{2,300}\""),
    "“": re.compile(r"“[^”\n]{2,300}”"),
    "«": re.compile(r"«[^»\n]{2,300}»"),
    "„": re.compile(r"„[^“”\n]{2,300}[“”]"),
    "$": re.compile(r"\$[^$\n]*\$"),
}
"""What does not decide, each under a sign that it has."""

_SMALL_WORDS = frozenset({"the", "of", "and", "to", "is", "that", "with", "are", "for", "was", "this", "you", "your"})
MANY_SMALL = 3
"""Different ones that tell English without a detector."""

_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0010ffff]")
_LETTERS = re.compile(r"[^\W\d_]+")
_NAMES = {"iw": "he", "jw": "jv", "in": "id", "mo": "ro", "nn": "no", "nb": "no", "fil": "tl", "cmn": "zh"}
_ALIKE = (
    frozenset({"id", "ms"}),
    frozenset({"hr", "bs", "sr"}),
    frozenset({"no", "da"}),
    frozenset({"cs", "sk"}),
    frozenset({"pt", "gl", "es"}),
    frozenset({"hi", "bh", "mr", "ne", "sa"}),
    frozenset({"zu", "xh"}),
)
"""Languages that are told from one another only in long texts."""

_SCRIPTS = sorted(
    [
        (0x0370, 0x03FF, "el"),
        (0x0531, 0x058F, "hy"),
        (0x0590, 0x05FF, "he"),
        (0x0A00, 0x0A7F, "pa"),
        (0x0A80, 0x0AFF, "gu"),
        (0x0B00, 0x0B7F, "or"),
        (0x0B80, 0x0BFF, "ta"),
        (0x0C00, 0x0C7F, "te"),
        (0x0C80, 0x0CFF, "kn"),
        (0x0D00, 0x0D7F, "ml"),
        (0x0D80, 0x0DFF, "si"),
        (0x0E00, 0x0E7F, "th"),
        (0x0E80, 0x0EFF, "lo"),
        (0x1000, 0x109F, "my"),
        (0x10A0, 0x10FF, "ka"),
        (0x1780, 0x17FF, "km"),
        (0x3040, 0x30FF, "ja"),
        (0xAC00, 0xD7AF, "ko"),
    ]
)
_STARTS = [start for start, _, _ in _SCRIPTS]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language and how much of the text is in it."""

    language: str
    """Its ISO 639 code alone, in small letters: `en`, `zh`."""
    share: float
    """From 0 to 1."""


def language_of(text: str) -> Spoken | None:
    """The language of the text; None where it is too short, too mixed, or of no known language.

    Code, addresses, formulas and what stands in quotation marks do not decide, unless there is little else.
    """
    prose = without_fences(text)
    said = _pieces(prose)
    if 2 * len(said.strip()) >= len(prose[:ENOUGH].strip()):
        return _of_sample(said)
    # A text that is one quotation is told by it; what stands beside a long one must be in its language.
    whole, beside = _of_sample(text[:ENOUGH]), said.strip()
    if whole is None or len(beside) < BESIDE:
        return whole
    spoken = _of_sample(beside)
    return whole if spoken is not None and spoken.language == whole.language else None


def other_parts(text: str, language: str, whole: Spoken | None) -> list[Span]:
    """Lines that are surely in another language than this one; `whole` is what was told of the whole text."""
    found: list[Span] = []
    start = 0
    if len(text) <= ENOUGH and whole is not None and whole.share > ALL and whole.language == language:
        return found
    for line in without_fences(text).split("\n"):
        said = _pieces(line[:LOOKED_AT]) if len(line) >= LONG_PART else ""
        if len(said) >= LONG_PART and not (language == "en" and _is_plainly_english(said)) and _has_letters(said):
            spoken = _of_sample(said)
            if spoken is not None and not may_be(spoken.language, language):
                found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _is_plainly_english(said: str) -> bool:
    """Whether it has several of the small words of English, of which no other language has two."""
    return said.isascii() and len(_SMALL_WORDS.intersection(said.lower().split())) >= MANY_SMALL


def _has_letters(said: str) -> bool:
    return sum(map(str.isalpha, said)) >= LONG_PART


def may_be(language: str, asked: str) -> bool:
    """Whether it is the language asked for, or one that is hard to tell from it."""
    return language == asked or any(language in group and asked in group for group in _ALIKE)


@lru_cache(maxsize=256)
def code_of(name: str) -> str | None:
    """The code of a language that can be told, from its code (`pt-BR`) or its English name; None for any other."""
    import pycld2

    said = name.strip().lower().replace("_", "-")
    bare = said.split("-", 1)[0]
    bare = _NAMES.get(bare, bare)
    for known, code in pycld2.LANGUAGES:
        mine = _code(code)
        if bare == mine or said == known.lower():
            return mine
    return None


def _code(code: str) -> str:
    bare = code.split("-", 1)[0].lower()
    return _NAMES.get(bare, bare)


def _pieces(text: str) -> str:
    """The text, or pieces from its whole length, without what does not decide."""
    if len(text) > ENOUGH:
        length, step = ENOUGH // PIECES, len(text) / PIECES
        text = " ".join(text[int(step * at) : int(step * at) + length] for at in range(PIECES))
    for sign, pattern in _OUT.items():
        if sign in text:
            text = pattern.sub(" ", text)
    return text


def _of_sample(sample: str) -> Spoken | None:
    said = sample.lower().replace("\n", " ")
    return _by_words(said) or _by_script(said)


def _by_words(sample: str) -> Spoken | None:
    import pycld2  # 14 MB of tables: only where a language is asked for

    if not sample.isprintable():
        sample = _UNREADABLE.sub(" ", sample)
    try:
        reliable, _, details = pycld2.detect(sample, isPlainText=True)
    except pycld2.error:
        return None
    _, code, percent, _ = details[0]
    if not reliable or code == "un" or percent < 100 * SURE:
        return None
    return Spoken(_code(code), percent / 100)


def _by_script(sample: str) -> Spoken | None:
    """By the script alone, where only one language is written in it: for what is too short for anything else."""
    letters = "".join(_LETTERS.findall(sample))
    if len(letters) < 2 or letters.isascii():
        return None
    counts = Counter(_script(letter) for letter in letters[:ENOUGH])
    language, count = counts.most_common(1)[0]
    share = count / min(len(letters), ENOUGH)
    return Spoken(language, share) if language and share >= SURE else None


def _script(letter: str) -> str:
    at = bisect_right(_STARTS, ord(letter)) - 1
    if at < 0 or ord(letter) > _SCRIPTS[at][1]:
        return ""
    return _SCRIPTS[at][2]
