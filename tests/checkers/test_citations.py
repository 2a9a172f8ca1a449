"""Citations, quotations, figures and names on texts that nobody chose, and on texts made to cost much."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import CitesClaim, Edit, Limits, Source, Step, Trace, Verdict, check, recheck
from checkers.facts.asserting import assertions
from checkers.facts.citing import Form, cited, keys_of
from checkers.facts.dates import dates
from checkers.facts.figures import figures
from checkers.facts.masking import prose
from checkers.facts.passage import shelved
from checkers.facts.stems import stem, terms
from checkers.facts.verbatim import wording
from checkers.run import Report

LONG = 190_000
BUDGET = 8.0
"""Seconds of this process, far above what it takes, far below what quadratic work would."""
WORDS = """The the tower of Gray Head Mary Jones NASA was built in 1871 1,000 12 % May 3, 1920 1920-05-03 twelve million
[1] [9] [a] [[a]] [^1] [^1]: 【a】 (source: a) (Almanac, 1920) [x](https://a.org) [x]() https://example.com “ ” " … ...
. . . ? ! ; , and but `code` ``` $x^2$ \\( \\) | # - 1. Sources: Please I according to"""
PIECES = st.sampled_from(
    [*WORDS.split(), "\n", "\n\n", "“the tower was built in 1871”", "\n## References\n", "\n[1] Almanac\n"]
)
TEXTS = st.lists(PIECES, max_size=20).map(" ".join) | st.text(max_size=40)
SOURCES = (
    Source(
        "a",
        "Coast Almanac",
        "https://coast.org/a",
        "The tower of Gray Head was built in 1871 by Mary Jones. It is red.",
    ),
    Source("b", "", "", "On May 3, 1920 it held 1,000 people, 12 % of them children."),
    Source("c"),
)
CLAIMS = st.none() | st.builds(CitesClaim, st.sampled_from(["a", "d", "1", ""]), TEXTS.map(lambda text: text[:200]))
TRACES = st.builds(
    Trace,
    prompt=st.sampled_from(["When was it built? Cite your sources.", "When was it built?", "Write a poem."]),
    response=st.none() | TEXTS,
    steps=st.lists(st.builds(Step, TEXTS, st.none(), CLAIMS), max_size=3).map(tuple),
    sources=st.sampled_from([SOURCES, SOURCES[:1], ()]),
)
RUNS = [
    *("[1] ", "[", "[[", "]", "[a](", "[a](b", "【1", "(source: a", "(A, 1920) ", "[^1]: a\n", "[1-9] ", "[1,", "“"),
    *('"a b c d e" ', "“the tower was built”[1] ", "The tower was built in 1872 [a]. ", "Mary Jones ", "A. ", "1920-"),
    *("May 3, 1920 ", "12 % ", "1,", "twelve ", "https://", "http://a.b/[", "`", "```\n", "$", "$$", "\\(", "\\["),
    *("# a\n", "- ", "1. ", "| a ", "; it is a", ", and it is a", "… ", "[…]", "the ", "was ", "a" * 500 + " ", "\n"),
    *("² ", "é", "文。", "References\n", "1. a\n", "[1]: \n"),
]


def told(trace: Trace, step: int | None) -> str:
    return trace.text if step is None else trace.steps[step].text


@given(trace=TRACES)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_any_citing_text_gives_spans_inside_it_and_no_crash(trace: Trace) -> None:
    for finding in check(trace, select=["citations"]).findings:
        start, end = finding.span
        assert 0 <= start <= end <= len(told(trace, finding.step))
        assert not str(finding.evidence.get("reason", "")).startswith(("crashed", "span"))
        assert json.loads(json.dumps(finding.as_json()))["verdict"] == finding.verdict.value
        if finding.repair is not None:
            assert Verdict.HOLDS in verdicts_at(recheck_of(trace, Edit.repairing(trace, finding)), finding.span[0])


def recheck_of(trace: Trace, edit: Edit) -> Report:
    if not trace.steps and trace.response is None:
        return check(trace)
    after = edit.applied(trace)
    report = recheck(trace, edit, check(trace))
    assert report == check(replace(after, _memo={}, _read={}))
    return report


def verdicts_at(report: Report, start: int) -> set[Verdict]:
    return {found.verdict for found in report.findings if found.span[0] == start and found.rule == "citations.quote"}


@given(before=TRACES, steps=st.lists(st.builds(Step, TEXTS, st.none(), CLAIMS), max_size=3), response=st.none() | TEXTS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_after_an_edit_they_say_what_a_full_check_says(before: Trace, steps: list[Step], response: str | None) -> None:
    edit = Edit.between(before, replace(before, steps=tuple(steps), response=response, _memo={}))

    recheck_of(before, edit)


@given(text=TEXTS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_what_is_asserted_stands_where_it_is_said_to_stand(text: str) -> None:
    assert len(prose(text)) == len(text)
    for each in assertions(text):
        start, end = each.span
        assert 0 <= start < end <= len(text)
        assert all(own in (theirs, " ") for own, theirs in zip(each.text, text[start:end], strict=True))


@given(text=TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_text_says_what_it_says_itself(text: str) -> None:
    known = figures(text)
    words = wording(text)

    assert known.missing_from(known) == []
    for passage in shelved([text]).passages:
        assert words.has(passage.said)
        assert text[slice(*passage.span)] == passage.said


@pytest.mark.parametrize("run", RUNS, ids=lambda run: repr(run[:12]))
def test_a_long_run_of_citations_costs_little(run: str) -> None:
    text = (run * (LONG // len(run) + 1))[:LONG]
    sources = (*SOURCES, Source("long", text[:40], "", text))
    began = time.process_time()

    report = check(Trace(prompt="When? Cite your sources.", response=text, sources=sources), select=["citations"])

    assert time.process_time() - began < BUDGET
    assert not [found for found in report.findings if str(found.evidence.get("reason", "")).startswith("crashed")]


def test_sources_that_are_too_long_leave_the_rules_open_and_silent_where_nothing_is_cited() -> None:
    many = tuple(Source(str(at), text="The tower was built in 1871. " * 4_000) for at in range(20))
    asked = Trace(prompt="When?", response="It was built in 1871 [3].", sources=many)

    assert {found.evidence["reason"] for found in check(asked, select=["citations"]).findings} == {"limit"}


def test_what_the_sources_tell_is_never_settled_by_a_machine() -> None:
    report = check(Trace(prompt="When?", response="The tower was built in 1871 [a].", sources=SOURCES))

    assert report.worst is Verdict.HOLDS
    assert report.covered == 0.0


def test_more_findings_than_allowed_end_in_an_open_one() -> None:
    trace = Trace(prompt="When? Cite sources.", response="The tower was built in 1871. " * 20)

    report = check(trace, select=["citations"], limits=Limits(max_findings=5))

    assert [found.verdict for found in report.findings].count(Verdict.SUSPICIOUS) == 5
    assert report.worst is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("said", "keys"),
    [("1", ("1",)), ("1, 3", ("1", "3")), ("2-4", ("2", "3", "4")), ("source: a; b", ("a", "b")), ("9-2", ("9-2",))],
)
def test_the_keys_of_a_mark(said: str, keys: tuple[str, ...]) -> None:
    assert keys_of(said) == keys


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Old [1] and [^2].", [Form.NUMBER, Form.NUMBER]),
        ("Old [almanac] and [[almanac]].", [Form.WORD, Form.WORD]),
        ("Old (source: almanac) and 【3†a】.", [Form.TOLD, Form.TOLD]),
        ("Old [so](https://a.org) but ![a picture](b.png).", [Form.LINK]),
        ("Old (Almanac, 1920).", [Form.YEAR]),
        ("- [ ] to do", []),
        ("`a[1]` and x = [1]", []),
    ],
)
def test_the_forms_of_citations(text: str, forms: list[Form]) -> None:
    assert [mark.form for mark in cited(text).citations] == forms


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("May 3, 1920", "1920-05-03", True),
        ("3rd of May 1920", "May 3 1920", True),
        ("3/5/1920", "May 3, 1920", True),
        ("May 1920", "May 3, 1920", True),
        ("May 3, 1920", "May 1920", False),
        ("1920s", "June 1925", True),
        ("1921", "1919–21", True),
        ("May 4, 1920", "May 3, 1920", False),
    ],
)
def test_a_date_is_borne_out_by_one_that_says_as_much(one: str, other: str, same: bool) -> None:
    assert dates(one)[0].is_borne_out_by(dates(other)[0]) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("armies", "army"),
        ("stopped", "stops"),
        ("Zürich", "Zurich"),
        ("tower’s", "towers"),
        ("making", "made"),
        ("1,000", "1000"),
    ],
)
def test_forms_of_a_word_have_one_stem_but_for_irregular_ones(one: str, other: str) -> None:
    assert (stem(one) == stem(other)) is (other != "made")


def test_the_nearest_passage_shares_the_rarer_words() -> None:
    found = shelved(["It is red. It was built in 1871 on a hill.", "It is seen from the sea."])

    assert [each.said for each in found.nearest(terms("Who built it in 1871?"))] == ["It was built in 1871 on a hill."]
    assert found.nearest(terms("Nobody knows.")) == []
