"""What must hold of every rule on any text whatever."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checkers import Constraint, Finding, Reference, Step, Trace, Verdict, all_rules, check, same_answer
from tests.checkers.casefile import Case, cases

RULES = [rule.name for rule in all_rules()]
ALPHABET = "0123456789 .,+-*/^()=<>≈≠$£%x\\{}[]²\n:;?!\"'ab½"
WORDS = """12 3.5 1,000 .5 2 5 10
+ - * / ^ ** ( ) = = = ≈ < ≥ ≠ $ \\$ % x \\frac{1}{2} \\times \\( \\) \\\\ & , . ; : ? !
" ` is and or of if then not apples m R << >> #### \\boxed{5} answer ² … ... the"""
PIECES = st.sampled_from(
    [*WORDS.split(), "\n", "- ", "2 + 2 = 5", "7 / 3 = 2.5", "$5 - $7 = $2", "10% + 5% = 16%"]
    + [
        "12/4=<<12/4=4>>4",
        "$\\sqrt{16} = 5$",
        "2x = 6",
        "so x = 4",
        "\\frac12",
        "16 * 10 = 176 m",
    ]
)
MATHS = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join)
TEXTS = MATHS | st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40)
PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "min": st.none() | st.integers(-1, 9) | st.text(max_size=2),
        "max": st.none() | st.integers(-1, 9),
        "words": st.lists(st.text(max_size=6), max_size=3) | st.none(),
        "schema": st.sampled_from([True, {}, {"type": "integer"}, {"$ref": "#"}, {"type": 4}, {"pattern": "("}]),
    },
)
TRACES = st.builds(
    Trace,
    prompt=st.just("What is it?"),
    response=st.none() | TEXTS,
    steps=st.lists(TEXTS.map(Step), max_size=3).map(tuple),
    answer=st.none() | TEXTS,
    reference=st.builds(Reference, answer=st.none() | TEXTS),
)


def told(trace: Trace, finding: Finding) -> str:
    return trace.text if finding.step is None else trace.steps[finding.step].text


def repaired(trace: Trace, finding: Finding) -> Trace:
    text = told(trace, finding)
    start, end = finding.span
    text = text[:start] + (finding.repair or "") + text[end:]
    if finding.step is None:
        return replace(trace, response=text, _memo={})
    steps = [*trace.steps]
    steps[finding.step] = Step(text)
    return replace(trace, steps=tuple(steps), _memo={})


@pytest.mark.parametrize("rule", RULES)
@given(trace=TRACES, params=PARAMS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_gives_spans_inside_it_and_no_crash(rule: str, trace: Trace, params: dict[str, object]) -> None:
    trace = replace(trace, constraints=(Constraint(rule, params),), _memo={})  # type: ignore[arg-type]

    report = check(trace, select=[rule])

    for finding in report.findings:
        start, end = finding.span
        assert 0 <= start <= end <= len(told(trace, finding))
        assert not str(finding.evidence.get("reason", "")).startswith(("crashed", "span", "deadline"))
        assert "step" not in finding.message.split()[:1]
        assert json.loads(json.dumps(finding.as_json()))["verdict"] == finding.verdict.value


@given(text=MATHS.filter(lambda text: "=" in text))
@example("2+2 = 5 = 4+1")
@example("$5 - $7 = $2")
@example("1/3 = 5")
@settings(max_examples=600, deadline=None, derandomize=True)
def test_a_repair_makes_its_finding_hold_and_creates_no_new_failure(text: str) -> None:
    for trace in (Trace(response=text), Trace(steps=(Step("2 + 2 = 4"), Step(text)))):
        before = check(trace)
        for finding in before.findings:
            if finding.repair is None:
                continue
            after = check(repaired(trace, finding))
            same_place = [
                found for found in after.findings if (found.step, found.span[0]) == (finding.step, finding.span[0])
            ]
            assert Verdict.HOLDS in {found.verdict for found in same_place if found.rule == finding.rule}
            fewer = finding.verdict is Verdict.FAILS
            assert after.counts[Verdict.FAILS] <= before.counts[Verdict.FAILS] - fewer


@pytest.mark.parametrize("case", [case for case in cases() if case.said.get("repair")], ids=lambda case: case.id)
def test_the_repair_of_a_case_holds(case: Case) -> None:
    trace = case.trace()
    finding = next(found for found in case.report().findings if found.repair is not None)

    after = check(repaired(trace, finding), select=[case.rule]).findings

    there = [found.verdict for found in after if (found.step, found.span[0]) == (finding.step, finding.span[0])]
    # What only gives rise to doubt holds, or gives rise to none any more.
    assert there == [Verdict.HOLDS] or (finding.verdict is Verdict.SUSPICIOUS and not there)
    assert [found for found in after if found.verdict is Verdict.FAILS] == []


@given(first=TEXTS, second=TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_two_answers_are_the_same_both_ways_round(first: str, second: str) -> None:
    assert same_answer(first, second) is same_answer(second, first)
    assert same_answer(first, first) in (Verdict.HOLDS, Verdict.UNKNOWN)
