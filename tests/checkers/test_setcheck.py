"""The frame of the rules of sets: two readings, a private file, and nothing left out without a word."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkers import (
    BadTerms,
    Finding,
    Json,
    Judged,
    Limits,
    Member,
    SetChanged,
    Sweep,
    Table,
    Terms,
    Trace,
    Unread,
    Verdict,
    Whole,
    all_rules,
    check,
    check_set,
    members_of_records,
    set_rule,
)
from checkers.finding import holds
from checkers.limits import OverLimit
from checkers.registry import Rule
from checkers.sets import Scratch

RECORDS: list[dict[str, Json]] = [
    {"id": "a", "prompt": "Name a river.", "response": "The Rhine."},
    {"id": "b", "prompt": "Name a river.", "response": "The Rhine."},
    {"id": "c", "prompt": "Name a lake."},
]


class Counting(Sweep):
    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch
        scratch.run("CREATE TABLE counting (id TEXT)")

    def gather(self, member: Member) -> None:
        self.scratch.add("INSERT INTO counting VALUES (?)", member.id)

    def find(self, member: Member) -> Iterator[Finding]:
        count = self.scratch.row("SELECT COUNT(*) FROM counting")
        yield holds((0, len(member.trace.text)), f"{member.id} of {count[0] if count else 0}.")

    def tables(self) -> Iterator[Table]:
        yield Table("ids", ("id",), self.scratch.rows("SELECT id FROM counting ORDER BY id"))


@set_rule(version=3)
def counted(scratch: Scratch, terms: Terms) -> Sweep:
    """Every record is counted."""
    return Counting(scratch)


def judged(rule: Rule, records: list[dict[str, Json]] = RECORDS, **more: object) -> tuple[list[Judged], Whole]:
    found = list(check_set(lambda: members_of_records(records), rules=[replace(rule, room="content")], **more))  # type: ignore[arg-type]
    assert isinstance(found[-1], Whole)
    return [one for one in found if isinstance(one, Judged)], found[-1]


def test_a_rule_sees_every_member_twice_and_its_findings_are_stamped() -> None:
    members, whole = judged(counted)

    assert [one.findings[0].message for one in members] == ["a of 3.", "b of 3.", "c of 3."]
    assert {(one.findings[0].rule, one.findings[0].version) for one in members} == {("test_setcheck.counted", 3)}
    assert whole.tables == (Table("ids", ("id",), [("a",), ("b",), ("c",)]),)
    assert whole.members == 3
    assert whole.as_json()["tables"] == [{"table": "ids", "rows": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}]


def test_a_check_of_one_trace_leaves_rules_of_sets_out() -> None:
    sets = {rule.name for rule in all_rules() if rule.scope == "set"}

    report = check(Trace(prompt="Name a river.", response="The Rhine."))

    assert sets
    assert not sets & {name for name, _ in report.rules}
    assert check(Trace(response="x"), select=sorted(sets)).findings == ()


def test_what_is_no_record_keeps_its_place_and_is_no_member() -> None:
    records: list[dict[str, Json]] = [RECORDS[0], {"id": "x"}, {"id": 4, "prompt": "p"}, {"id": [], "prompt": "p"}]

    found = list(check_set(lambda: members_of_records(records), select=["duplicates"]))

    assert [one.line for one in found if isinstance(one, Unread)] == [2, 4]
    assert [one.member.id for one in found if isinstance(one, Judged)] == ["a", "4"]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param([*RECORDS[:2], {"id": "c", "prompt": "Name a hill."}], id="another text"),
        pytest.param(RECORDS[:2], id="one record less"),
        pytest.param([*RECORDS, {"prompt": "More."}], id="one record more"),
        pytest.param([RECORDS[1], RECORDS[0], RECORDS[2]], id="another order"),
    ],
)
def test_a_second_reading_that_differs_from_the_first_is_an_error(second: list[dict[str, Json]]) -> None:
    readings = iter([RECORDS, second])

    with pytest.raises(SetChanged):
        list(check_set(lambda: members_of_records(next(readings))))


@pytest.mark.parametrize(
    ("error", "reason"), [(ZeroDivisionError(), "crashed: ZeroDivisionError"), (OverLimit("too many"), "limit")]
)
@pytest.mark.parametrize("at", ["begin", "gather", "settle", "find", "whole", "tables"])
def test_a_rule_that_cannot_go_on_says_so_once_and_costs_the_others_nothing(
    error: Exception, reason: str, at: str
) -> None:
    def stop(*_: object) -> Iterator[Finding]:
        raise error

    @set_rule(version=1)
    def broken(scratch: Scratch, terms: Terms) -> Sweep:
        """It breaks."""
        sweep = Sweep()
        if at == "begin":
            stop()
        setattr(sweep, at, stop)
        return sweep

    found = list(check_set(lambda: members_of_records(RECORDS), rules=[broken, counted]))

    whole = found[-1]
    assert isinstance(whole, Whole)
    assert [one.evidence.get("reason") for one in whole.findings] == [reason]
    assert whole.findings[0].verdict is Verdict.UNKNOWN
    assert [len(one.findings) for one in found if isinstance(one, Judged)] == [1, 1, 1]


def test_wrong_terms_are_the_callers_error() -> None:
    @set_rule(version=1)
    def asking(scratch: Scratch, terms: Terms) -> Sweep:
        """It reads its settings."""
        terms.table("quotas")
        return Sweep()

    with pytest.raises(BadTerms):
        list(check_set(lambda: members_of_records(RECORDS), rules=[asking], terms=Terms({"quotas": 3})))


def test_a_finding_that_points_outside_is_open() -> None:
    @set_rule(version=1)
    def pointing(scratch: Scratch, terms: Terms) -> Sweep:
        """It points too far."""
        sweep = Sweep()
        sweep.find = lambda member: iter([holds((0, 500), "Far.")])  # type: ignore[method-assign]
        return sweep

    members, _ = judged(pointing)

    assert {one.findings[0].evidence["reason"] for one in members} == {"span outside"}


def test_a_record_beyond_a_limit_is_unknown_and_not_counted() -> None:
    members, whole = judged(counted, [*RECORDS, {"prompt": "p" * 300}], limits=Limits(max_text=200))

    assert [one.excess for one in members] == [None, None, None, "more than 200 characters"]
    assert members[3].findings[0].verdict is Verdict.UNKNOWN
    assert members[0].findings[0].message == "a of 3."
    assert whole.members == 3


def test_the_file_between_the_readings_has_no_name_and_is_for_nobody_else(tmp_path: Path) -> None:
    with Scratch(folder=tmp_path) as scratch:
        scratch.run("CREATE TABLE t (x)")
        for number in range(3_000):
            scratch.add("INSERT INTO t VALUES (?)", "x" * 10_000 + str(number))
        assert scratch.row("SELECT COUNT(*) FROM t") == (3_000,)
        mine = [os.fstat(int(name)) for name in os.listdir("/dev/fd") if _is_in(int(name), tmp_path)]
        assert list(tmp_path.iterdir()) == []

    assert [stat.S_IMODE(one.st_mode) for one in mine] in ([], [0o600])


def _is_in(number: int, folder: Path) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{number}").startswith(str(folder))
    except OSError:
        return False


def test_nothing_is_left_behind_an_error(tmp_path: Path) -> None:
    def read() -> Iterator[Member | Unread]:
        yield from members_of_records(RECORDS)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        list(check_set(read, folder=tmp_path))

    assert list(tmp_path.iterdir()) == []


def test_a_set_that_takes_too_much_room_is_a_limit(tmp_path: Path) -> None:
    with Scratch(folder=tmp_path, most_bytes=100_000) as scratch:
        scratch.run("CREATE TABLE t (x)")
        for _ in range(200):
            scratch.add("INSERT INTO t VALUES (?)", "x" * 1_000)
        with pytest.raises(OverLimit):
            scratch.rows("SELECT COUNT(*) FROM t")
