"""Marks that a response must carry: bullets, highlights, a title, placeholders, a postscript, sections."""

from __future__ import annotations

import re
import string
from functools import lru_cache

from checkers import params
from checkers.counted import Bounds, counted
from checkers.finding import Finding, Span, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.emphasis import emphasis_spans
from checkers.text.fence import without_fences
from checkers.trace import Constraint, Trace

_BULLETS = frozenset("-*+•‣◦▪●>")
_BULLET = re.compile(r"([^\S\n]*)(?:>[^\S\n]?)?([-*+•‣◦▪●])[^\S\n]+(?=\S)(?![-*_ \t]+$)", re.MULTILINE)
_TITLE = re.compile(r"<<([^<>\n]+)>>")
_PLACEHOLDER = re.compile(r"\[([^\[\]\n]+)\](?!\([^\s()]*\)|:\s*(?:https?|www))")
_NO_PLACEHOLDER = re.compile(r"\s*[xX✓✗]?\s*|[\^\d\s,;–.…-]+|!.*")
_SECTION_NUMBER = (
    r"(?:[^\S\n]*[0-9]{1,4}(?!\w)|[^\S\n]+(?:[IVXLC]{1,7}|[A-Z]|(?i:one|two|three|four|five|six|seven|eight|nine|ten))"
    r"(?=[^\S\n]*(?:$|[:.)\]>*_–—-])))"
)
_ANY = re.compile(r"[^\W_]")
_SIGNS = string.punctuation + string.whitespace + "“”‘’…–—"
_ENDS = '.!?)]…"”*'
_REACH = 40
_BEFORE = re.compile(r"[^\S\n]*+(?:[-*+>#]++[^\S\n]*+)?+[*_<\[(\"“]*+")
"""What may stand before a mark at the start of its line; nothing of it is given back."""


@constraint(version=1)
def bullets(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` bullet points stand in the response, with any bullet; code has none.

    Points under points, and bullets that are no Markdown (•), may be counted or not; when that leads to different
    verdicts it is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds, found = Bounds.of(asked), _bullets(without_fences(trace.text))
    places = [match.span(2) for match in found]
    marked = [match for match in found if match[2] in "-*+"]
    outer = min((len(match[1].expandtabs(4)) for match in marked), default=0)
    top = sum(len(match[1].expandtabs(4)) < outer + 2 for match in marked)
    if top == len(found):
        return counted(_whole(trace), top, bounds, "bullet point", places=places)
    return counted(_whole(trace), (top, len(found)), bounds, "bullet point")


@constraint(version=1)
def highlights(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` parts are highlighted: *so* or **so**, as Markdown reads it.

    Emphasis inside of emphasis may be counted or not; when that leads to different verdicts it is unknown.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds, (outer, inner) = Bounds.of(asked), emphasis_spans(trace.text)
    if not inner:
        return counted(_whole(trace), len(outer), bounds, "highlighted part", places=outer)
    return counted(_whole(trace), (len(outer), len(outer) + len(inner)), bounds, "highlighted part")


@constraint(version=1)
def title(trace: Trace, asked: Constraint) -> Finding:
    """A title in double angular brackets stands in the response: <<like this>>."""
    params.refuse_unknown(asked)
    for match in _TITLE.finditer(without_fences(trace.text)):
        if any(map(str.isalnum, match[1])):
            return holds(_whole(trace), f"Its title is “{match[1].strip()[:80]}”.", spans=[list(match.span())])
    return fails(_whole(trace), "There is no title in double angular brackets, as in <<title>>.")


@constraint(version=1)
def placeholders(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` placeholders stand in the response: [address].

    Links, footnotes, numbers and check boxes in brackets are none, nor is what stands in fenced code.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent")
    bounds, text = Bounds.of(asked), trace.text
    if "[" not in text:
        return counted(_whole(trace), 0, bounds, "placeholder")
    found = [
        match.span() for match in _PLACEHOLDER.finditer(without_fences(text)) if not _NO_PLACEHOLDER.fullmatch(match[1])
    ]
    return counted(_whole(trace), len(found), bounds, "placeholder", places=found)


@constraint(version=1)
def postscript(trace: Trace, asked: Constraint) -> Finding:
    """Behind the text stands a postscript that starts with `marker` (P.S.) and says something.

    It starts a line, or follows a sentence in the last lines; stops and blanks in the marker may be left out.
    """
    params.refuse_unknown(asked, "marker")
    marker = params.text(asked, "marker", most=40)
    if marker is None:
        raise BadParams("the parameter 'marker' is missing")
    text = trace.text
    lowered = text.lower()
    first, last = _ANY.search(text), len(text.rstrip(_SIGNS))
    for match in _postscript(marker.strip().lower()).finditer(lowered if len(lowered) == len(text) else text):
        start = match.start()
        if first is not None and first.start() < start and match.end() < last and _is_marked(text, start, within=True):
            return holds(_whole(trace), "It has its postscript.", spans=[[start, len(text.rstrip())]])
    return fails(_whole(trace), f"There is no postscript that starts with “{marker.strip()}”.", wanted=marker)


@constraint(version=1)
def sections(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` and at most `max` sections, each under a line that starts with `marker` and a number: Section 1.

    The number may be a numeral, a Roman one, a letter or a word; a number that comes again starts no further section.
    """
    params.refuse_unknown(asked, "marker", "min", "max", "tolerance_percent")
    marker, bounds = params.text(asked, "marker"), Bounds.of(asked)
    if marker is None:
        raise BadParams("the parameter 'marker' is missing")
    found: dict[str, Span] = {}
    for match in _section(marker.strip()).finditer(trace.text):
        if _is_marked(trace.text, match.start()):
            found.setdefault(match[0].lower(), match.span())
    return counted(_whole(trace), len(found), bounds, "section", places=list(found.values()))


def _bullets(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    start = 0
    for line in text.split("\n"):
        if line.lstrip()[:1] in _BULLETS:
            match = _BULLET.match(text, start)
            if match is not None:
                found.append(match)
        start += len(line) + 1
    return found


@lru_cache(maxsize=256)
def _postscript(marker: str) -> re.Pattern[str]:
    letters = [sign for sign in marker if sign.isalnum()]
    if letters and all(sign in " ." or sign.isalnum() for sign in marker) and "." in marker:
        said = r"\.?[^\S\n]?".join(map(re.escape, letters)) + r"(?:\.|:|(?=\s)|\Z)"
    else:
        said = re.escape(marker) + (r"(?!\w)" if marker[-1].isalnum() else "")
    return re.compile(rf"(?<!\w){said}" if marker[0].isalnum() else said)


@lru_cache(maxsize=256)
def _section(marker: str) -> re.Pattern[str]:
    return re.compile(re.escape(marker) + _SECTION_NUMBER, re.MULTILINE)


def _is_marked(text: str, at: int, *, within: bool = False) -> bool:
    """Whether nothing but marks stands before it on its line; `within` also takes the end of a sentence."""
    before = text[max(0, at - _REACH) : at]
    if within and len(before) > 1 and before[-1] in " \t" and before[-2] in _ENDS:
        return True
    line = before.rpartition("\n")[2]
    return len(line) < _REACH and _BEFORE.fullmatch(line) is not None


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)
