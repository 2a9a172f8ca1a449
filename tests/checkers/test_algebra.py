"""The rules of algebra agree with what is known of expressions and equations that are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Edit, Finding, Limits, Step, Trace, Verdict, all_rules, check
from checkers.claims.following import words_of

RULES = [replace(rule, may_fail=True) for rule in all_rules() if rule.name.startswith(("algebra.", "solving."))]
SMALL = st.integers(-9, 9)


def findings(trace: Trace) -> tuple[Finding, ...]:
    return check(trace, rules=RULES).findings


def signed(value: int) -> str:
    return f"+ {value}" if value >= 0 else f"- {-value}"


@given(p=SMALL, q=SMALL, middle=st.integers(-3, 3), last=st.integers(-3, 3))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_an_expansion_holds_just_when_it_is_right(p: int, q: int, middle: int, last: int) -> None:
    said = f"x^2 {signed(p + q + middle)}x {signed(p * q + last)}"
    trace = Trace(response=f"Expand: (x {signed(p)})(x {signed(q)}) = {said}.")
    (found,) = findings(trace)

    assert found.verdict is (Verdict.FAILS if middle or last else Verdict.HOLDS)
    if found.repair is not None:
        assert [each.verdict for each in findings(Edit.repairing(trace, found).applied(trace))] == [Verdict.HOLDS]


@given(a=st.integers(2, 9), b=SMALL, root=st.integers(-20, 20), off=st.sampled_from([0, 0, 1, -1, 5, 100]))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_value_is_told_right_or_wrong_and_repaired(a: int, b: int, root: int, off: int) -> None:
    steps = (Step(f"So {a}x {signed(b)} = {a * root + b}."), Step(f"Solving for x, we get x = {root + off}."))
    trace = Trace(steps=steps)
    found = next(each for each in findings(trace) if each.rule == "algebra.rewriting")

    assert found.verdict is (Verdict.FAILS if off else Verdict.HOLDS)
    assert (found.repair is None) == (not off)
    if found.repair is not None:
        assert found.repair == f"x = {root}"
        assert {each.verdict for each in findings(Edit.repairing(trace, found).applied(trace))} == {Verdict.HOLDS}


@given(a=SMALL.filter(bool), p=SMALL, q=SMALL, times=st.sampled_from([1, 2, -3]), off=st.sampled_from([0, 0, 1]))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_quadratic_is_compared_by_its_roots(a: int, p: int, q: int, times: int, off: int) -> None:
    second, first, last = a * times, -a * (p + q) * times, a * p * q * times
    text = f"{second}y^2 {signed(first)}y {signed(last)} = 0 means (y {signed(-p)})(y {signed(-q - off)}) = 0."
    verdicts = [each.verdict for each in findings(Trace(response=text))]
    kept = {p, q} <= {p, q + off}

    assert verdicts == [Verdict.HOLDS if kept else Verdict.FAILS] or (not kept and verdicts == [] and p == q + off)


@pytest.mark.parametrize(
    ("between", "words"),
    [
        (", so ", "so"),
        (" \\Rightarrow ", ""),
        ("\n", ""),
        (" \\] \\[ ", ""),
        (". Dividing both sides by 2, we get ", "dividing both sides by we get"),
        (" and ", None),
        (", ", None),
        (". Since the triangle is right, we get ", None),
        (". Substituting gives ", None),
        (" = 3, so ", None),
        ("? So ", None),
        (" so " * 100, None),
    ],
)
def test_only_plain_words_lead_from_one_equation_to_the_next(between: str, words: str | None) -> None:
    assert words_of(between) == words


def test_many_large_expressions_are_given_up_in_bounded_work() -> None:
    side = "(a + b + c + d + f)(a - b + c)^4(a + 2b - d)^3"
    text = " ".join(f"So y = {side} = {side} + {at}a." for at in range(60))
    found = check(Trace(response=text), rules=RULES).findings

    assert {each.verdict for each in found} <= {Verdict.HOLDS, Verdict.UNKNOWN, Verdict.FAILS}


@pytest.mark.parametrize(
    "text",
    [
        " ".join(
            f"{at}a + {at + 1}b^2 = {at}cd + 1. So y = (a + b + {at})(c - d) = ac + bd + {at}c." for at in range(120)
        ),
        "\n".join(f"(x + {at})^12 - {at}x^3 = {at}x^11 + 7" for at in range(120)),
        " ".join(f"So {at}x + 3 = {at * at} and then x = {at}." for at in range(300)),
    ],
    ids=["known", "high degrees", "many values"],
)
def test_what_is_known_is_asked_within_counted_work(text: str) -> None:
    ticks = iter(range(10**9))
    report = check(Trace(response=text), rules=RULES, limits=Limits(seconds=5_000), clock=lambda: float(next(ticks)))

    assert "deadline" not in [found.evidence.get("reason") for found in report.findings]
