"""The language of a part of a response: a paragraph, a sentence, a line, or what is quoted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checkers import params
from checkers.finding import Finding, Json, Span, Verdict, fails, holds, unknown
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.text.in_language import in_language
from checkers.text.paragraph import paragraph_spans
from checkers.text.quoted import quoted
from checkers.text.sentence import sentence_spans
from checkers.trace import Constraint, Trace

MAX_NUMBER = 1_000
MAX_QUOTATIONS = 50
_MARK = 1
"""Characters of a quotation mark."""


@constraint(version=1)
def within(trace: Trace, asked: Constraint) -> Finding:
    """One part of the response is in the `language`.

    The `part` is the `paragraph`, `sentence` or `line` of that `number`, or all `quotations`. `number` counts from 1,
    and from the end with -1 for the last. What is too short to tell its language is open. The language is a code
    (`fr`, `pt-BR`, whatever its region) or an English name.
    """
    params.refuse_unknown(asked, "language", "part", "number")
    language, part = params.text(asked, "language"), params.choice(asked, "part", {*_PARTS, "quotations"})
    if language is None or part is None:
        raise BadParams("'language' and 'part' must be given")
    if part == "quotations":
        return _of_quotations(trace, asked, language)
    number = _number(asked)
    spans = _PARTS[part](trace.text)
    if len(spans) < abs(number):
        said = f"There is no {part} {abs(number)}{' from the end' if number < 0 else ''}."
        return fails((0, len(trace.text)), said, measured=len(spans), wanted=number)
    return _of_part(trace, spans[number - 1 if number > 0 else number], language)


def _of_quotations(trace: Trace, asked: Constraint, language: str) -> Finding:
    if asked.params.get("number") is not None:
        raise BadParams("'number' does not go with quotations")
    found = quoted(without_code(trace.text)).quotations
    spans = [(each.span[0] + _MARK, each.span[1] - _MARK) for each in found]
    whole = (0, len(trace.text))
    if not spans:
        return fails(whole, "Nothing is quoted.", measured=0, wanted=language)
    if len(spans) > MAX_QUOTATIONS:
        return unknown(whole, f"There are more than {MAX_QUOTATIONS} quotations.", reason="limit")
    outcomes = [_of_part(trace, span, language) for span in spans]
    worst = next((each for each in outcomes if each.verdict is Verdict.FAILS), None)
    worst = worst or next((each for each in outcomes if each.verdict is Verdict.UNKNOWN), None)
    return worst or holds(whole, f"All that is quoted is in “{language}”.", wanted=language)


def _of_part(trace: Trace, span: Span, language: str) -> Finding:
    """What is found in the part alone, at its place in the whole."""
    found = in_language(Trace(response=trace.text[slice(*span)]), language)
    evidence = dict(found.evidence)
    told = evidence.get("spans")
    if isinstance(told, list):
        evidence["spans"] = [_moved(each, span[0]) for each in told]
    return replace(found, span=(found.span[0] + span[0], found.span[1] + span[0]), evidence=evidence)


def _moved(place: Json, by: int) -> Json:
    return [at + by for at in place if isinstance(at, int)] if isinstance(place, list | tuple) else place


def _number(asked: Constraint) -> int:
    value = asked.params.get("number")
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < abs(value) <= MAX_NUMBER:
        raise BadParams("the parameter 'number' must be a whole number from 1 on, or from -1 down for the end")
    return value


def _lines(text: str) -> list[Span]:
    found, start = list[Span](), 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


_PARTS: dict[str, Callable[[str], list[Span]]] = {
    "line": _lines,
    "paragraph": paragraph_spans,
    "sentence": sentence_spans,
}
