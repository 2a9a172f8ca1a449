"""What goes between this process and its workers: JSON lines of plain text, read into fixed types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from checkers import BadRecord, Finding, Report, Verdict
from copilot.checkfile.line import Checked, Choice

READY = b'"ready"\n'


class BadReply(ValueError):
    """A worker said something that is no reply."""


def choice_out(choice: Choice) -> bytes:
    """The choice of rules, as the first line that a worker hears."""
    return json.dumps(asdict(choice)).encode() + b"\n"


def choice_in(line: bytes) -> Choice:
    """The choice of rules from that line."""
    said = json.loads(line)
    names = {key: None if said[key] is None else tuple(said[key]) for key in ("select", "ignore")}
    return Choice(
        **names,
        plugins=tuple(said["plugins"]),
        reading=said["reading"],
        loose=said["loose"],
        read_prompts=said["read_prompts"],
    )


def line_out(number: int, raw: bytes) -> bytes:
    """A line of the drafts file as it stands, with its number in front."""
    return b"%d %b\n" % (number, raw)


def line_in(line: bytes) -> tuple[int, bytes]:
    """The number and the line of the drafts file."""
    number, _, raw = line.removesuffix(b"\n").partition(b" ")
    return int(number), raw


def checked_out(checked: Checked) -> bytes:
    """What a worker found in one line."""
    said: dict[str, object] = {**checked.as_json(), "line": checked.line}
    if checked.report is not None:
        said |= {"steps": checked.report.steps, "rules": checked.report.rules}
        said |= {"unsettled": list(checked.report.unsettled), "excess": checked.report.excess}
        said["notes"] = checked.notes
    return json.dumps(said).encode() + b"\n"


def checked_in(line: bytes, *, number: int) -> Checked:
    """What the worker found in the line of this number; raises BadReply for anything else."""
    try:
        said = json.loads(line)
        if said["line"] != number:
            raise BadReply("a reply about another line")
        if "findings" not in said:
            return Checked(number, None, rejected=BadRecord(_text(said["error"]), _text(said["hint"])))
        rules = tuple((_text(name), _whole(version)) for name, version in said["rules"])
        findings = tuple(_finding(each) for each in said["findings"])
        unsettled = frozenset(None if step is None else _whole(step) for step in said["unsettled"])
        excess = None if said["excess"] is None else _text(said["excess"])
        report = Report(findings, rules, _whole(said["steps"]), unsettled, excess)
        notes = tuple(map(_text, said["notes"]))
        return Checked(number, _text(said["id"]), report, stopped=excess, notes=notes)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadReply("a reply of another shape") from error


def _finding(said: Mapping[str, Any]) -> Finding:
    start, end = said["span"]
    return Finding(
        verdict=Verdict(said["verdict"]),
        span=(_whole(start), _whole(end)),
        message=_text(said["message"]),
        step=None if said["step"] is None else _whole(said["step"]),
        rule=_text(said["rule"]),
        version=_whole(said["version"]),
        evidence=dict(said["evidence"]),
        repair=None if said["repair"] is None else _text(said["repair"]),
        carried=said["carried"] is True,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadReply("no text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadReply("no whole number")
    return value
