"""Records in, findings out: what `copilot check` does, without a model, a database, a cache or the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from checkers import BadRecord, Json, Report, UnknownRule, all_rules, check, trace_of
from checkers.jsonline import loads_line, read_lines
from checkers.registry import Rule, chosen
from checkers.run import Reading
from copilot.errors import CopilotError
from copilot.files import open_regular


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of a drafts file: its report, or why it was rejected."""

    line: int
    id: str | None
    """None for a rejected line; `line-N` where the record has none."""
    report: Report | None = None
    rejected: BadRecord | None = None

    def as_json(self) -> dict[str, Json]:
        """The line of a findings file; a rejected one keeps its place."""
        if self.report is not None:
            return {"id": self.id, "findings": [finding.as_json() for finding in self.report.findings]}
        bad = self.rejected
        return {
            "id": None,
            "line": self.line,
            "error": bad.what if bad is not None else "",
            "hint": bad.hint if bad is not None else "",
        }


def rules_for(
    *, select: Sequence[str] | None = None, ignore: Sequence[str] | None = None, plugins: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The chosen rules; a CopilotError with the nearest names for one that is not there."""
    try:
        return chosen(all_rules(plugins=plugins), select=select, ignore=ignore)
    except UnknownRule as error:
        raise CopilotError(error.what, hint=error.hint) from None


def check_file(
    path: Path,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    plugins: Sequence[str] = (),
    reading: Reading = "fixed",
) -> Iterator[Checked]:
    """Every line of a regular file that is not blank, in order, one in memory at a time."""
    with open_regular(path) as stream:
        yield from check_stream(stream, select=select, ignore=ignore, plugins=plugins, reading=reading)


def check_stream(
    stream: BinaryIO,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    plugins: Sequence[str] = (),
    reading: Reading = "fixed",
) -> Iterator[Checked]:
    """Every line of the stream that is not blank, in order, one in memory at a time."""
    rules_for(select=select, ignore=ignore, plugins=plugins)  # a wrong name is told before anything is read
    rules = all_rules(plugins=plugins)
    for number, raw in read_lines(stream):
        try:
            if isinstance(raw, BadRecord):
                raise raw
            record = loads_line(raw)
            name = _id(record, number)
            report = check(trace_of(record), select=select, ignore=ignore, reading=reading, rules=rules)
        except BadRecord as bad:
            yield Checked(number, None, rejected=bad)
        else:
            yield Checked(number, name, report)


def _id(record: Mapping[str, Json], line: int) -> str:
    given = record.get("id")
    if given is None:
        return f"line-{line}"
    if not isinstance(given, str) or not given:
        raise BadRecord("`id` has the wrong shape", "write a text in quotes, or leave it out")
    return given
