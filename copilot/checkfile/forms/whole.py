"""How the check of a set is written: its records in the forms of `copilot check`, then what is said of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from checkers import Json, Table, Verdict, Whole
from copilot.checkfile.forms import jsonl, text
from copilot.checkfile.forms.json_array import separated
from copilot.checkfile.forms.remark import Told, message_of
from copilot.checkfile.line import Checked
from copilot.plain import plain, plain_json

FoundOfSet: TypeAlias = Iterable[tuple[str, Checked | Whole]]


def text_lines(found: FoundOfSet, told: Told) -> Iterator[str]:
    """One line for each remark, doubts too, and behind them the tables."""
    for file, one in found:
        if isinstance(one, Whole):
            said = (finding for finding in one.findings if finding.verdict is not Verdict.HOLDS)
            yield from (plain(f"{text.named(file)}: {finding.rule}: {message_of(finding)}") for finding in said)
            for table in one.tables:
                yield from _drawn(table)
        else:
            yield from text.lines([(file, one)], Told(told.rules, strict=True))


def jsonl_lines(found: FoundOfSet, told: Told) -> Iterator[str]:
    """One line for each record, and a last one `{"set": …}`."""
    for file, one in found:
        if isinstance(one, Whole):
            yield plain_json({"set": one.as_json()})
        else:
            yield from jsonl.lines([(file, one)], told)


def json_lines(found: FoundOfSet, told: Told) -> Iterator[str]:
    """One array: the records with their file and line, and the set."""

    def said(file: str, one: Checked | Whole) -> Json:
        if isinstance(one, Whole):
            return {"file": file, "set": one.as_json()}
        return {"file": file, "line": one.line, **one.as_json()}

    yield "["
    yield from separated(plain_json(said(file, one)) for file, one in found)
    yield "]"


FORMS_OF_SETS: Mapping[str, Callable[[FoundOfSet, Told], Iterator[str]]] = {
    "text": text_lines,
    "jsonl": jsonl_lines,
    "json": json_lines,
}


def _drawn(table: Table) -> Iterator[str]:
    """The table in columns, numbers to the right."""
    cells = [table.columns, *([_cell(value) for value in row] for row in table.rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(table.columns))]
    yield ""
    yield plain(f"{table.name}:")
    for row in cells:
        first, *rest = (cell for cell in row)
        numbers = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join(("", first.ljust(widths[0]), *numbers)).rstrip()


def _cell(value: str | int | float | None) -> str:
    if isinstance(value, str):
        # As in `text.named`: what begins with `::` would command a CI runner, and a label can be anything.
        said = plain(value[:60]).strip()
        return f"“{said}”" if said.startswith(":") else said
    if isinstance(value, float):
        return f"{100 * value:.1f} %"
    return "" if value is None else f"{value:,}"
