"""One line of a drafts file, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checkers import BadRecord, Json, Limits, Report, Trace, all_rules, check, trace_of, with_demands
from checkers.demanded import Reading
from checkers.jsonline import loads_line
from checkers.record import overlooked


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules are asked, and how constraints are read."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    plugins: tuple[str, ...] = ()
    reading: Reading = "fixed"
    loose: bool = False
    read_prompts: bool = False
    """Whether what the prompt states is checked beside the constraints that are given."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of a drafts file: its report, or why it was rejected."""

    line: int
    id: str | None
    """None for a rejected line; `line-N` where the record has none."""
    report: Report | None = None
    rejected: BadRecord | None = None
    stopped: str | None = None
    """Why this record was not checked, or not to the end; its report says `unknown` for every rule and constraint."""
    notes: tuple[str, ...] = ()
    """What its author may have overlooked; no finding, and no reason to reject the line."""

    def as_json(self) -> dict[str, Json]:
        """The line of a findings file; a rejected one keeps its place."""
        if self.report is not None:
            said: dict[str, Json] = {"id": self.id, "findings": [found.as_json() for found in self.report.findings]}
            return said if self.stopped is None else {**said, "not_checked": self.stopped}
        bad = self.rejected
        return {
            "id": None,
            "line": self.line,
            "error": bad.what if bad is not None else "",
            "hint": bad.hint if bad is not None else "",
        }


def check_line(number: int, raw: bytes | BadRecord, choice: Choice, *, limits: Limits = Limits()) -> Checked:  # noqa: B008
    """The report on one line, or why it is rejected."""
    try:
        if isinstance(raw, BadRecord):
            raise raw
        record = loads_line(raw)
        name = _id(record, number)
        report = check(
            _with_demands(trace_of(record)) if choice.read_prompts else trace_of(record),
            select=choice.select,
            ignore=choice.ignore,
            reading=choice.reading,
            loose=choice.loose,
            limits=limits,
            rules=all_rules(plugins=choice.plugins),
        )
    except BadRecord as bad:
        return Checked(number, None, rejected=bad)
    return Checked(number, name, report, stopped=report.excess, notes=overlooked(record))


def unchecked_line(number: int, raw: bytes, choice: Choice, *, reason: str) -> Checked:
    """The line whose checks came to no end: no rule is run, and each of them, and each constraint, is `unknown`."""
    line = check_line(number, raw, choice, limits=Limits(seconds=-1.0))
    if line.report is None:
        return line
    message = "The check of this record was stopped before its end."
    findings = tuple(
        replace(found, message=message, evidence={**found.evidence, "reason": reason}) for found in line.report.findings
    )
    return replace(line, report=replace(line.report, findings=findings), stopped=reason)


def _with_demands(trace: Trace) -> Trace:
    if trace.response is None:  # steps are the way to a response, of which the prompt speaks
        return trace
    return replace(trace, constraints=with_demands(trace.constraints, trace.prompt))


def _id(record: Mapping[str, Json], line: int) -> str:
    given = record.get("id")
    if given is None:
        return f"line-{line}"
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if not isinstance(given, str) or not given:
        raise BadRecord("`id` has the wrong shape", "write a text in quotes, or leave it out")
    return given
