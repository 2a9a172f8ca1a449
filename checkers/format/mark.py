"""Punctuation marks that a response must have."""

from __future__ import annotations

import re

from checkers import params
from checkers.counted import spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_ALIKE = {
    ".": ".。．｡",
    ",": ",，、､",
    "!": "!！",
    "?": "?？؟",
    ";": ";；؛",
    ":": ":：",
}
"""Forms of a mark in other scripts, which are as good."""
_INTERROBANGS = frozenset({"?!", "!?", "‽"})


@constraint(version=1)
def include(trace: Trace, asked: Constraint) -> Finding:
    """Each of `marks` stands in the response at least once; "?!", "!?" and "‽" are one mark, the interrobang.

    Where a question or exclamation mark stands only in the one interrobang that is asked for, it is unknown.
    """
    params.refuse_unknown(asked, "marks")
    marks = dict.fromkeys(params.words(asked, "marks"))
    wants_both = any(mark in _INTERROBANGS for mark in marks)
    found = {mark: _places(mark, trace.text) for mark in marks}
    whole = (0, len(trace.text))
    counts = {mark: len(where) for mark, where in found.items()}
    missing = [mark for mark, where in found.items() if not where]
    if missing:
        said = ", ".join(f"“{mark}”" for mark in missing[:10])
        return fails(whole, f"{said} {'is' if len(missing) == 1 else 'are'} missing.", measured=counts, missing=missing)
    rest = _without_first(trace.text) if wants_both else trace.text
    only = [mark for mark in marks if mark in ("?", "!") and not _places(mark, rest)]
    if only:
        said = " and ".join(f"“{mark}”" for mark in only)
        message = f"{said} stands only in the interrobang."
        return unknown(whole, message, reason="a mark inside of another", measured=counts)
    first = sorted(where[0] for where in found.values())
    return holds(whole, "All the marks asked for are there.", measured=counts, spans=spans_of(first))


def _places(mark: str, text: str) -> list[Span]:
    if mark in _INTERROBANGS:
        return [match.span() for match in _INTERROBANG.finditer(text)]
    if mark in _ALIKE:
        return [match.span() for match in re.finditer(f"[{re.escape(_ALIKE[mark])}]", text)]
    return [match.span() for match in re.finditer(re.escape(mark), text)]


def _without_first(text: str) -> str:
    return _INTERROBANG.sub(" ", text, count=1)


_INTERROBANG = re.compile(r"[?？][!！]|[!！][?？]|‽")
