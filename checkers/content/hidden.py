"""Characters that nobody sees, or that show another order or another letter than the text has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from checkers.finding import Finding, Json, Verdict
from checkers.registry import rule
from checkers.trace import Trace

MAX_SPANS = 200

# Unicode Technical Report 36 and CVE-2021-42574: embeddings, overrides and isolates; then tags and what has no width.
_ORDER = "\u202a-\u202e\u2066-\u2069"
_TAGS = "\U000e0000-\U000e007f"
_NO_WIDTH = "\u200b\u2060-\u2064\ufeff\u00ad\u034f\u180e"
_UNSEEN = re.compile(f"[{_ORDER}{_TAGS}{_NO_WIDTH}]+")
# A joiner stands within emoji, and between letters of scripts that need it; anywhere else nobody put it by hand.
_JOINER = re.compile(r"(?<=[\x20-\x7e])[\u200c\u200d]+(?=[\x20-\x7e\n]|\Z)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_WORD = re.compile(r"[^\W\d_]{2,60}")
_LIKE_LATIN = frozenset("аеорсухіјѕԁһԛԝАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")


@rule(version=1)
def characters(trace: Trace) -> Iterator[Finding]:
    """No sign in the text is hidden: no control characters, no marks that turn the direction, no letters without width.

    Joiners within emoji and in scripts that need them are no such signs, nor is the flag of a region. The repair takes
    the signs out.
    """
    for step, text in trace.pieces():
        if text.isascii() and text.isprintable():
            continue
        flags = [match.span() for match in _FLAG.finditer(text)]
        for pattern, what in ((_UNSEEN, "hidden"), (_JOINER, "a joiner that joins nothing"), (_CONTROL, "for control")):
            for match in pattern.finditer(text):
                if any(start <= match.start() < end for start, end in flags):
                    continue
                names = sorted({_name(sign) for sign in match[0][:MAX_SPANS]})
                message = f"A character here is {what}: {', '.join(names[:3])}."
                known: dict[str, Json] = {"characters": names[:10], "count": len(match[0])}
                yield Finding(Verdict.SUSPICIOUS, match.span(), message, step, evidence=known, repair="")


@rule(version=1)
def lookalikes(trace: Trace) -> Iterator[Finding]:
    """No word mixes Latin letters with Cyrillic or Greek ones that look the same."""
    for step, text in trace.pieces():
        if text.isascii():
            continue
        for match in _WORD.finditer(text):
            strange = [sign for sign in match[0] if sign in _LIKE_LATIN]
            if strange and any(sign.isascii() for sign in match[0]):
                message = f"“{match[0]}” has letters of another script that look Latin: {_name(strange[0])}."
                known: dict[str, Json] = {"characters": [_name(sign) for sign in strange[:10]]}
                yield Finding(Verdict.SUSPICIOUS, match.span(), message, step, evidence=known)


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'control')}"
