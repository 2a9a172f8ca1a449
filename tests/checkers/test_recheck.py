"""Checking again after an edit gives what a full check gives, and looks only at what the edit can change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import (
    BadEdit,
    Constraint,
    Edit,
    Finding,
    Limits,
    Reference,
    RelationClaim,
    Step,
    Trace,
    Verdict,
    all_rules,
    check,
    recheck,
)
from checkers.finding import holds
from checkers.limits import Budget, OverLimit
from checkers.registry import Rule
from tests.checkers.test_properties import TEXTS

CONSTRAINTS = (
    *(Constraint(rule.name, {"max": 5, "words": ["a"]}) for rule in all_rules() if rule.decide is not None),
    Constraint("length.words", {"max": 5}),
    Constraint("length.sentences", {"min": 1, "max": 2}),
    Constraint("keywords.include", {"words": ["x"]}),
    Constraint("keywords.exclude", {"words": ["is"]}),
    Constraint("json_shape.valid", {}),
    Constraint("json_shape.schema", {"schema": {"type": "integer"}}),
    Constraint("no.such.rule", {}),
)
CLAIMS = st.none() | st.just(RelationClaim("2 + 2", "=", "5"))
STEPS = st.builds(Step, TEXTS, st.none(), CLAIMS)
TRACES = st.builds(
    Trace,
    prompt=st.sampled_from(["What is it?", "Work modulo 7."]),
    response=st.none() | TEXTS,
    steps=st.lists(STEPS, max_size=4).map(tuple),
    answer=st.none() | TEXTS,
    constraints=st.just(CONSTRAINTS),
    reference=st.builds(Reference, answer=st.none() | TEXTS),
)
LIMITS = st.sampled_from([Limits(), Limits(max_findings=2), Limits(max_text=90), Limits(max_steps=3)])


@st.composite
def edits(draw: st.DrawFn, trace: Trace, findings: tuple[Finding, ...]) -> Edit:
    """Any edit of the trace, the repair of a finding among them."""
    count = len(trace.steps)
    kinds: list[Callable[[], Edit]] = [
        lambda: Edit.inserting(draw(st.integers(0, count)), draw(STEPS)),
        lambda: Edit.answering(draw(st.none() | TEXTS)),
    ]
    if trace.response is not None:
        kinds.append(lambda: Edit.rewriting(trace, draw(spans(trace.response or "")), draw(TEXTS), step=None))
    if count:
        index = draw(st.integers(0, count - 1))
        text = trace.steps[index].text
        kinds += [
            lambda: Edit.replacing(index, draw(STEPS)),
            lambda: Edit.deleting(index),
            lambda: Edit.splitting(trace, index, at=draw(st.integers(0, len(text)))),
            lambda: Edit.rewriting(trace, draw(spans(text)), draw(TEXTS), step=index),
        ]
    if count > 1:
        kinds.append(lambda: Edit.merging(trace, draw(st.integers(0, count - 2)), joint=draw(st.sampled_from(" \n"))))
    kinds += [
        lambda found=found: Edit.repairing(trace, found)  # type: ignore[misc]
        for found in findings
        if found.repair is not None and (found.step is not None or trace.response is not None)
    ]
    return draw(st.sampled_from(kinds))()


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text)))
    return start, draw(st.integers(start, len(text)))


def tripping(trace: Trace) -> Iterator[Finding]:
    """A step rule that goes wrong in every way a rule can, depending on what a step says."""
    for step, text in trace.pieces():
        for place, character in enumerate(text):
            yield holds((place, place + 1), f"This is {character}.", step=step)
            if character == "=":
                raise OverLimit("no equals sign may be here")
            if character == "x":
                raise RuntimeError(text)
            if character == "(":
                yield holds((0, len(text) + 1), "Too far.", step=step)


TRIPPING = Rule("z.tripping", 1, "step", "A rule of the tests.", "tests", find=tripping)
SETS = [pytest.param((rule,), id=rule.name) for rule in (*all_rules(), TRIPPING)]
SETS.append(pytest.param((*all_rules(), TRIPPING), id="all"))


@pytest.mark.parametrize("rules", SETS)
@given(data=st.data(), trace=TRACES, limits=LIMITS)
@settings(max_examples=120, deadline=None, derandomize=True)
def test_after_any_edits_it_says_what_a_full_check_says(
    rules: tuple[Rule, ...], data: st.DataObject, trace: Trace, limits: Limits
) -> None:
    report = check(trace, limits=limits, rules=rules)
    for _ in range(data.draw(st.integers(1, 5))):
        edit = data.draw(edits(trace, report.findings))
        report = recheck(trace, edit, report, limits=limits, rules=rules)
        trace = edit.applied(trace)

        assert report == check(replace(trace, _memo={}), limits=limits, rules=rules)


@given(before=TRACES, after=TRACES)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_edit_between_two_texts_leads_from_one_to_the_other(before: Trace, after: Trace) -> None:
    after = replace(after, prompt=before.prompt, reference=before.reference, _memo={})

    assert Edit.between(before, after).applied(before) == after


def seeing(steps: list[str]) -> Rule:
    def find(trace: Trace) -> Iterator[Finding]:
        for step, text in trace.pieces():
            steps.append(text)
            yield holds((0, len(text)), f"{text} is here.", step=step)

    return Rule("a.seeing", 1, "step", "A rule of the tests.", "tests", find=find)


ABC = Trace(steps=(Step("a", "1"), Step("bb", "2"), Step("c", "3")))


@pytest.mark.parametrize(
    ("edit", "texts", "looked"),
    [
        (Edit.replacing(1, Step("B")), ["a", "B", "c"], ["B"]),
        (Edit.replacing(1, Step("bb", "2")), ["a", "bb", "c"], []),
        (Edit.inserting(3, Step("d")), ["a", "bb", "c", "d"], ["d"]),
        (Edit.inserting(0, Step("d")), ["d", "a", "bb", "c"], ["d"]),
        (Edit.deleting(0), ["bb", "c"], []),
        (Edit.splitting(ABC, 1, at=1), ["a", "b", "b", "c"], ["b", "b"]),
        (Edit.merging(ABC, 0), ["a bb", "c"], ["a bb"]),
        (Edit.answering("7"), ["a", "bb", "c"], []),
        (Edit.rewriting(ABC, (0, 1), "x", step=1), ["a", "xb", "c"], ["xb"]),
        (Edit(0, 3), [], [""]),
    ],
    ids=["replace", "same", "append", "insert", "delete", "split", "merge", "answer", "span", "all gone"],
)
def test_a_step_rule_looks_at_the_changed_steps_only(edit: Edit, texts: list[str], looked: list[str]) -> None:
    seen: list[str] = []
    rules = (seeing(seen),)
    before = check(ABC, rules=rules)
    seen.clear()

    report = recheck(ABC, edit, before, rules=rules)

    assert seen == looked
    assert [step.text for step in edit.applied(ABC).steps] == texts
    assert [found.message for found in report.findings] == [f"{text} is here." for text in texts or [""]]


def test_a_report_of_other_rules_or_versions_is_not_relied_on() -> None:
    seen: list[str] = []
    rule = seeing(seen)
    newer = replace(rule, version=2)
    for report in (check(ABC, rules=()), check(ABC, rules=(rule,))):
        seen.clear()

        again = recheck(ABC, Edit.replacing(2, Step("C")), report, rules=(newer,))

        assert seen == ["a", "bb", "C"]
        assert {found.version for found in again.findings} == {2}


def test_a_step_whose_words_change_keeps_its_id_and_loses_its_claim() -> None:
    claim = RelationClaim("2", "=", "2")
    trace = Trace(steps=(Step("2 = 2", "one", claim), Step("so", "two", claim)))

    assert Edit.rewriting(trace, (0, 1), "3", step=0).steps == (Step("3 = 2", "one"),)
    assert Edit.rewriting(trace, (0, 1), "2", step=0).steps == (Step("2 = 2", "one", claim),)
    assert Edit.splitting(trace, 0, at=1).steps == (Step("2", "one"), Step(" = 2"))
    assert Edit.merging(trace, 0, joint="\n").steps == (Step("2 = 2\nso", "one"),)


def test_a_repair_is_an_edit() -> None:
    trace = Trace(steps=(Step("2 + 2 = 5"), Step("3 + 3 = 6")))
    report = check(trace)
    edit = Edit.repairing(trace, report.findings[0])

    assert edit.applied(trace).steps[0] == Step("2 + 2 = 4")
    assert recheck(trace, edit, report).worst is Verdict.HOLDS


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Edit.replacing(3, Step("x")).applied(ABC),
        lambda: Edit.inserting(-1, Step("x")).applied(ABC),
        lambda: Edit(2, 1).applied(ABC),
        lambda: Edit.splitting(ABC, 0, at=2),
        lambda: Edit.merging(ABC, 2),
        lambda: Edit.rewriting(ABC, (0, 9), "", step=0),
        lambda: Edit.rewriting(ABC, (0, 0), "", step=None),
        lambda: Edit.rewriting(ABC, (0, 0), "", step=-1),
        lambda: Edit.repairing(ABC, Finding(Verdict.FAILS, (0, 1), "No.")),
        lambda: recheck(ABC, Edit.deleting(9), check(ABC)),
    ],
)
def test_an_edit_that_points_outside_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(BadEdit):
        wrong()


def test_an_edit_lets_only_the_changed_steps_be_read_again() -> None:
    read: list[str] = []

    def words(text: str, _budget: Budget) -> list[str]:
        read.append(text)
        return text.split()

    def find(trace: Trace) -> Iterator[Finding]:
        for step, text in trace.pieces():
            yield holds((0, 0), f"It has {len(trace.of_text(words, text))} words.", step=step)

    rules = [Rule("made.up", 1, "trace", "A rule.", find=find)]
    trace = Trace(steps=tuple(map(Step, ("one", "two 2", "three 3 3"))))
    report = check(trace, rules=rules)
    edit = Edit.replacing(1, Step("four 4 4 4"))

    again = recheck(trace, edit, report, rules=rules)

    assert again == check(edit.applied(replace(trace, _read={})), rules=rules)
    assert read[:4] == ["one", "two 2", "three 3 3", "four 4 4 4"]
