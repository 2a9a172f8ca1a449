"""Where a checked draft goes: rules read from tables, the first that matches wins. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkers import Finding, Json, Report, Verdict
from copilot.errors import CopilotError
from copilot.model import Item, Outcome, Route


class When(StrEnum):
    """The closed vocabulary of `when`: parsed, never evaluated."""

    SAFETY = "item.safety"
    UNSAFE = "signal.unsafe"
    FAILS = "verdict.fails"
    SUSPICIOUS = "verdict.suspicious"
    UNKNOWN = "verdict.unknown"
    HOLDS = "verdict.holds"
    NONE = "verdict.none"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[route]]` of a project."""

    when: When
    queue: str
    """`accept`, or a queue's name; `{domain}` stands for the item's domain."""
    domain: str = "*"
    covered: float = 0.0
    """Least share of steps that some rule decided, 0 to 1."""
    skill: str | None = None
    priority: int = 50
    seats: int = 1


ACCEPT = "accept"
SIGNAL = "unsafe.signal"
"""The rule whose findings are marks of unsafe content."""
NO_DOMAIN = "general"
"""The domain of an item that names none."""

DEFAULT_RULES = (
    Rule(When.SAFETY, "safety", priority=90),
    Rule(When.UNSAFE, "safety", priority=85),
    Rule(When.FAILS, "expert:{domain}", skill="{domain}", priority=80),
    Rule(When.SUSPICIOUS, "review", priority=60),
    Rule(When.UNKNOWN, "review", priority=50),
    Rule(When.HOLDS, ACCEPT, covered=1.0),
)


def route(item: Item, report: Report, *, rules: Iterable[Rule] = DEFAULT_RULES) -> Route:
    """The route of a draft with this report; `review` when no rule matches."""
    findings, covered = report.findings, report.covered
    facts = _facts(item, findings)
    domain = item.domain or NO_DOMAIN
    for rule in rules:
        if rule.when in facts and rule.domain in ("*", domain) and covered >= rule.covered:
            return _route(rule, domain, _reason(rule.when, findings))
    return Route(Outcome.REVIEW, "review", _no_rule(report), priority=40)


def rules_from(tables: Sequence[Mapping[str, Json]]) -> tuple[Rule, ...]:
    """The rules of a `copilot.toml`, or the default ones when it has none; a wrong one is a CopilotError."""
    if not tables:
        return DEFAULT_RULES
    return tuple(_rule(number, table) for number, table in enumerate(tables, start=1))


def _facts(item: Item, findings: Sequence[Finding]) -> set[When]:
    """What can be said of the draft. Doubt is never hidden: one `unknown` and `holds` is not said."""
    verdicts = {finding.verdict for finding in findings}
    facts = {When.ALWAYS}
    if item.safety:
        facts.add(When.SAFETY)
    if any(finding.rule == SIGNAL for finding in findings):
        facts.add(When.UNSAFE)
    facts |= {When(f"verdict.{verdict}") for verdict in verdicts - {Verdict.HOLDS}}
    if verdicts == {Verdict.HOLDS}:
        facts.add(When.HOLDS)
    if not verdicts:
        facts.add(When.NONE)
    return facts


def _route(rule: Rule, domain: str, reason: str) -> Route:
    if rule.queue == ACCEPT:
        return Route(Outcome.ACCEPT, None, reason)
    queue = rule.queue.replace("{domain}", domain)
    skill = rule.skill.replace("{domain}", domain) if rule.skill else None
    outcome = Outcome.EXPERT if queue.startswith("expert:") else Outcome.REVIEW
    return Route(outcome, queue, reason, priority=rule.priority, seats=rule.seats, skill=skill)


def _reason(when: When, findings: Sequence[Finding]) -> str:
    if when is When.SAFETY:
        return "the item is marked as a safety item"
    if when is When.UNSAFE:
        kinds = sorted({str(finding.evidence.get("kind")) for finding in findings if finding.rule == SIGNAL})
        return f"it may touch on {', '.join(kinds)}"
    if when is When.HOLDS:
        return "the one check holds" if len(findings) == 1 else f"all {len(findings)} checks hold"
    if when is When.NONE:
        return "no rule had anything to check"
    if when is When.ALWAYS:
        return "the project sends every draft here"
    verdict = Verdict(when.removeprefix("verdict."))
    rules = sorted({finding.rule for finding in findings if finding.verdict is verdict})
    count = sum(finding.verdict is verdict for finding in findings)
    said = {
        Verdict.FAILS: "fails" if count == 1 else "fail",
        Verdict.SUSPICIOUS: "looks suspicious" if count == 1 else "look suspicious",
        Verdict.UNKNOWN: "could not decide",
    }[verdict]
    which = "the one check" if len(findings) == 1 else f"{count} of {_checks(findings)}"
    return f"{which} {said}: {', '.join(rules)}"


def _checks(findings: Sequence[Finding]) -> str:
    return "1 check" if len(findings) == 1 else f"{len(findings)} checks"


def _no_rule(report: Report) -> str:
    findings = report.findings
    if not findings:
        return "no rule had anything to check"
    for doubt in (Verdict.FAILS, Verdict.UNKNOWN, Verdict.SUSPICIOUS):
        if any(finding.verdict is doubt for finding in findings):
            return _reason(When(f"verdict.{doubt}"), findings)
    share = f"only {report.covered:.0%} of the steps" if report.covered else "no step" if report.steps else "no claim"
    return f"nothing fails in {_checks(findings)}, but {share} could be checked"


def _rule(number: int, table: Mapping[str, Json]) -> Rule:
    known = {"when", "queue", "domain", "covered", "skill", "priority", "seats"}
    if unknown := set(table) - known:
        raise _bad(number, f"has no field {sorted(unknown)[0]!r}", f"its fields are {', '.join(sorted(known))}")
    when, queue = table.get("when"), table.get("queue")
    if not isinstance(when, str) or when not in set(When):
        raise _bad(number, f"has an unknown 'when' {when!r}", f"use one of: {', '.join(When)}")
    if not isinstance(queue, str) or not queue:
        raise _bad(number, "has no 'queue'", "name a queue, or accept")
    return Rule(
        When(when),
        queue,
        domain=_text(number, table, "domain") or "*",
        covered=_number(number, table, "covered", default=0.0, most=1.0),
        skill=_text(number, table, "skill"),
        priority=_whole(number, table, "priority", default=50, least=0, most=100),
        seats=_whole(number, table, "seats", default=1, least=1, most=20),
    )


def _text(number: int, table: Mapping[str, Json], field: str) -> str | None:
    value = table.get(field)
    if value is None or isinstance(value, str):
        return value
    raise _bad(number, f"has a {field!r} that is not text", "put it in quotes")


def _number(number: int, table: Mapping[str, Json], field: str, *, default: float, most: float) -> float:
    value = table.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise _bad(number, f"has a {field!r} that is not a number from 0 to {most:g}", f"{field} = {default:g}")
    return value


def _whole(number: int, table: Mapping[str, Json], field: str, *, default: int, least: int, most: int) -> int:
    value = table.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _bad(number, f"has a {field!r} that is not a whole number from {least} to {most}", f"{field} = {default}")
    return value


def _bad(number: int, what: str, hint: str) -> CopilotError:
    return CopilotError(f"[[route]] number {number} of copilot.toml {what}", hint=hint)
