"""Lines for a terminal: data in them can neither move the cursor nor break a line."""

from __future__ import annotations

import sys
import unicodedata

from copilot.errors import CopilotError


def plain(text: str) -> str:
    """The text on one line without control or direction characters; each becomes a visible mark."""
    return "".join(_visible(character) for character in text)


def tell(error: CopilotError) -> None:
    """The two lines of an error, on standard error."""
    sys.stderr.write(f"error: {plain(error.what)}\n hint: {plain(error.hint)}\n")


def _visible(character: str) -> str:
    if character.isprintable() or character == " ":
        return character
    if character in "\n\t\r":
        return " "
    if unicodedata.category(character)[0] in "CZ":
        return "\N{REPLACEMENT CHARACTER}"
    return character
