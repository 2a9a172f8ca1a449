"""A text cut where words, semicolons, commas or lines stand between things, outside of all brackets."""

from __future__ import annotations

import re

JOINED = re.compile(r"\b(?:and|or)\b")
_SEPARATOR = re.compile(r"(?:,\s{0,3}|\s)(and|or)\s|[,;\n]")
_WEAK = (",", "\n")


def pieces_of(text: str, *, strong: bool) -> tuple[list[str], str]:
    """The pieces, and the word that stands between them; `strong` leaves commas and lines inside of the pieces."""
    depths = _depths(text)
    found, start, joint = list[str](), 0, ""
    for separator in _SEPARATOR.finditer(text):
        if depths[separator.start()] or (strong and separator[0] in _WEAK):
            continue
        found.append(text[start : separator.start()])
        start, joint = separator.end(), separator[1] or joint
    found.append(text[start:])
    return [piece.strip() for piece in found if piece.strip()], joint


def _depths(text: str) -> list[int]:
    """How many brackets are open at each sign."""
    depths, depth = [], 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        depths.append(depth)
    return depths
