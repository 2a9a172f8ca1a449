"""SARIF 2.1.0, which code hosts read: one run, its rules, and a result for each finding that does not hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from checkers import Finding, Json, Verdict
from checkers.registry import Rule
from checkers.run import UNDECIDED_RULE
from copilot import __version__
from copilot.checkfile.forms.json_array import separated
from copilot.checkfile.forms.remark import (
    NOT_CHECKED,
    REJECTED,
    Found,
    Told,
    findings_of,
    is_misstated,
    message_of,
)
from copilot.checkfile.line import Checked
from copilot.plain import plain, plain_json

_OURS = {
    UNDECIDED_RULE: "A constraint that no rule decides.",
    REJECTED: "A line that is no record.",
    NOT_CHECKED: "A record that was not checked, or not to the end.",
}
_KINDS = {Verdict.SUSPICIOUS: "review", Verdict.UNKNOWN: "open"}


def lines(found: Found, told: Told) -> Iterator[str]:
    """A SARIF log, one rule or result a line."""
    version: Json = {"name": "copilot check", "semanticVersion": __version__}
    yield '{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{'
    yield f'"columnKind": "unicodeCodePoints", "tool": {{"driver": {{{plain_json(version)[1:-1]}, "rules": ['
    yield from separated(map(plain_json, _rules(told.rules)))
    yield ']}}, "results": ['
    yield from separated(plain_json(result) for file, checked in found for result in _results(file, checked, told))
    yield "]}]}"


def _rules(rules: tuple[Rule, ...]) -> Iterator[Json]:
    for rule in rules:
        yield {
            "id": rule.name,
            "shortDescription": _message(rule.summary),
            "fullDescription": _message(" ".join(rule.help.split())),
            "properties": {"version": rule.version, "scope": rule.scope, "room": rule.room},
        }
    for name, said in _OURS.items():
        yield {"id": name, "shortDescription": _message(said)}


def _results(file: str, checked: Checked, told: Told) -> Iterator[Json]:
    if checked.rejected is not None:
        yield _result(file, checked, REJECTED, f"{checked.rejected.what} (hint: {checked.rejected.hint})")
    if checked.stopped is not None:
        yield _result(file, checked, NOT_CHECKED, checked.stopped)
    for finding in findings_of(checked):
        if finding.verdict is not Verdict.HOLDS:
            yield _finding(file, checked, finding, told)


def _finding(file: str, checked: Checked, finding: Finding, told: Told) -> Json:
    kind, level = "fail", "error"
    if finding.verdict is not Verdict.FAILS and not is_misstated(finding):
        # The format has no level for what is not a failure; a strict run makes one of it.
        kind, level = ("fail", "warning") if told.strict else (_KINDS[finding.verdict], "none")
    said = _result(file, checked, finding.rule, message_of(finding), kind=kind, level=level)
    place: dict[str, Json] = {"id": checked.id, "step": finding.step, "span": list(finding.span)}
    more: dict[str, Json] = {"carried": True} if finding.carried else {}
    if finding.repair is not None:
        # Not as a `fix`, which replaces characters of the file: there the text stands within JSON.
        more["repair"] = finding.repair
    root = finding.evidence.get("root")
    if isinstance(root, Mapping):
        more["root"] = root
        said["relatedLocations"] = [{"message": _message(_began(root)), **_place(file, checked)}]
    said["properties"] = {**place, "verdict": finding.verdict.value, "version": finding.version, **more}
    return said


def _began(root: Mapping[str, Json]) -> str:
    step = root.get("step")
    return f"The first error, in step {step + 1}." if isinstance(step, int) else "The first error."


def _result(
    file: str, checked: Checked, rule: str, message: str, *, kind: str = "fail", level: str = "error"
) -> dict[str, Json]:
    return {
        "ruleId": rule,
        "kind": kind,
        "level": level,
        "message": _message(message),
        "locations": [_place(file, checked)],
    }


def _place(file: str, checked: Checked) -> dict[str, Json]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": {"startLine": checked.line}}}


def _message(text: str) -> Json:
    # Of plain text too a reader makes links, `[text](address)`, and places to fill in, `{0}`.
    return {"text": plain(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _uri(file: str) -> str:
    address = quote(os.fsencode(file))
    return f"file://{address}" if address.startswith("/") else address
