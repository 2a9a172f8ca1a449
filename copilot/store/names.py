"""Names of people: what may be one, and when two are the same."""

from __future__ import annotations

import unicodedata

from copilot.errors import CopilotError

LONGEST_NAME = 64


def shown_name(name: str) -> str:
    """The name as it is stored and shown; one that cannot be read is a CopilotError."""
    shown = unicodedata.normalize("NFKC", name).strip()
    if not shown.isprintable() or not 0 < len(shown) <= LONGEST_NAME:
        raise CopilotError(
            f"{name[:LONGEST_NAME]!r} cannot be a user's name", hint=f"use 1 to {LONGEST_NAME} printable characters"
        )
    return shown


def name_key(name: str) -> str:
    """What two names have in common when they are one, whatever their capitals."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
