"""Relations between numbers that a step asserts, recalculated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from checkers.claims.closed import Judgement, is_single
from checkers.claims.judgements import judgements
from checkers.claims.statement import Relation
from checkers.decide.worth import Worth
from checkers.finding import Finding, Json, Verdict, fails, holds, suspicious, unknown
from checkers.formula.tree import Degrees, Measured, numbers
from checkers.formula.written import TOO_LONG, decimal, decimal_places, shown, written_like
from checkers.registry import rule
from checkers.trace import Trace

MAX_QUOTED = 60
MAX_UNDER = 1_000
"""A number that is no fraction by its looks, as the cosine of 60 degrees, is told as one with no larger denominator."""
SMALL = Fraction(1, 1000)
"""Numbers below are told by their first digits and a power of ten."""
_MARK = re.compile(r"(<<[^<>=\n]{0,200}=)([^<>=\n]{0,60})>>")
"""A calculator's mark, up to its result: `3*4=<<3*4=12>>12`."""
_CARELESS = {
    "runs on": "The calculation goes on behind an equals sign: both sides of it differ.",
    "cut off": "{left} is written as {right}: cut off, not rounded.",
    "misrounded": "{left} is {rounded} when rounded, not {right}.",
    "made whole": "{left} is written as {right}: made whole without saying so.",
    "loose": "{left} is {right} only roughly: not to the digits that it states.",
    "near": "{left} is close to {right}: a rounded number may have been used.",
}


@rule(version=3, scope="trace", measured=True)
def equation(trace: Trace) -> Iterator[Finding]:
    """Both sides of a written relation between numbers have the values it says.

    Values are exact fractions, or numbers of forty digits where roots, angles or logarithms stand. A decimal on the
    right holds when the left side rounds to it at its own digits, and behind `≈` when its digits are cut off too; an
    `≈` that misses them by a few hundredths is suspicious. So is a result that is made whole without saying so, cut
    off instead of rounded, or strung on with a further `=`. Relations that are asked, supposed, tried, refuted, quoted,
    attributed or estimated are left alone, and units that are traded, as 60 minutes for an hour.
    """
    for each in trace.once(judgements).values():
        if each.excess:
            message = f"This cannot be recalculated: {each.excess}."
            yield unknown(each.relation.span, message, step=each.relation.step, reason="limit")
        elif each.said is not None:
            yield _told(each.relation, each.said, each.text)


def _told(relation: Relation, found: Judgement, text: str) -> Finding:
    match found.verdict:
        case Verdict.HOLDS:
            return holds(relation.span, _true(relation, found, text), step=relation.step, **_values(found))
        case Verdict.SUSPICIOUS:
            values = _values(found)
            message = _CARELESS[found.how].format(**values, rounded=_rounded(relation, found))
            return suspicious(relation.span, message, step=relation.step, **values)
        case Verdict.UNKNOWN:
            message = f"This cannot be recalculated: {found.reason}."
            return unknown(relation.span, message, step=relation.step, reason=found.reason)
        case _:
            return _wrong(relation, found, text)


def _values(found: Judgement) -> dict[str, Json]:
    if found.left is None or found.right is None:
        return {}
    return {"left": _said(found.left), "right": _said(found.right)}


def _said(value: Worth) -> str:
    if value.exact:
        return shown(value.value)
    simple = value.value.limit_denominator(MAX_UNDER)
    if value.is_near(Worth(simple, exact=False)):
        return shown(simple)
    is_small = abs(value.value) < SMALL
    return f"about {float(value.value):.6g}" if is_small else f"about {decimal(value.value, 6)}"


def _rounded(relation: Relation, found: Judgement) -> str:
    """The left side at the digits of the right one."""
    places = next((number.places for number in numbers(relation.right)), 0)
    return decimal(found.left.value, places) if found.left is not None else ""


def _true(relation: Relation, found: Judgement, text: str) -> str:
    if found.left is None or found.right is None or relation.op not in "=≈":
        return "This is right." if found.left is None else "This comparison is right."
    if found.how == "exact":
        return f"{_left_side(relation, text)} is {_said(found.right)}."
    about = "when rounded" if found.how == "rounded" else "roughly"
    return f"{_said(found.left)} is {_said(found.right)} {about}."


def _wrong(relation: Relation, found: Judgement, text: str) -> Finding:
    values = _values(found)
    if found.left is None or found.right is None:
        return fails(relation.span, "The two sides are not the same.", step=relation.step)
    if relation.op not in "=≈":
        message = f"It is not true that {values['left']} {relation.op} {values['right']}."
        return fails(relation.span, message, step=relation.step, left=values["left"], right=values["right"])
    instead = _right_side(relation, found, text)
    message = f"{_left_side(relation, text)} is {_right_value(relation, found, values)}, not {instead}."
    if TOO_LONG in values.values():
        message = "The two sides are different numbers."
    repair = _repair(relation, found.left, text)
    return fails(relation.span, message, step=relation.step, repair=repair, left=values["left"], right=values["right"])


def _right_value(relation: Relation, found: Judgement, values: Mapping[str, Json]) -> str:
    """What comes out, at the digits that the text gives where it has endless ones."""
    left = found.left
    is_decimal = is_single(relation.right) and any(number.places for number in numbers(relation.right))
    if left is not None and is_decimal and left.exact and decimal_places(left.value) is None:
        return f"{_rounded(relation, found)} when rounded"
    return str(values["left"])


def _right_side(relation: Relation, found: Judgement, text: str) -> str:
    """What stands there instead, in the author's own notation where it is more than a number."""
    value = _said(found.right) if found.right is not None else ""
    said = text[slice(*relation.right.span)] if relation.written else ""
    if is_single(relation.right) or not 0 < len(said) <= MAX_QUOTED or "\n" in said:
        return value
    return f"{said} ({value})" if value.startswith("about") else said


def _repair(relation: Relation, value: Worth, text: str) -> str | None:
    """The relation with the right number in place of the wrong one, where that stands alone at its end."""
    right = relation.right.of if isinstance(relation.right, Measured | Degrees) else relation.right
    if not (relation.written and relation.ends_chain and is_single(right)):
        return None
    instead = written_like(value.value, right, text)
    start, end = relation.span
    place = right.span
    if instead is None:
        return None
    said = text[place[0] : place[1]]
    before = _MARK.sub(lambda mark: mark[1] + instead + ">>" if mark[2] == said else mark[0], text[start : place[0]])
    return before + instead + text[place[1] : end]


def _left_side(relation: Relation, text: str) -> str:
    """The left side as it stands in the text, where a rater can read it at a glance."""
    said = text[slice(*relation.left.span)] if relation.written else ""
    return said if 0 < len(said) <= MAX_QUOTED and "\n" not in said else "The left side"
