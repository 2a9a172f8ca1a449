"""Strangers' text as HTML: escaped, places underlined, and nothing in it hidden from the eye.

The only module that builds markup from text; everything else goes through Jinja's autoescape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from checkers import Span

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and newline
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"  # soft hyphen, joiners and fillers without a shape
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, direction, separators, invisible operators
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # musical controls, tags, variation selectors beyond 16
    "]"
)
_GHOST = '<span class="ghost" title="{name}">{point}</span>'

WORST_FIRST = ("fails", "suspicious", "carried", "unknown")
"""Looks that may be underlined, the one that wins an overlap first."""

_MOST_PLACES = 200
"""Of one text; a hostile draft must not make a page that grows with the square of its findings."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that a finding is about, in code points, and its look."""

    span: Span
    look: str


def shown(text: str) -> Markup:
    """The text escaped, with every control, direction or zero-width character as a visible sign."""
    return Markup(_UNSEEN.sub(_ghost, str(escape(text))))  # noqa: S704 - escaped in this line


def marked(text: str, places: Sequence[Place]) -> Markup:
    """The text as `shown`, with the places underlined.

    Overlaps are cut at their borders and the worst look wins; what lies outside the text is left out.
    """
    return Markup("").join(_pieces(text, _within(text, places)))


def _pieces(text: str, places: Sequence[Place]) -> Iterator[Markup]:
    borders = sorted({0, len(text), *(border for place in places for border in place.span)})
    for start, end in zip(borders, borders[1:], strict=False):
        looks = {place.look for place in places if place.span[0] <= start and end <= place.span[1]}
        look = next((look for look in WORST_FIRST if look in looks), None)
        piece = shown(text[start:end])
        yield Markup('<mark class="place place--{}">{}</mark>').format(look, piece) if look else piece


def _within(text: str, places: Sequence[Place]) -> list[Place]:
    size = len(text)
    return [
        place
        for place in places[:_MOST_PLACES]
        if place.look in WORST_FIRST and 0 <= place.span[0] < place.span[1] <= size
    ]


def _ghost(found: re.Match[str]) -> str:
    point = f"U+{ord(found[0]):04X}"
    name = unicodedata.name(found[0], "control character").lower()
    return _GHOST.format(name=f"{point} {name}", point=point)
