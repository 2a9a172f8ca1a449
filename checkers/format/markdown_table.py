"""Tables in Markdown, as GitHub reads them: their columns, their rows and their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkers import params
from checkers.counted import Bounds, amount, counted, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.trace import Constraint, Trace

_DASHES = re.compile(r":?-+:?")
_BAR = re.compile(r"\\.|\|")


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    names: _Line
    rule: _Line
    rows: tuple[_Line, ...]

    @property
    def span(self) -> Span:
        return self.names.span[0], (self.rows[-1] if self.rows else self.rule).span[1]


@constraint(version=1)
def valid(trace: Trace, asked: Constraint) -> Finding:
    """The response has a Markdown table, and in every table each row has as many cells as there are columns.

    `columns` gives the names or the number of the columns of every table, `min` and `max` bound the rows of each below
    the names. A table needs its second row of dashes; a bar in a cell is written `\\|`. What stands in code is none.
    """
    params.refuse_unknown(asked, "columns", "min", "max", "tolerance_percent")
    names, number = params.columns(asked, "columns")
    given = any(asked.params.get(name) is not None for name in ("min", "max", "tolerance_percent"))
    bounds = Bounds.of(asked) if given else None
    tables = _tables(trace)
    if not tables:
        return fails((0, len(trace.text)), "There is no Markdown table.", measured=0)
    for table in tables:
        wrong = _misnamed(table, names, number) or _ragged(table) or _too_few_or_many(table, bounds)
        if wrong is not None:
            return wrong
    rows = sum(len(table.rows) for table in tables)
    said = amount(rows, "row") if len(tables) == 1 else f"{amount(len(tables), 'table')} with {amount(rows, 'row')}"
    return holds(tables[0].span, f"{said}.", measured=rows, spans=spans_of([table.span for table in tables]))


def _tables(trace: Trace) -> list[_Table]:
    lines = _lines(without_code(trace.text), trace.text)
    found, at = [], 1
    while at < len(lines):
        names, rule = lines[at - 1], lines[at]
        if (
            names is None
            or rule is None
            or not all(map(_DASHES.fullmatch, rule.cells))
            or len(names.cells) != len(rule.cells)
        ):
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end] is not None:
            end += 1
        rows = tuple(line for line in lines[at + 1 : end] if line is not None)
        found.append(_Table(names, rule, rows))
        at = end + 1
    return found


def _lines(plain: str, text: str) -> list[_Line | None]:
    """Each line with its cells; None for one without a bar, where a table ends."""
    found: list[_Line | None] = []
    start = 0
    for line in plain.split("\n"):
        span = start, start + len(line)
        # A bar in a code span parts cells all the same; one in a fenced block is blanked out with its line.
        told = text[slice(*span)] if line.strip() else ""
        found.append(_Line(span, _cells(told)) if "|" in told else None)
        start += len(line) + 1
    return found


def _cells(line: str) -> tuple[str, ...]:
    said, cells, at = line.strip(), [], 0
    for match in _BAR.finditer(said):
        if match[0] == "|":
            cells.append(said[at : match.start()].strip())
            at = match.end()
    cells.append(said[at:].strip())
    if said.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1] and said.endswith("|"):
        cells = cells[:-1]
    return tuple(cells)


def _misnamed(table: _Table, names: Sequence[str], number: int | None) -> Finding | None:
    found = list(table.names.cells)
    plain = [name.strip("*_` ").casefold() for name in found]
    if names and plain != [name.strip("*_` ").casefold() for name in names]:
        said = f"The columns are {_listed(found)}, not {_listed(names)}."
        return fails(table.names.span, said, measured=[name[:80] for name in found[:100]], wanted=list(names))
    if number is not None and len(found) != number:
        said = f"{amount(len(found), 'column')}, not {number:,}."
        return fails(table.names.span, said, measured=len(found), wanted=number)
    return None


def _ragged(table: _Table) -> Finding | None:
    wanted = len(table.names.cells)
    wrong = [row for row in table.rows if len(row.cells) != wanted]
    if not wrong:
        return None
    said = f"This row has {amount(len(wrong[0].cells), 'cell')}, not {wanted:,}."
    spans = spans_of([row.span for row in wrong])
    return fails(wrong[0].span, said, measured=len(wrong[0].cells), wanted=wanted, spans=spans)


def _too_few_or_many(table: _Table, bounds: Bounds | None) -> Finding | None:
    if bounds is None:
        return None
    found = counted(table.span, len(table.rows), bounds, "row", places=[row.span for row in table.rows])
    return None if found.verdict.value == "holds" else found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:8]) + (" …" if len(names) > 8 else "")
