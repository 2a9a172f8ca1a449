"""How a text is written, where two ways are right: its answer, steps, formulas, signs, numbers, units and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checkers.finding import Span
from checkers.trace import Trace

MAX_LENGTH = 50_000
"""Characters of a text that are looked at."""
MAX_PLACES = 200
"""Places of one feature that are counted; the form of a text shows long before."""
CLEAR = 0.75
"""The share of its places from which a form is the one a text uses."""
MIXED = "mixed"

_FORMS: Mapping[str, Mapping[str, str]] = {
    "answer": {
        "boxed": r"\\f?boxed\b",
        "hashes": r"^[ \t]*####(?!#)[ \t]*\S",
        "sentence": r"\b(?:[Tt]he|[Oo]ur|[Mm]y)\s(?:final\s)?answer\sis\b",
        "label": r"^[ \t]*[*_#]{0,4}[ ]?(?:[Ff]inal )?(?:[Aa]nswer|ANSWER)[*_]{0,2}[ ]?:",
    },
    "steps": {
        "labelled": r"^[ \t]*[*_#]{0,4}[ ]?Step[ ][0-9]{1,3}\b",
        "numbered": r"^[ \t]*[*_]{0,2}[0-9]{1,3}[.)][ \t]",
        "bulleted": r"^[ \t]*[-*•][ \t]",
    },
    "formulas": {
        "dollars": r"(?<![\\$0-9A-Za-z])\$(?![0-9\s$])[^$\n]{1,300}\$",
        "brackets": r"\\\(",
        "plain": r"(?<![\\$^_{}A-Za-z0-9.])[0-9]{1,9}[ ][-+*/×·÷x][ ][0-9]{1,9}(?![0-9])",
    },
    "times": {
        "×": r"[0-9)][ ]?×[ ]?[0-9(]",
        "*": r"[0-9)][ ]?(?<!\*)\*(?!\*)[ ]?[0-9(]",
        "·": r"[0-9)][ ]?[·⋅][ ]?[0-9(]",
        "x": r"[0-9)][ ]x[ ][0-9(]",
        "\\times": r"\\times\b",
        "\\cdot": r"\\cdot\b",
    },
    "decimals": {
        "point": r"(?<![0-9.,])(?:0|[1-9][0-9]{0,8})\.(?:[0-9]{1,2}|[0-9]{4,9})(?![0-9.,]*[0-9])",
        "comma": r"(?<=[\s=≈+*-])(?:0|[1-9][0-9]{0,8}),[0-9]{1,2}(?=[\s%€]|\.(?:\s|\Z)|\Z)",
    },
    "thousands": {
        "comma": r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}(?![0-9,])",
        "space": r"(?<![0-9.,])[1-9][0-9]{0,2}(?:[\u00a0\u202f ][0-9]{3}){1,5}(?![0-9,])",
        "none": r"(?<![0-9.,A-Za-z_])[1-9][0-9]{4,11}(?![0-9,A-Za-z_])",
    },
    "units": {
        "symbols": r"(?<![A-Za-z])[0-9][ ]?(?:km|cm|mm|kg|mg|ml|km/h|lbs?|mph|hrs?|min|sec)\b",
        "words": r"(?<![A-Za-z])[0-9][ ](?:(?:kilo|centi|milli)?met(?:er|re)s?|(?:kilo|milli)?grams?|"
        r"milli(?:liter|litre)s?|pounds?|miles per hour|hours?|minutes?|seconds?)\b",
    },
    "spelling": {
        "American": r"\b(?:(?:kilo|centi|milli)?meter|(?:milli)?liter|color|center|favor|neighbor|labor|gray)s?\b",
        "British": r"\b(?:(?:kilo|centi|milli)?metre|(?:milli)?litre|colour|centre|favour|neighbour|labour|grey)s?\b",
    },
    "percent": {"sign": r"[0-9][ ]?\\?%", "word": r"[0-9][ ]per ?cent\b"},
    "headings": {
        "hashes": r"^#{1,6}[ \t]+(?![-+$\\(0-9])\S",
        "bold": r"^\*\*[^*\n]{1,100}\*\*[ \t]*:?[ \t]*$",
    },
}
FORMS: Mapping[str, tuple[str, ...]] = {feature: tuple(forms) for feature, forms in _FORMS.items()}
"""What can be told of a text, and in which forms."""
_PATTERNS = {
    feature: {form: re.compile(pattern, re.MULTILINE) for form, pattern in forms.items()}
    for feature, forms in _FORMS.items()
}
_CODE = re.compile(r"```[\s\S]{0,20000}?(?:```|\Z)|`[^`\n]{1,300}`|<<[^<>\n]{0,200}>>")
_BY_LAST = frozenset({"answer"})
"""What is said once, at the end."""
_LEAST_PLACES = {"steps": 2, "headings": 2}
"""Fewer are no list and no division."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The form that one feature has in a text."""

    form: str
    """`mixed` where no form is clearly the one."""
    span: Span
    """The first place that has the form; of a mixed one, the first of the rarest form."""
    places: int


def usage_of(trace: Trace) -> Mapping[str, Usage]:
    """The form of every feature that the response has, by the feature's name; spans are of `trace.text`."""
    text = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), trace.text[:MAX_LENGTH])
    found: dict[str, Usage] = {}
    for feature, patterns in _PATTERNS.items():
        trace.budget.look()
        places = {form: list(_places(pattern, text)) for form, pattern in patterns.items()}
        least = _LEAST_PLACES.get(feature, 1)
        places = {form: spans for form, spans in places.items() if len(spans) >= least}
        if len(places) > 1:
            # Calculations without LaTeX stand inside of what is set in it.
            places.pop("plain", None)
        usage = _usage(places, by_last=feature in _BY_LAST)
        if usage is not None:
            found[feature] = usage
    return found


def _places(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for count, match in enumerate(pattern.finditer(text)):
        if count == MAX_PLACES:
            return
        yield match.span()


def _usage(places: Mapping[str, list[Span]], *, by_last: bool) -> Usage | None:
    if not places:
        return None
    total = sum(map(len, places.values()))
    if by_last:
        form, spans = max(places.items(), key=lambda item: item[1][-1])
        return Usage(form, spans[-1], total)
    form, spans = max(places.items(), key=lambda item: len(item[1]))
    if len(spans) >= CLEAR * total:
        return Usage(form, spans[0], total)
    rarest = min(places.values(), key=lambda spans: (len(spans), spans[0]))
    return Usage(MIXED, rarest[0], total)
