"""Sections that begin with their thesis."""

from __future__ import annotations

import re

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_HEADING = 200

_HEADING = re.compile(r"#{1,6}\s|(?:section|part|chapter)\s[0-9ivx]{1,5}\b", re.IGNORECASE)
_TAGGED = re.compile(r"<h[1-6]\b[^<>\n]{0,200}>.{0,300}?</h[1-6]>", re.IGNORECASE)
_BOLD = (("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>"))
_FRAME = re.compile(
    r"(?:\s|</?(?:p|div|span|section|article|main|header|head|body|html|br|b|strong|li|ul|!doctype)\b[^<>\n]{0,200}>)+",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"<(i|em)(?:\s[^<>\n]{0,200})?>", re.IGNORECASE)


@constraint(version=1)
def italic(trace: Trace, asked: Constraint) -> Finding:
    """Each section begins with a thesis in HTML italics, `<i>` or `<em>`, and goes on behind it.

    Sections begin at headings; without headings the whole response is one. What stands in front of the first heading is
    no section. Whether the words in italics are a thesis is for a reader to say.
    """
    params.refuse_unknown(asked)
    found = _sections(trace.text)
    broken = [span for span in found if not _begins_well(trace.text[span[0] : span[1]])]
    if not found:
        return fails((0, len(trace.text)), "There is no section.", measured=0, wanted=1)
    measured = len(found) - len(broken)
    if not broken:
        message = f"{amount(len(found), 'section')}, each with a thesis in italics."
        return holds((0, len(trace.text)), message, measured=measured, wanted=len(found))
    message = "This section does not begin with a thesis in HTML italics and go on behind it."
    return fails(broken[0], message, measured=measured, wanted=len(found), spans=spans_of(broken))


def _sections(text: str) -> list[Span]:
    """What stands below each heading, where anything does; the whole text where there is no heading."""
    headings, start = [match.span() for match in _TAGGED.finditer(text)], 0
    for line in text.split("\n"):
        if _is_heading(line.strip()):
            headings.append((start, start + len(line)))
        start += len(line) + 1
    headings.sort()
    if not headings:
        return [(0, len(text))] if text.strip() else []
    ends = [*(begin for begin, _ in headings[1:]), len(text)]
    bodies = [(heading[1], end) for heading, end in zip(headings, ends, strict=True)]
    return [body for body in bodies if text[body[0] : body[1]].strip()]


def _is_heading(line: str) -> bool:
    if not 0 < len(line) <= MAX_HEADING:
        return False
    return any(_is_framed(line, *marks) for marks in _BOLD) or (
        _HEADING.match(line) is not None and not _ITALIC.search(line)
    )


def _is_framed(line: str, opening: str, closing: str) -> bool:
    """Whether the marks stand around the whole of it, and not around its first and its last words only."""
    inside = line.removeprefix(opening).removesuffix(closing)
    return len(line) == len(opening) + len(inside) + len(closing) and closing not in inside


def _begins_well(body: str) -> bool:
    frame = _FRAME.match(body)
    opening = _ITALIC.match(body, frame.end() if frame else 0)
    if opening is None:
        return False
    closing = re.compile(rf"</{opening[1]}>", re.IGNORECASE).search(body, opening.end())
    if closing is None:
        return False
    said, rest = body[opening.end() : closing.start()], body[closing.end() :]
    return any(map(str.isalnum, said)) and any(map(str.isalnum, rest))
