"""Emoji: how many a response has."""

from __future__ import annotations

import re
from functools import cache

from checkers import params
from checkers.counted import Bounds, counted
from checkers.finding import Finding, Span
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_FIRST = "\u00a9"
"""The first sign that is an emoji by itself; what stands before it are the digits of keycaps."""
_AS_EMOJI, _AS_TEXT, _KEYCAP = "\ufe0f", "\ufe0e", "\u20e3"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_TONE, _TAGS = "[\U0001f3fb-\U0001f3ff]", "[\U000e0020-\U000e007f]"


@constraint(version=1)
def within(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` emoji.

    What is drawn as one is one: a family, a flag, a hand with its colour of skin. ©, ™ and arrows that are drawn as
    text are none unless U+FE0F stands behind them.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds = Bounds.of(asked)
    places = _places(trace.text)
    return counted((0, len(trace.text)), len(places), bounds, "emoji", many="emoji", places=places)


def _places(text: str) -> list[Span]:
    if max(text, default="") < _FIRST:
        return []
    return [match.span() for match in _sequences().finditer(text)]


@cache
def _sequences() -> re.Pattern[str]:
    """An emoji sequence as Unicode Technical Standard 51 builds it; one run over the text finds them all."""
    import emoji  # loaded only where there may be one

    single = {known: told["status"] for known, told in emoji.EMOJI_DATA.items() if len(known) == 1}
    either = "".join(sorted(single))
    drawn = "".join(sorted(sign for sign, status in single.items() if status == emoji.STATUS["fully_qualified"]))
    tagged = f"(?:{_TONE}|{_AS_EMOJI})?{_TAGS}*"
    element = f"(?:{_FLAG}{{2}}|[{either}]{tagged})"
    first = f"(?:{_FLAG}{{2}}|[{drawn}](?!{_AS_TEXT}){tagged}|[{either}](?:{_AS_EMOJI}|{_TONE}){_TAGS}*)"
    return re.compile(f"[0-9#*]{_AS_EMOJI}?{_KEYCAP}|{first}(?:\u200d{element})*+")
