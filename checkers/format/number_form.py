"""How numbers are written: their decimals, their units, and the number that is the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from checkers import params
from checkers.answers.find import answer_span
from checkers.answers.measures import measure, spelled_unit
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.trace import Constraint, Trace

MAX_DECIMALS = 100
MAX_DIGITS = 25
"""Of a number that is rounded: no more than the context of `decimal` keeps."""
_NUMBER = re.compile(r"(?<![\w.,:/])[0-9]+(?:[.,:/][0-9]+)*+(?![0-9])")
_MARKER = re.compile(r"[ \t#*_>]*\Z")
_UNIT = re.compile(r"[  -]?((?:square|cubic|sq|cu)\.?[  -])?(°?[A-Za-zµμ]{1,12}|°)(?:[²³]|\^[23])?(?![A-Za-z])")
_POINTED = frozenset({"", "en", "zh", "ja", "ko", "th", "he", "hi"})
"""Languages that write a point before decimals; the others write a comma."""
_SYSTEMS = {
    "metric": "mm cm m km mg g kg ml l dl cl °C celsius t tonne",
    "imperial": "in ft yd mi oz lb mph °F fahrenheit gallon pint quart acre stone",
}
_SHORT = frozenset({"m", "in", "t", "l", "g", "stone", "oz", "pint", "mi", "ft"})
"""Names that may be another word or stand for million."""


@dataclass(frozen=True, slots=True)
class _Number:
    span: Span
    whole: str
    decimals: str


@constraint(version=1)
def decimals(trace: Trace, asked: Constraint) -> Finding:
    """Every number that is written with decimals has at most `max` of them, or `exactly` so many.

    Whole numbers, dates, versions and numbers of sections do not count; without any number the constraint is unknown
    where `exactly` is asked for. The item's language says whether a point or a comma stands before decimals. The
    repair rounds, half of a unit up.
    """
    params.refuse_unknown(asked, "max", "exactly")
    most, exactly = params.count(asked, "max"), params.count(asked, "exactly")
    wanted = most if exactly is None else exactly
    if wanted is None or (most is not None and exactly is not None) or wanted > MAX_DECIMALS:
        raise BadParams("give one of 'max' and 'exactly', from 0 to 100")
    found = list(_decimal_numbers(trace))
    whole = (0, len(trace.text))
    wrong = [each for each in found if len(each.decimals) > wanted or (exactly and len(each.decimals) != exactly)]
    if wrong:
        bound = f"{wanted:,}" if exactly is not None else f"at most {wanted:,}"
        said = f"{_shown(trace, wrong[0])} has {amount(len(wrong[0].decimals), 'decimal')}, not {bound}."
        spans = spans_of([each.span for each in wrong])
        repair = _rounded(trace, wrong[0], wanted) if len(wrong) == 1 else None
        return fails(wrong[0].span, said, repair=repair, measured=len(wrong[0].decimals), wanted=wanted, spans=spans)
    if not found and exactly:
        return unknown(whole, "There is no number with decimals.", reason="no number", wanted=wanted)
    place = found[0].span if len(found) == 1 else whole
    return holds(place, f"{amount(len(found), 'number')} with decimals.", measured=len(found), wanted=wanted)


@constraint(version=1)
def units(trace: Trace, asked: Constraint) -> Finding:
    """Numbers stand with units of the `system` (`metric` or `imperial`) only, or of the kind of `unit` in `unit` only.

    With `unit: km`, a length in metres or miles breaks it and a weight does not, and one length in it must be there. A
    short name that may be another word (`5 in`, `3 m`) is open.
    """
    params.refuse_unknown(asked, "system", "unit")
    system, unit = params.choice(asked, "system", _SYSTEMS), params.text(asked, "unit", most=40)
    if (system is None) == (unit is None):
        raise BadParams("give one of 'system' and 'unit'")
    found = list(_measured(trace))
    if unit is not None:
        return _in_unit(trace, found, _known_unit(unit))
    other = next(name for name in _SYSTEMS if name != system)
    wrong = [(span, said, name) for span, said, name in found if name in _SYSTEMS[other].split()]
    return _judged(trace, wrong, f"{system} units", found)


@constraint(version=1)
def answer(trace: Trace, asked: Constraint) -> Finding:
    """The answer is a number, in the `unit` and with at most `decimals` decimals where these are given.

    The answer is that of the trace, or what a text states as its answer; where it states none, the constraint is open.
    """
    params.refuse_unknown(asked, "unit", "decimals")
    unit, most = params.text(asked, "unit", most=40), params.count(asked, "decimals")
    known = None if unit is None else _known_unit(unit)
    span = _answer_span(trace)
    if span is None:
        return unknown((0, len(trace.text)), "The response states no answer.", reason="no answer")
    said = trace.text[slice(*span)]
    number = next((each for each in _numbers(said, trace.about.speech)), None)
    if number is None:
        return fails(span, "The answer has no number in digits.", wanted=unit)
    if most is not None and len(number.decimals) > most:
        told = f"{amount(len(number.decimals), 'decimal')}, at most {most:,}."
        return fails(span, told, measured=len(number.decimals), wanted=most)
    if known is None:
        return holds(span, "The answer is a number.", measured=said[:200])
    rest = said[number.span[1] :].strip(" ~\\$*.,{}")
    if spelled_unit(rest.replace("text", "").strip(" {}\\")) == known:
        return holds(span, f"The answer is in {unit}.", measured=rest[:80], wanted=unit)
    if not rest or measure(spelled_unit(rest)) is not None:
        return fails(span, f"The answer is not in {unit}.", measured=rest[:80], wanted=unit)
    return unknown(span, f"Whether this is in {unit} cannot be told.", reason="a unit that is not known", wanted=unit)


def _in_unit(trace: Trace, found: list[tuple[Span, str, str]], unit: str) -> Finding:
    kind = measure(unit)
    same = [each for each in found if kind is not None and (told := measure(each[2])) and told.kind == kind.kind]
    wrong = [each for each in same if each[2] != unit]
    if not same:
        return fails((0, len(trace.text)), f"No number stands with {unit}.", measured=0, wanted=unit)
    return _judged(trace, wrong, unit, same)


def _judged(
    trace: Trace, wrong: list[tuple[Span, str, str]], wanted: str, found: list[tuple[Span, str, str]]
) -> Finding:
    sure = [each for each in wrong if each[1].casefold() not in _SHORT]
    spans = spans_of([span for span, _, _ in sure or wrong])
    if sure:
        said = f"“{trace.text[slice(*sure[0][0])]}” is not in {wanted}."
        return fails(sure[0][0], said, measured=len(sure), wanted=wanted, spans=spans)
    if wrong:
        said = f"“{trace.text[slice(*wrong[0][0])]}” may be a measure that is not in {wanted}."
        return unknown(wrong[0][0], said, reason="doubtful units", wanted=wanted, spans=spans)
    told = f"{amount(len(found), 'measure')}, none of them in other units."
    return holds((0, len(trace.text)), told, measured=0, wanted=wanted)


def _known_unit(said: str) -> str:
    known = spelled_unit(said.strip())
    if measure(known) is None:
        raise BadParams("the parameter 'unit' must be a known unit, as km or kg")
    return known


def _measured(trace: Trace) -> Iterator[tuple[Span, str, str]]:
    """Numbers with a unit behind them: where, the unit as written, and in its one spelling."""
    plain = without_code(trace.text)
    for match in _NUMBER.finditer(plain):
        unit = _UNIT.match(plain, match.end())
        if unit is None:
            continue
        said = unit[2]
        name = "°F" if said in ("°F", "F") else spelled_unit(said)
        yield (match.start(), unit.end()), said, name


def _decimal_numbers(trace: Trace) -> Iterator[_Number]:
    plain = without_code(trace.text)
    for each in _numbers(plain, trace.about.speech):
        start = plain.rfind("\n", 0, each.span[0]) + 1
        heads = (
            _MARKER.match(plain, start, each.span[0]) and plain[each.span[1] : each.span[1] + 2].strip(" ").istitle()
        )
        if each.decimals and not (heads and each.span[0] - start < 20):
            yield each


def _numbers(text: str, speech: str) -> Iterator[_Number]:
    """Numbers in digits, without dates, versions and times."""
    point, group = (".", ",") if speech in _POINTED else (",", ".")
    for match in _NUMBER.finditer(text):
        whole, _, decimals = match[0].partition(point)
        is_grouped = all(len(part) == 3 for part in whole.split(group)[1:])
        if not set(decimals) & set(".,:/") and not set(whole) & set(":/") and is_grouped:
            yield _Number(match.span(), whole.replace(group, ""), decimals)


def _rounded(trace: Trace, number: _Number, places: int) -> str | None:
    digits = len(number.whole) + 1 + max(len(number.decimals), places)
    is_grouped = number.span[1] - number.span[0] != len(number.whole) + 1 + len(number.decimals)
    if digits > MAX_DIGITS or is_grouped:
        return None
    point = trace.text[number.span[0] : number.span[1]][-len(number.decimals) - 1]
    value = Decimal(f"{number.whole}.{number.decimals}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{value:f}".replace(".", point)


def _shown(trace: Trace, number: _Number) -> str:
    said = trace.text[slice(*number.span)]
    return said if len(said) <= 40 else said[:40] + "…"


def _answer_span(trace: Trace) -> Span | None:
    if trace.answer is not None and trace.text.endswith(trace.answer) and trace.answer:
        return len(trace.text) - len(trace.answer), len(trace.text)
    return answer_span(trace.text)
