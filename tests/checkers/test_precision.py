"""Which rules may say `fails`: the generated table, and what a rule without a good line in it may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from checkers import Finding, Trace, Verdict, all_rules, check
from checkers.finding import fails
from checkers.precision import Precision, table
from checkers.registry import Rule

TRACE = Trace(response="2 + 2 = 5")


def _rule(*, may_fail: bool) -> Rule:
    def find(trace: Trace) -> Iterator[Finding]:
        yield fails((0, 9), "It is four.", repair="2 + 2 = 4", left="4")

    return Rule("made.up", 1, "trace", "A rule.", find=find, measured=True, may_fail=may_fail)


def test_every_measured_rule_has_a_line_of_its_present_version() -> None:
    measured = {rule.name: rule.version for rule in all_rules() if rule.measured}
    assert measured
    assert {name: line.version for name, line in table().items()} == measured


def test_the_table_alone_decides_which_measured_rules_may_fail() -> None:
    for rule in all_rules():
        assert rule.may_fail == (not rule.measured or table()[rule.name].may_fail), rule.name


@pytest.mark.parametrize(
    ("flags", "right", "sources", "may"),
    [
        (100, 100, 2, True),
        (100, 100, 1, False),
        (29, 29, 5, False),
        (40, 40, 2, True),
        (30, 29, 2, False),
        (236, 233, 8, True),
        (100, 94, 3, False),
        (0, 0, 0, False),
    ],
)
def test_enough_flags_of_two_sources_must_be_right(flags: int, right: int, sources: int, may: bool) -> None:
    line = Precision("made.up", 1, flags, right, tuple(f"source {at}" for at in range(sources)))
    assert line.may_fail is may


def test_what_an_imprecise_rule_calls_false_is_suspicious_and_keeps_its_repair() -> None:
    (found,) = check(TRACE, rules=[_rule(may_fail=False)]).findings
    (certain,) = check(TRACE, rules=[_rule(may_fail=True)]).findings
    assert certain.verdict is Verdict.FAILS
    assert found == replace(certain, verdict=Verdict.SUSPICIOUS)
