"""A response that is to be CSV: its columns, its rows and its quotes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkers import params
from checkers.counted import Bounds, amount, counted, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.limits import OverLimit
from checkers.registry import constraint
from checkers.text.fence import framed_span
from checkers.trace import Constraint, Trace

DELIMITERS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "pipe": "|",
    ",": ",",
    ";": ";",
    "\t": "\t",
    "|": "|",
}


@dataclass(frozen=True, slots=True)
class _Row:
    span: Span
    cells: tuple[str, ...]


class _Wrong(ValueError):
    """The text is no CSV; says why, and which lines of it."""

    def __init__(self, why: str, span: Span) -> None:
        super().__init__(why)
        self.span = span


@constraint(version=1)
def valid(trace: Trace, asked: Constraint) -> Finding:
    """The response is CSV (RFC 4180), in a code fence or not: every row has as many cells as the first.

    `columns` gives their names, which stand in the first row then, or their number; `min` and `max` bound the rows,
    the row of names not counted. `header: true` says that there is one where no names are given. `delimiter` is a
    comma unless `semicolon`, `tab` or `pipe` is asked for. Blank lines are no rows.
    """
    params.refuse_unknown(asked, "columns", "min", "max", "tolerance_percent", "delimiter", "header")
    names, number = params.columns(asked, "columns")
    bounds = Bounds.of(asked) if _bounded(asked) else None
    has_header = params.flag(asked, "header", default=bool(names)) or bool(names)
    delimiter = DELIMITERS[_delimiter(asked)]
    span = framed_span(trace.text)
    try:
        rows = list(trace.budget.over(_rows(trace.text, span, delimiter)))
    except _Wrong as error:
        return fails(error.span, f"This is not CSV: {error}.")
    if not rows:
        return fails(span, "There is no row.", measured=0)
    wrong = _misnamed(rows[0], names) if has_header else None
    wrong = wrong or _ragged(rows, number)
    if wrong is not None:
        return wrong
    if number is None and len(rows[0].cells) == 1:
        said = "There is one column: say in 'columns' how many there are to be."
        return unknown(span, said, reason="one column")
    body = rows[1:] if has_header else rows
    if bounds is not None:
        return counted(span, len(body), bounds, "row", places=[row.span for row in body])
    return holds(span, f"{amount(len(body), 'row')} of {amount(len(rows[0].cells), 'cell')}.", measured=len(body))


def _bounded(asked: Constraint) -> bool:
    return any(asked.params.get(name) is not None for name in ("min", "max", "tolerance_percent"))


def _delimiter(asked: Constraint) -> str:
    # A tab is a blank, which a choice would take off.
    if asked.params.get("delimiter") == "\t":
        return "tab"
    return params.choice(asked, "delimiter", DELIMITERS) or "comma"


def _misnamed(first: _Row, names: Sequence[str]) -> Finding | None:
    found = [cell.strip() for cell in first.cells]
    if names and found != list(names):
        said = f"The columns are {_listed(found)}, not {_listed(names)}."
        return fails(first.span, said, measured=[name[:80] for name in found[:100]], wanted=list(names))
    twice = [name for index, name in enumerate(found) if name in found[:index]] if len(found) <= 1_000 else []
    if not all(found) or twice:
        said = f"The column “{twice[0][:40]}” stands twice." if twice else "A column has no name."
        return fails(first.span, said, measured=[name[:80] for name in found[:100]])
    return None


def _ragged(rows: Sequence[_Row], number: int | None) -> Finding | None:
    wanted = len(rows[0].cells) if number is None else number
    wrong = [row for row in rows if len(row.cells) != wanted]
    if not wrong:
        return None
    said = f"This row has {amount(len(wrong[0].cells), 'cell')}, not {wanted:,}."
    spans = spans_of([row.span for row in wrong])
    return fails(wrong[0].span, said, measured=len(wrong[0].cells), wanted=wanted, spans=spans)


def _rows(text: str, span: Span, delimiter: str) -> Iterator[_Row]:
    lines = _Lines(text, span)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "field larger" in str(error):
                raise OverLimit("a cell is longer than the reader takes") from None
            raise _Wrong(f"{error}, line {begins + 1}", lines.between(begins, begins + 1)) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells) or len(cells) > 1:
            yield _Row(lines.between(begins, reader.line_num), tuple(cells))
        begins = reader.line_num


class _Lines:
    """The lines of a part of a text, given one by one, and where each of them stands."""

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        self.end = span[1]
        self.starts = [span[0]]

    def __iter__(self) -> Iterator[str]:
        while self.starts[-1] < self.end:
            start = self.starts[-1]
            found = self.text.find("\n", start, self.end)
            stop = self.end if found < 0 else found + 1
            self.starts.append(stop)
            yield self.text[start:stop]

    def between(self, first: int, last: int) -> Span:
        start, end = self.starts[min(first, len(self.starts) - 1)], self.starts[min(last, len(self.starts) - 1)]
        return start, max(start, end - (self.text[end - 1 : end] == "\n"))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:8]) + (" …" if len(names) > 8 else "")
