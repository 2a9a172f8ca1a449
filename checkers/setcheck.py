"""Checking a set: every chosen rule of scope `set`, in two readings, with what each of them could not do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

from checkers.finding import Finding, Json, Verdict, unknown
from checkers.limits import Limits, OverLimit
from checkers.registry import Rule, all_rules, chosen
from checkers.sets import BadTerms, Member, Scratch, Sweep, Table, Terms, Unread

Given = TypeVar("Given")
Read: TypeAlias = Callable[[], Iterable[Member | Unread]]


class SetChanged(Exception):
    """The second reading did not give what the first one gave; nothing that was found holds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One member with what the rules found on it."""

    member: Member
    findings: tuple[Finding, ...]
    excess: str | None = None
    """Why no rule looked at it and no count has it: the limit that it goes beyond, in a few words."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What is said of the set itself."""

    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]
    members: int
    """How many were looked at."""

    def as_json(self) -> dict[str, Json]:
        """As it stands in a findings file, behind the records."""
        return {
            "members": self.members,
            "findings": [found.as_json() for found in self.findings],
            "tables": [table.as_json() for table in self.tables],
        }


def check_set(
    read: Read,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    terms: Terms = Terms(),  # noqa: B008  (frozen)
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    rules: Sequence[Rule] | None = None,
    folder: Path | None = None,
) -> Iterator[Judged | Unread | Whole]:
    """What the chosen rules of scope `set` find: every record in order, then once the whole.

    `read` is called twice and must give the same members both times, as `members_of_records(records)` does; raises
    SetChanged when it does not, BadTerms for settings that a rule cannot use, and UnknownRule for a wrong name. Memory
    does not grow with the set: what grows is kept in a private file in `folder`, else where the system keeps temporary
    files. A rule that crashes or goes beyond its limit gives one `unknown` finding of the whole, with its reason.
    """
    asked = chosen(all_rules() if rules is None else rules, select=select, ignore=ignore)
    with Scratch(folder=folder) as scratch:
        works = [_Work.begun(each, scratch, terms) for each in asked if each.sweep is not None]
        order = _Order(scratch)
        for member in _members(read, limits):
            order.take(member)
            for work in works:
                work.gather(member)
        for work in works:
            work.settle()
        yield from _second(read, works, order, limits)
        tables = tuple(table for work in works for table in work.tables())
        yield Whole(tuple(finding for work in works for finding in work.whole()), tables, order.count)


def _members(read: Read, limits: Limits) -> Iterator[Member]:
    for one in read():
        if isinstance(one, Member) and _excess(one, limits) is None:
            yield one


def _second(read: Read, works: Sequence[_Work], order: _Order, limits: Limits) -> Iterator[Judged | Unread]:
    order.again()
    for one in read():
        if isinstance(one, Unread):
            yield one
        elif excess := _excess(one, limits):
            yield Judged(one, tuple(_stamped(work.rule, _too_large(one, excess)) for work in works), excess)
        else:
            order.hold(one)
            yield Judged(one, tuple(finding for work in works for finding in work.find(one)))
    order.end()


class _Order:
    """Holds the second reading to the first, record by record."""

    def __init__(self, scratch: Scratch) -> None:
        scratch.run("CREATE TABLE member (place INTEGER PRIMARY KEY, digest BLOB)")
        self.count = 0
        self._scratch = scratch
        self._first: Iterator[tuple[int, bytes]] = iter(())

    def take(self, member: Member) -> None:
        self._scratch.add("INSERT INTO member VALUES (?, ?)", member.place, member.digest)
        self.count += 1

    def again(self) -> None:
        self._first = self._scratch.each("SELECT place, digest FROM member ORDER BY place")

    def hold(self, member: Member) -> None:
        if next(self._first, None) != (member.place, member.digest):
            raise SetChanged(f"line {member.line} is not what it was at the first reading")

    def end(self) -> None:
        if next(self._first, None) is not None:
            raise SetChanged("at the second reading there are fewer records than at the first")


@dataclass(slots=True)
class _Work:
    """One rule on its way; what it cannot do ends it and is told once."""

    rule: Rule
    sweep: Sweep
    broken: Finding | None = None

    @classmethod
    def begun(cls, rule: Rule, scratch: Scratch, terms: Terms) -> _Work:
        work = cls(rule, Sweep())
        work._guarded(lambda: work._begin(scratch, terms))
        return work

    def _begin(self, scratch: Scratch, terms: Terms) -> None:
        if self.rule.sweep is not None:
            self.sweep = self.rule.sweep(scratch, terms)

    def gather(self, member: Member) -> None:
        self._guarded(lambda: self.sweep.gather(member))

    def settle(self) -> None:
        self._guarded(lambda: self.sweep.settle())

    def find(self, member: Member) -> list[Finding]:
        length = len(member.trace.text)
        found = self._guarded(lambda: list(self.sweep.find(member))) or []
        return [_stamped(self.rule, each if _is_inside(each, length) else _outside(length)) for each in found]

    def tables(self) -> list[Table]:
        return self._guarded(lambda: list(self.sweep.tables())) or []

    def whole(self) -> list[Finding]:
        found = self._guarded(lambda: list(self.sweep.whole())) or []
        return [_stamped(self.rule, each) for each in (*found, *([self.broken] if self.broken else []))]

    def _guarded(self, do: Callable[[], Given]) -> Given | None:
        """What it gives; None once the rule is broken."""
        if self.broken is not None:
            return None
        try:
            return do()
        except BadTerms:
            raise
        except OverLimit as error:
            self.broken = unknown((0, 0), f"This rule stopped at its limit: {error}.", reason="limit")
        except Exception as error:  # noqa: BLE001  (a broken rule must not cost the findings of the others)
            reason = f"crashed: {type(error).__name__}"
            self.broken = unknown((0, 0), "This rule crashed and decided nothing more.", reason=reason)
        return None


def _stamped(rule: Rule, found: Finding) -> Finding:
    if found.verdict is Verdict.FAILS and not rule.may_fail:
        found = replace(found, verdict=Verdict.SUSPICIOUS)
    return replace(found, rule=rule.name, version=rule.version)


def _is_inside(found: Finding, length: int) -> bool:
    start, end = found.span
    return found.step is None and 0 <= start <= end <= length


def _outside(length: int) -> Finding:
    return unknown((0, length), "This rule pointed outside of the text.", reason="span outside")


def _too_large(member: Member, excess: str) -> Finding:
    message = f"This rule stopped at its limit: {excess}."
    return unknown((0, len(member.trace.text)), message, reason="limit")


def _excess(member: Member, limits: Limits) -> str | None:
    trace = member.trace
    if len(trace.steps) > limits.max_steps:
        return f"more than {limits.max_steps:,} steps"
    length = sum(len(step.text) for step in trace.steps) + len(trace.response or "") + len(trace.answer or "")
    return f"more than {limits.max_text:,} characters" if max(length, len(trace.prompt)) > limits.max_text else None
