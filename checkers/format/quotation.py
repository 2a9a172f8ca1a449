"""Quotations and what is said about them."""

from __future__ import annotations

import re

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_CLOSED_BY = {"“": "”", "„": "“”", "«": "»", '"': '"'}

_SIGN = re.compile(f"\n\n|[{''.join(_CLOSED_BY)}”»]")


@constraint(version=1)
def explained(trace: Trace, asked: Constraint) -> Finding:
    """Behind each passage in double quotes stand words that are in none, before the next one begins.

    Whether these words explain it is for a reader to say. With a quote that is not closed in its paragraph the
    constraint is unknown, unless another one fails.
    """
    params.refuse_unknown(asked)
    found, unclosed = _quotations(trace.text)
    ends = [*(start for start, _ in found[1:]), len(trace.text)]
    broken = [
        span for span, end in zip(found, ends, strict=False) if not any(map(str.isalnum, trace.text[span[1] : end]))
    ]
    if broken:
        message = "Nothing is said behind this quotation."
        return fails(broken[0], message, measured=len(broken), wanted=0, spans=spans_of(broken))
    if unclosed is not None:
        return unknown(unclosed, "This quote is not closed in its paragraph.", reason="not closed")
    message = f"{amount(len(found), 'quotation')}, each with words behind it." if found else "Nothing is quoted."
    return holds((0, len(trace.text)), message, measured=0, wanted=0)


def _quotations(text: str) -> tuple[list[Span], Span | None]:
    """The outermost passages in double quotes, and the last quote that no other closes before a blank line.

    A mark of inches is no quote.
    """
    found: list[Span] = []
    start, closing, unclosed = -1, "", None
    for match in _SIGN.finditer(text + "\n\n"):
        at, sign = match.start(), match[0]
        if start >= 0 and sign == "\n\n":
            start, unclosed = -1, (start, start + 1)
        elif start >= 0 and sign in closing:
            found.append((start, at + 1))
            start = -1
        elif start < 0 and sign in _CLOSED_BY and not (sign == '"' and text[at - 1 : at].isdigit()):
            start, closing = at, _CLOSED_BY[sign]
    return [span for span in found if text[span[0] + 1 : span[1] - 1].strip()], unclosed
