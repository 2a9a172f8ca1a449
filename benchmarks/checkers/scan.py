"""A simple scan for everything that looks like a relation. It is fixed, and knows nothing of the reader it measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

REACH = 60
"""Characters to each side in which a digit or letter must stand."""
SHAPE_SIDE = 8
"""Pieces of each side that a shape shows."""
WORD, LETTER, NUMBER = "w", "a", "0"

_SIGN = re.compile(
    r"(?P<not_one>=+>|<=+>|<?-+>|<-+(?=[\s>])|<<|>>|={3,}|</?[a-z][a-z0-9]{0,9}>|<\|[a-z_]{1,30}\|>)"
    r"|\\(?:leqslant|geqslant|leq?|geq?|neq?|lt|gt|approx)(?![A-Za-z])|[=!<>:]=|[=<>≤≥≠≈]"
)
_STOP = re.compile(r"\n|\\\\")
_PIECE = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]+|[0-9]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)
_FENCES = frozenset({"$", "\\(", "\\)", "\\[", "\\]", "&", "<", ">"})


@dataclass(frozen=True, slots=True)
class Place:
    """One sign of relation, and the line around it up to the next sign."""

    start: int
    end: int
    sign: str
    left: tuple[str, ...]
    """The shapes of what stands before it, nearest first: up to a word or the edge of the mathematics."""
    right: tuple[str, ...]

    @property
    def shape(self) -> str:
        """The kind of thing it is: numbers as 0, words as w, single letters as a."""
        return " ".join([*reversed(self.left[:SHAPE_SIDE]), self.sign, *self.right[:SHAPE_SIDE]])


def places(text: str) -> Iterator[Place]:
    """Every sign of relation with a digit or letter within reach on both sides, on its line."""
    signs = [match for match in _SIGN.finditer(text) if match["not_one"] is None]
    for index, match in enumerate(signs):
        before = signs[index - 1].end() if index else 0
        after = signs[index + 1].start() if index + 1 < len(signs) else len(text)
        left = _STOP.split(text[max(before, match.start() - REACH) : match.start()])[-1]
        right = _STOP.split(text[match.end() : min(after, match.end() + REACH)], maxsplit=1)[0]
        if _has_operand(left) and _has_operand(right):
            yield Place(*match.span(), match[0], _near(_PIECE.findall(left)[::-1]), _near(_PIECE.findall(right)))


def _has_operand(side: str) -> bool:
    return any(sign.isalnum() for sign in side)


def _near(pieces: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for piece in pieces:
        if piece.isspace() or (piece in _FENCES and not found):
            continue
        if piece in _FENCES:
            break
        found.append(_shape(piece))
        if found[-1] == WORD:
            break
    return tuple(found)


def _shape(piece: str) -> str:
    if piece[0].isdigit():
        return NUMBER
    if piece.isalpha():
        return LETTER if len(piece) == 1 else WORD
    return piece
