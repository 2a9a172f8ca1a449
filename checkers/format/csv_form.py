"""CSV data of a given form: its columns, its number of rows, and what stands in quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_FENCE = re.compile(r"\s*```[A-Za-z]{0,10}[ \t]*\n")
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_QUOTED = ("all", "special")


@dataclass(frozen=True, slots=True)
class _Field:
    """One field, with the place of it and its quotes."""

    span: Span
    value: str
    is_quoted: bool


_Row = list[_Field]


@constraint(version=1)
def table(trace: Trace, asked: Constraint) -> Finding:
    """The response is CSV data, in a code fence or not, with the names `columns` on top and `rows` rows below.

    `delimiter` is a comma unless given: one of , ; | or a tab. With `quoted: all` every field stands in double quotes,
    with `quoted: special` at least one that has a character besides letters, digits and blanks in it. Blank lines do
    not count.
    """
    params.refuse_unknown(asked, "columns", "rows", "delimiter", "quoted")
    columns, count, delimiter = params.words(asked, "columns"), params.count(asked, "rows"), _delimiter(asked)
    quoted = params.choice(asked, "quoted", _QUOTED)
    span = _inside(trace.text)
    rows = _rows(trace.text, span, delimiter)
    wrong = _misshapen(rows, columns, count, _DELIMITERS[delimiter], span) or _misquoted(rows, quoted, delimiter, span)
    if wrong is not None:
        return wrong
    return holds(span, f"{amount(len(rows) - 1, 'row')} of {len(columns)}.", measured=len(rows) - 1, wanted=count)


def _misshapen(
    rows: Sequence[_Row], columns: Sequence[str], count: int | None, parted: str, span: Span
) -> Finding | None:
    names = [field.value.strip() for field in rows[0]] if rows else []
    if names != list(columns):
        where = _row_span(rows[0]) if rows else span
        message = f"The first row is not the column names, parted by {parted}: {', '.join(columns)}."
        return fails(where, message, measured=[name[:60] for name in names[:100]], wanted=list(columns))
    broken = [row for row in rows if len(row) != len(columns)]
    if broken:
        message = f"This row has {amount(len(broken[0]), 'field')}, not {len(columns)}."
        spans = spans_of([_row_span(row) for row in broken])
        return fails(_row_span(broken[0]), message, measured=len(broken[0]), wanted=len(columns), spans=spans)
    if count is not None and len(rows) - 1 != count:
        message = f"{amount(len(rows) - 1, 'row')} below the names, {count:,} wanted."
        return fails(span, message, measured=len(rows) - 1, wanted=count)
    return None


def _misquoted(rows: Sequence[_Row], quoted: str | None, delimiter: str, span: Span) -> Finding | None:
    if quoted == "all":
        bare = [field.span for row in rows for field in row if not field.is_quoted]
        if bare:
            message = f"{amount(len(bare), 'field')} without quotes."
            return fails(
                span, message, repair=_quoting(rows, delimiter), measured=len(bare), wanted=0, spans=spans_of(bare)
            )
    if quoted == "special" and not any(
        field.is_quoted and _is_special(field.value) for row in rows[1:] for field in row
    ):
        return fails(span, "No field in quotes has a special character in it.", measured=0, wanted=1)
    return None


def _quoting(rows: Sequence[_Row], delimiter: str) -> str:
    lines = (delimiter.join('"' + field.value.replace('"', '""') + '"' for field in row) for row in rows)
    return "\n".join(lines)


def _is_special(value: str) -> bool:
    return any(not (sign.isalnum() or sign.isspace()) for sign in value)


def _inside(text: str) -> Span:
    """The text without blanks around it, or the inside of the one fence around it."""
    start, end = len(text) - len(text.lstrip("\n\r ")), len(text.rstrip())
    fence = _FENCE.match(text)
    if fence and text.endswith("```", fence.end(), end):
        start, end = fence.end(), end - 3
    return min(start, end), end


def _rows(text: str, span: Span, delimiter: str) -> list[_Row]:
    """The rows of the data (RFC 4180), blank ones left out; a quote that is never closed reaches to the end."""
    rows: list[_Row] = [[]]
    at, end = span
    ends = re.compile(f"[{re.escape(delimiter)}\n]")
    while at <= end:
        field, at = _field(text, at, end, ends)
        rows[-1].append(field)
        if at >= end or text[at] == "\n":
            rows.append([])
        at += 1
    return [row for row in rows if len(row) > 1 or any(field.value.strip() or field.is_quoted for field in row)]


def _field(text: str, start: int, end: int, ends: re.Pattern[str]) -> tuple[_Field, int]:
    """The field that begins here, and where its delimiter stands."""
    at = start
    while at < end and text[at] == " ":
        at += 1
    is_quoted = at < end and text[at] == '"'
    closing = _closing(text, at + 1, end) if is_quoted else at
    found = ends.search(text, closing, end)
    stop = found.start() if found else end
    # What stands behind the closing quote makes it a field that merely begins with one.
    if is_quoted and not text[closing + 1 : stop].strip():
        return _Field((start, stop), text[at + 1 : closing].replace('""', '"'), True), stop
    return _Field((start, stop), text[start:stop].strip(" \r"), False), stop


def _closing(text: str, at: int, end: int) -> int:
    """Where the quoted field ends: at the first quote that is not doubled."""
    while (at := text.find('"', at, end)) >= 0 and text[at + 1 : at + 2] == '"' and at + 1 < end:
        at += 2
    return end if at < 0 else at


def _row_span(row: _Row) -> Span:
    return row[0].span[0], row[-1].span[1]


def _delimiter(asked: Constraint) -> str:
    given = asked.params.get("delimiter")
    if given is None:
        return ","
    if not isinstance(given, str) or given not in _DELIMITERS:
        raise BadParams("the parameter 'delimiter' must be a comma, a semicolon, a bar or a tab")
    return given
