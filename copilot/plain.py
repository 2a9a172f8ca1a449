"""Text for a terminal or a log: it can neither move the cursor nor break a line, nor command who reads along."""

from __future__ import annotations

import json
import re
import unicodedata

# CI runners take `##[group]`, `##vso[task.…]` and the like for commands wherever in a line they stand.
_ORDER = re.compile(r"##(?=[A-Za-z]{0,20}\[)")


def plain(text: str) -> str:
    """The text on one line without control or direction characters; each becomes a visible mark."""
    return _ORDER.sub("# #", "".join(map(_visible, text)))


def plain_json(value: object) -> str:
    """The value as JSON on one line, in printable ASCII only; it reads back as the same value."""
    # Both can stand in strings only, where an escape is the same character.
    return _ORDER.sub(r"#\\u0023", json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f"))


def _visible(character: str) -> str:
    if character.isprintable() or character == " ":
        return character
    if character in "\n\t\r":
        return " "
    if unicodedata.category(character)[0] in "CZ":
        return "\N{REPLACEMENT CHARACTER}"
    return character
