"""Relations between numbers that a step asserts, recalculated."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checkers.claims.closed import Judgement, is_single
from checkers.claims.judgements import judgements
from checkers.claims.statement import Relation
from checkers.decide.worth import Worth
from checkers.finding import Finding, Json, Verdict, fails, holds, suspicious, unknown
from checkers.formula.written import TOO_LONG, decimal, shown, written_like
from checkers.registry import rule
from checkers.trace import Trace

MAX_QUOTED = 60
SMALL = Fraction(1, 1000)
"""Numbers below are told by their first digits and a power of ten."""
_CARELESS = {
    "runs on": "The calculation goes on behind an equals sign: both sides of it differ.",
    "cut off": "{left} is written as {right}: cut off, not rounded.",
    "made whole": "{left} is written as {right}: made whole without saying so.",
    "loose": "{left} is {right} only roughly: not to the digits that it states.",
    "near": "{left} is close to {right}: a rounded number may have been used.",
}


@rule(version=2, scope="trace", measured=True)
def equation(trace: Trace) -> Iterator[Finding]:
    """Both sides of a written relation between numbers have the values it says.

    Values are exact fractions, or numbers of forty digits where roots, angles or logarithms stand. A decimal on the
    right holds when the left side rounds to it at its own digits. A result that is rounded to a whole number without
    saying so, cut off instead of rounded, or strung on with a further `=` is suspicious, not wrong. Relations that
    are asked, supposed, tried, refuted or quoted are left alone.
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
            message = _CARELESS[found.how].format(**values)
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
    is_small = abs(value.value) < SMALL
    return f"about {float(value.value):.6g}" if is_small else f"about {decimal(value.value, 6)}"


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
    message = f"{_left_side(relation, text)} is {values['left']}, not {values['right']}."
    if TOO_LONG in values.values():
        message = "The two sides are different numbers."
    repair = _repair(relation, found.left, text)
    return fails(relation.span, message, step=relation.step, repair=repair, left=values["left"], right=values["right"])


def _repair(relation: Relation, value: Worth, text: str) -> str | None:
    """The relation with the right number in place of the wrong one, where that stands alone at its end."""
    if not (relation.written and relation.ends_chain and is_single(relation.right)):
        return None
    instead = written_like(value.value, relation.right, text)
    start, end = relation.span
    place = relation.right.span
    return None if instead is None else text[start : place[0]] + instead + text[place[1] : end]


def _left_side(relation: Relation, text: str) -> str:
    """The left side as it stands in the text, where a rater can read it at a glance."""
    said = text[slice(*relation.left.span)] if relation.written else ""
    return said if 0 < len(said) <= MAX_QUOTED and "\n" not in said else "The left side"
