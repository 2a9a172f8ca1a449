"""Texts cut into what two of them can share: tokens, runs of tokens, and the numbers that a problem hangs on."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkers.finding import Span

RUN = 3
"""Tokens in a row that make one shingle."""
MOST = 4_000
"""Shingles of one text that are kept."""

# Letters of scripts that set no blanks between words count one by one: kana, Han, Thai, Lao, Burmese, Khmer.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[{_UNSPACED}]|[^\W\d{_UNSPACED}]+|[-+*/^=<>≤≥≠×÷±√%]")
_UNSPACED_TOKEN = re.compile(f"[{_UNSPACED}]")
_SIGNS = frozenset("-+*/^=<>≤≥≠×÷±√%")
_AMOUNT_WORDS = """\
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half
    third quarter once twice double triple
    零 〇 一 二 三 四 五 六 七 八 九 十 百 千 万 亿 億 半 两"""
_AMOUNTS = frozenset(_AMOUNT_WORDS.split())
_MOST_MARKS = 30
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Full-width forms of ASCII; other forms of compatibility are kept apart, for 10² is not 102."""


def normal(text: str) -> str:
    """The text without what a reader does not see: characters composed alike and of one width, single blanks."""
    return " ".join(composed(text).split())


def composed(text: str) -> str:
    """The text with its characters composed (NFC), and those of ASCII of one width.

    A text with more than 30 marks on one character is left as it is: to order them takes quadratic time. No language
    has so many (Unicode Standard Annex 15, Stream-Safe Text Format).
    """
    said = text if text.isascii() or _is_heaped(text) else unicodedata.normalize("NFC", text)
    return said.translate(_WIDE)


def _is_heaped(text: str) -> bool:
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > _MOST_MARKS:
            return True
    return False


def is_unspaced(token: str) -> bool:
    """Whether the token is one character of a script that sets no blanks between words."""
    return _UNSPACED_TOKEN.fullmatch(token) is not None


def placed(text: str) -> list[tuple[str, Span]]:
    """Its tokens with where they stand in `composed(text)`.

    Words in lower case, numbers without their commas, signs of reckoning; a character alone where its script sets no
    blanks. Punctuation is no token, nor is a sign that stands beside no operand.
    """
    found = [(match[0].casefold(), match.span()) for match in _TOKEN.finditer(composed(text))]
    return [
        (token.replace(",", "") if token[0].isdigit() else token, span)
        for place, (token, span) in enumerate(found)
        if token not in _SIGNS or _reckons(found, place)
    ]


def tokens(text: str) -> list[str]:
    """The tokens alone, as `placed` has them."""
    return [token for token, _ in placed(text)]


def _reckons(found: Sequence[tuple[str, Span]], place: int) -> bool:
    """Whether the sign at that place stands beside a number or a single letter, and so is no hyphen or bullet."""
    beside = (*found[max(0, place - 1) : place], *found[place + 1 : place + 2])
    return any(token[0].isdigit() or (len(token) == 1 and token.isalpha() and token.isascii()) for token, _ in beside)


def figures(found: Sequence[str]) -> list[str]:
    """The numbers, number words and signs among the tokens: two problems that differ in them are two problems."""
    return [token for token in found if token[0].isdigit() or token in _SIGNS or token in _AMOUNTS]


def masked(found: Sequence[str]) -> list[str]:
    """The tokens with one mark for each number and number word: the template that the text was made by."""
    return ["#" if token[0].isdigit() or token in _AMOUNTS else token for token in found]


def mark(*parts: str) -> bytes:
    """16 bytes for the texts in their order; other texts have other ones."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        body = part.encode("utf-8", "surrogatepass")
        digest.update(len(body).to_bytes(8, "little") + body)
    return digest.digest()


def number_of(run: Iterable[str]) -> int:
    """A number below 2^63 for tokens in a row: the same on every machine."""
    body = "\x1f".join(run).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(body, digest_size=8).digest(), "little") >> 1


def runs(found: Sequence[str], length: int) -> list[int]:
    """A number for each run of so many tokens, in order; one for all of them where there are fewer."""
    if not found:
        return []
    return [number_of(found[at : at + length]) for at in range(max(1, len(found) - length + 1))]


@dataclass(frozen=True, slots=True)
class Shingles:
    """The set of a text's shingles, each as a number; of a very long text the smallest numbers."""

    numbers: array[int]
    """Sorted, each once."""
    is_cut: bool = False

    @classmethod
    def of(cls, found: Sequence[str]) -> Shingles:
        """Those of the tokens."""
        every = sorted(set(runs(found, RUN)))
        return cls(array("q", every[:MOST]), len(every) > MOST)

    @classmethod
    def packed(cls, body: bytes) -> Shingles:
        """Those that `pack` gave."""
        numbers = array("q")
        numbers.frombytes(body[1:])
        return cls(numbers, body[0] == 1)

    def pack(self) -> bytes:
        """The shingles as bytes of this machine."""
        return bytes([self.is_cut]) + self.numbers.tobytes()

    def alike(self, other: Shingles) -> float:
        """Jaccard's index: how many shingles both have, of all that either has.

        Of a text that is cut only the numbers up to its last one are known, and these are a fair draw of all.
        """
        ends = [each.numbers[-1] for each in (self, other) if each.is_cut]
        mine, theirs = (set(each._up_to(min(ends)) if ends else each.numbers) for each in (self, other))
        every = len(mine | theirs)
        return len(mine & theirs) / every if every else 1.0

    def _up_to(self, end: int) -> array[int]:
        return self.numbers[: bisect_right(self.numbers, end)]
