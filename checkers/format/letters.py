"""How often one letter or sign stands in a response."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from checkers import params
from checkers.counted import MAX_SPANS, Bounds, counted
from checkers.finding import Finding, Span
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace


@constraint(version=1)
def frequency(trace: Trace, asked: Constraint) -> Finding:
    """The letter or sign `letter` stands in the response at least `min` and at most `max` times, as capital or not.

    An accent makes another letter of it.
    """
    params.refuse_unknown(asked, "letter", "min", "max", "tolerance_percent")
    letter, bounds = _letter(asked), Bounds.of(asked)
    text = trace.text
    either = {letter.lower(), letter.upper()}
    measured = sum(map(text.count, either))
    beyond = bounds.high is not None and measured > bounds.high
    found = _places(text, either, bounds.high or 0) if beyond else []
    told = counted((0, len(text)), measured, bounds, "time")
    said = f"“{letter}” stands there {told.message}"
    if not found:
        return replace(told, message=said)
    return replace(told, message=said, span=found[0], evidence={**told.evidence, "spans": [list(at) for at in found]})


def _letter(asked: Constraint) -> str:
    letter = (params.text(asked, "letter") or "").strip()
    if len(letter) != 1:
        raise BadParams("the parameter 'letter' must be one letter or sign")
    return letter


def _places(text: str, either: set[str], allowed: int) -> list[Span]:
    """Where it stands beyond what is allowed, the first 200 of these places."""
    found = re.finditer("|".join(map(re.escape, sorted(either))), text)
    return [match.span() for match in islice(found, allowed, allowed + MAX_SPANS)]
