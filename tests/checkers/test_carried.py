"""What an earlier wrong result does to later steps: the rater is led to the first, and each later one has a repair."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Edit, Finding, Step, Trace, Verdict, check
from checkers.claims.put_through import operands, with_values
from checkers.claims.results import exact_value
from checkers.formula.read import read
from checkers.formula.tree import Unreadable

RULES = ["arithmetic", "carried"]


def chain(first: int, second: int, off: int, third: int) -> Trace:
    """Three steps, the first result wrong by `off`, the others right from there."""
    wrong = first * second + off
    return Trace(
        steps=(
            Step(f"{first} * {second} = {wrong}"),
            Step(f"Then {wrong} + {third} = {wrong + third} apples."),
            Step(f"Twice that is 2 * {wrong + third} = {2 * (wrong + third)}."),
        )
    )


def carried(trace: Trace) -> list[Finding]:
    return [found for found in check(trace, select=RULES).findings if found.carried]


NUMBERS = st.integers(11, 99)


@given(first=NUMBERS, second=NUMBERS, off=st.integers(1, 9), third=st.integers(1001, 1999))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_error_stands_in_the_first_step_and_the_others_are_carried(
    first: int, second: int, off: int, third: int
) -> None:
    trace = chain(first, second, off, third)

    report = check(trace, select=RULES)

    assert [found.step for found in report.findings if found.verdict is Verdict.FAILS] == [0]
    assert [found.step for found in carried(trace)] == [1, 2]
    assert [found.evidence["root"] for found in carried(trace)] == [
        {"step": 0, "span": [0, len(trace.steps[0].text)]}
    ] * 2


@given(first=NUMBERS, second=NUMBERS, off=st.integers(1, 9), third=st.integers(1001, 1999), backwards=st.booleans())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_all_repairs_together_leave_nothing_wrong(
    first: int, second: int, off: int, third: int, backwards: bool
) -> None:
    trace = chain(first, second, off, third)
    findings = [found for found in check(trace, select=RULES).findings if found.repair is not None]

    assert len(findings) == 3
    for finding in reversed(findings) if backwards else findings:
        trace = Edit.repairing(trace, finding).applied(trace)

    assert {found.verdict for found in check(trace, select=RULES).findings} == {Verdict.HOLDS}
    assert trace.steps == chain(first, second, 0, third).steps


@given(first=NUMBERS, second=NUMBERS, off=st.integers(1, 9), third=st.integers(1001, 1999))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_one_repair_makes_its_finding_hold_and_creates_no_failure(
    first: int, second: int, off: int, third: int
) -> None:
    trace = chain(first, second, off, third)
    for finding in carried(trace):
        after = check(Edit.repairing(trace, finding).applied(trace), select=RULES)

        there = [found for found in after.findings if (found.rule, found.step) == ("carried.value", finding.step)]
        assert [found.verdict for found in there] == [Verdict.HOLDS]
        assert after.counts[Verdict.FAILS] == 1


def test_nothing_is_carried_without_its_root() -> None:
    trace = chain(12, 13, 1, 1001)

    assert carried(replace(trace, steps=trace.steps[1:], _memo={})) == []


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ("2 * -3 + 4", [2, -3, 4]),
        ("\\frac{12}{4} - (-5)", [12, 4, -5]),
        ("10 - 7", [10, 7]),
        ("x + 1", [1]),
    ],
)
def test_operands_are_the_written_numbers_with_their_own_minus(formula: str, values: list[int]) -> None:
    node = read(formula)

    assert not isinstance(node, Unreadable)
    assert sorted(value for _, value in operands(node)) == sorted(values)


def test_values_are_put_into_a_tree_by_what_they_are() -> None:
    node = read("13 * (2 + 13) - 3")

    assert not isinstance(node, Unreadable)
    assert exact_value(with_values(node, {Fraction(13): Fraction(12)})) == 12 * 14 - 3
