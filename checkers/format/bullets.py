"""Bullet points: their marker, points within points, and points behind sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.sentence import sentence_counts, sentence_spans
from checkers.trace import Constraint, Trace

MAX_MARKER = 40
_ORDINARY = ("-", "*", "+", "•", "‣", "◦", "▪", "●")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}\Z")
_CLOSING = "\"'”’)]*_"


@dataclass(frozen=True, slots=True)
class _Point:
    """A line that begins with a marker."""

    span: Span
    """From the marker to the end of the line."""
    marker: str


@constraint(version=1)
def marker(trace: Trace, asked: Constraint) -> Finding:
    """At least `min` lines (two unless given) begin with `marker`, and none with an ordinary bullet in its place."""
    params.refuse_unknown(asked, "marker", "min")
    wanted = _marker(asked, "marker")
    least = _least(asked, "min", 2)
    points = _points(trace.text, (wanted, *(sign for sign in _ORDINARY if not wanted.startswith(sign))))
    own = [point.span for point in points if point.marker == wanted]
    others = [point for point in points if point.marker != wanted]
    whole, measured = (0, len(trace.text)), {"points": len(own), "others": len(others)}
    if others:
        message = f"{amount(len(others), 'point')} with another bullet than “{wanted}”."
        repair = _marked(trace.text, others, wanted)
        enough = len(_points(repair, (wanted,))) == len(own) + len(others) >= least
        spans = spans_of([point.span for point in others])
        repaired = repair if enough else None
        return fails(whole, message, repair=repaired, measured=measured, wanted={"min": least}, spans=spans)
    said = f"{amount(len(own), 'point')} with “{wanted}”"
    if len(own) < least:
        return fails(whole, f"{said}, at least {least:,}.", measured=measured, wanted={"min": least})
    return holds(whole, f"{said}.", measured=measured, wanted={"min": least}, spans=spans_of(own))


@constraint(version=1)
def nested(trace: Trace, asked: Constraint) -> Finding:
    """There are points with `marker`, and below each of them at least `min` (one unless given) with `inner`."""
    params.refuse_unknown(asked, "marker", "inner", "min")
    outer, inner = _marker(asked, "marker"), _marker(asked, "inner")
    if outer == inner:
        raise BadParams("'marker' and 'inner' are the same")
    least = _least(asked, "min", 1)
    below: list[tuple[Span, int]] = []
    for point in _points(trace.text, (outer, inner)):
        if point.marker == outer:
            below.append((point.span, 0))
        elif below:
            below[-1] = (below[-1][0], below[-1][1] + 1)
    broken = [span for span, count in below if count < least]
    whole = (0, len(trace.text))
    if not below:
        return fails(whole, f"No point begins with “{outer}”.", measured=0, wanted={"min": least})
    if not broken:
        message = f"{amount(len(below), 'point')}, each with points below it."
        return holds(whole, message, measured=[count for _, count in below[:200]], wanted={"min": least})
    few = "no points" if least == 1 else f"fewer than {least:,} points"
    message = f"There are {few} with “{inner}” below this one."
    return fails(broken[0], message, measured=len(broken), wanted={"min": least}, spans=spans_of(broken))


@constraint(version=1)
def after_sentences(trace: Trace, asked: Constraint) -> Finding:
    """Before the first point with `marker` stand `sentences` that end in a full stop, and there are `min` points.

    Both are the least there may be. Where a stop may be that of an abbreviation, both counts are taken.
    """
    params.refuse_unknown(asked, "marker", "sentences", "min")
    wanted = _marker(asked, "marker")
    least, points = _least(asked, "sentences", 1), _points(trace.text, (wanted,))
    few, start = _least(asked, "min", 2), points[0].span[0] if points else len(trace.text)
    fewest, largest = _full_stops(trace.text[:start])
    measured, whole = {"sentences": largest, "points": len(points)}, (0, len(trace.text))
    asked_for = {"sentences": least, "points": few}
    if len(points) < few:
        message = f"{amount(len(points), 'point')} with “{wanted}”, at least {few:,}."
        return fails(whole, message, measured=measured, wanted=asked_for)
    if largest < least:
        message = f"{amount(largest, 'sentence')} with a full stop before the points, at least {least:,}."
        return fails((0, start), message, measured=measured, wanted=asked_for)
    if fewest < least:
        message = f"Between {fewest:,} and {largest:,} sentences, depending on how they are counted."
        return unknown((0, start), message, reason="several counts", measured=measured, wanted=asked_for)
    message = f"{amount(largest, 'sentence')}, then {amount(len(points), 'point')}."
    return holds(whole, message, measured=measured, wanted=asked_for)


def _full_stops(text: str) -> tuple[int, int]:
    """The least and the most sentences with a full stop at the end."""
    ended = [text[start:end].rstrip(_CLOSING).endswith((".", "。")) for start, end in sentence_spans(text)]
    counts = sentence_counts(text)
    return sum(ended), sum(ended) + counts[1] - counts[0]


def _points(text: str, markers: Sequence[str]) -> list[_Point]:
    """The lines that begin with one of the markers, the first that fits; a rule across the page is no point."""
    found, start = [], 0
    for line in text.split("\n"):
        said = line.lstrip()
        at = start + len(line) - len(said)
        fits = next((marker for marker in markers if _begins(said, marker)), None)
        if fits is not None and not _RULE.match(said[:200].rstrip()):
            found.append(_Point((at, start + len(line)), fits))
        start += len(line) + 1
    return found


def _begins(line: str, marker: str) -> bool:
    """Whether the line has the marker in front; an asterisk that another one closes marks words, not a point."""
    if not line.startswith(marker):
        return False
    after = line[len(marker) : len(marker) + 1]
    if marker == "*":
        return after.isspace() or (after not in ("", "*") and line.count("*") % 2 == 1)
    if marker == "+":
        return after.isspace()
    if marker == "-":
        return after.isspace() or after.isalpha()
    return not (marker[-1].isalnum() and after.isalnum())


def _marked(text: str, points: Sequence[_Point], marker: str) -> str:
    pieces, done = [], 0
    for point in points:
        pieces += [text[done : point.span[0]], marker]
        done = point.span[0] + len(point.marker)
        pieces += [] if text[done : done + 1].isspace() else [" "]
    return "".join([*pieces, text[done:]])


def _marker(asked: Constraint, name: str) -> str:
    found = params.text(asked, name, most=MAX_MARKER)
    if found is None or "\n" in found:
        raise BadParams(f"the parameter {name!r} must be what the lines begin with")
    return found.strip()


def _least(asked: Constraint, name: str, default: int) -> int:
    found = params.count(asked, name)
    return default if found is None else found
