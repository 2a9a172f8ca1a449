"""Quotations: how many a response has, in which marks, and whether every mark has its partner."""

from __future__ import annotations

from collections.abc import Sequence

from checkers import params
from checkers.counted import Bounds, counted, spans_of
from checkers.finding import Finding, fails, holds, unknown
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.text.quoted import MARKS, quoted
from checkers.trace import Constraint, Trace


@constraint(version=1)
def present(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` (one unless a bound is given) and at most `max` quotations.

    `marks` says in which marks alone they count: `straight` ("…"), `curly` (“…”), `single` (‘…’), `low` („…“),
    `low_single` (‚…‘), `guillemets` («…»), `guillemets_inward` (»…«), `corner` (「…」) or `white_corner` (『…』). What
    stands in code is no quotation.
    """
    params.refuse_unknown(asked, "min", "max", "tolerance_percent", "marks")
    marks = params.choice(asked, "marks", MARKS)
    given = any(asked.params.get(name) is not None for name in ("min", "max"))
    bounds = Bounds.of(asked) if given else Bounds(least=1)
    found = quoted(without_code(trace.text)).quotations
    places = [each.span for each in found if marks in (None, each.marks)]
    return counted((0, len(trace.text)), len(places), bounds, "quotation", places=places)


@constraint(version=1)
def balanced(trace: Trace, asked: Constraint) -> Finding:
    """Every quotation mark has its partner in its paragraph.

    A quotation of several paragraphs may open each of them. A mark behind a number may be that of inches: it decides
    nothing.
    """
    params.refuse_unknown(asked)
    found = quoted(without_code(trace.text))
    whole = (0, len(trace.text))
    if found.doubtful:
        said = "A mark here may be a quotation mark or something else, such as inches."
        return unknown(found.doubtful[0], said, reason="doubtful marks", spans=spans_of(found.doubtful))
    if found.loose and _may_open(trace.text, [trace.text[slice(*span)] for span in found.loose]):
        said = "In Swedish and Finnish ” opens a quotation too."
        return unknown(found.loose[0], said, reason="marks of another language", spans=spans_of(found.loose))
    if found.loose:
        start, end = found.loose[0]
        said = f"{trace.text[start:end]} has no partner in its paragraph."
        return fails((start, end), said, measured=len(found.loose), wanted=0, spans=spans_of(found.loose))
    return holds(whole, "Every quotation mark has its partner.", measured=0, wanted=0)


def _may_open(text: str, loose: Sequence[str]) -> bool:
    """Whether all that is loose is pairs of the mark that elsewhere only closes."""
    return set(loose) == {"”"} and len(loose) % 2 == 0 and "“" not in text and "„" not in text
