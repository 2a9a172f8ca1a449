"""The language that a response is written in."""

from __future__ import annotations

from checkers import params
from checkers.finding import Finding
from checkers.registry import constraint
from checkers.text.in_language import in_language
from checkers.trace import Constraint, Trace


@constraint(version=1)
def whole(trace: Trace, asked: Constraint) -> Finding:
    """The whole response is in `language` (a code as `en`, or an English name) and no line of it in another.

    Code, addresses and short lines do not count; a text that is too short to tell is unknown.
    """
    params.refuse_unknown(asked, "language")
    return in_language(trace, params.text(asked, "language"))
