"""Tokens of language models: encodings built from lists that come with the package, never from the net."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

FOLDER = Path(__file__).parent / "encodings"

_ENDINGS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_PATTERNS = {
    "cl100k_base": (
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$"
        r"|\s*[\r\n]|\s+(?!\S)|\s"
    ),
    "o200k_base": "|".join(
        [
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+" + _ENDINGS,
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*" + _ENDINGS,
            r"\p{N}{1,3}",
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        ]
    ),
}
ENCODINGS = frozenset(_PATTERNS)


def ranks(name: str) -> dict[bytes, int]:
    """The tokens of an encoding with their ranks."""
    data, found, at = lzma.decompress((FOLDER / f"{name}.xz").read_bytes()), dict[bytes, int](), 0
    while at < len(data):
        end = at + 1 + data[at]
        found[data[at + 1 : end]] = len(found)
        at = end
    return found


@cache
def encoding(name: str) -> Encoding:
    """The encoding of that name in `ENCODINGS`, without its special tokens: a text that names one is plain text."""
    from tiktoken import Encoding  # loaded only where tokens are asked for

    return Encoding(name, pat_str=_PATTERNS[name], mergeable_ranks=ranks(name), special_tokens={})
