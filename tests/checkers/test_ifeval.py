"""The kinds of IFEval: what each means, and the verdict of its reference, worked out from its source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Constraint, Json, Trace, Verdict, all_rules, check
from checkers.instructions import all_instructions
from checkers.instructions.instruction import Unrepeatable
from checkers.limits import OverLimit
from checkers.params import BadParams

LESS, LEAST = "less than", "at least"
ENGLISH = "the quick brown fox jumps over the lazy dog because nobody told it not to."

# Kind, kwargs, text, what the reference says, what the instruction means.
VERDICTS: list[tuple[str, dict[str, Any], str, bool, str]] = [
    ("keywords:existence", {"keywords": ["cat"]}, "A category.", True, "fails"),
    ("keywords:existence", {"keywords": ["cat", "dog"]}, "A CAT, a dog.", True, "holds"),
    ("keywords:existence", {"keywords": ["a.c"]}, "An abc.", True, "fails"),
    ("keywords:existence", {"keywords": ["C+"]}, "Ccc – “é”.", True, "fails"),
    ("keywords:forbidden_words", {"forbidden_words": ["cat"]}, "A _cat_.", True, "fails"),
    ("keywords:forbidden_words", {"forbidden_words": ["cat"]}, "A category.", True, "holds"),
    ("keywords:forbidden_words", {"forbidden_words": ["cat"]}, "A cat's tail.", False, "fails"),
    ("keywords:forbidden_words", {"forbidden_words": ["a.c"]}, "é abc é.", False, "holds"),
    ("keywords:frequency", {"keyword": "cat", "frequency": 2, "relation": LESS}, "Cat, category.", False, "holds"),
    ("keywords:frequency", {"keyword": " cat ", "frequency": 2, "relation": LEAST}, "Cat, cat.", True, "holds"),
    ("keywords:letter_frequency", {"letter": "C", "let_frequency": 2, "let_relation": LEAST}, "Cc", True, "holds"),
    ("keywords:letter_frequency", {"letter": "c", "let_frequency": 2, "let_relation": LESS}, "Cc", False, "fails"),
    ("language:response_language", {"language": "en"}, ENGLISH, True, "holds"),
    ("language:response_language", {"language": "de"}, ENGLISH, False, "fails"),
    ("language:response_language", {"language": "de"}, "12 + 3", True, "unknown"),
    ("length_constraints:number_sentences", {"num_sentences": 2, "relation": LEAST}, "He ran. She ran.", True, "holds"),
    ("length_constraints:number_sentences", {"num_sentences": 2, "relation": LESS}, "Go. Run. Hide.", False, "fails"),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2}, "One.\n***\nTwo.\n***", True, "holds"),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2}, "One.\n***\n***\nTwo.", False, "holds"),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 1}, "A ***bold*** word.", False, "holds"),
    ("length_constraints:number_words", {"num_words": 3, "relation": LESS}, "don't go", False, "holds"),
    ("length_constraints:number_words", {"num_words": 3, "relation": LEAST}, "a well-known b", True, "holds"),
    (
        "length_constraints:nth_paragraph_first_word",
        {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "two"},
        "One.\n\n\n\nTwo.",
        False,
        "holds",
    ),
    (
        "length_constraints:nth_paragraph_first_word",
        {"num_paragraphs": 2, "nth_paragraph": 1, "first_word": "One"},
        "'One's first.\n\nTwo.",
        True,
        "fails",
    ),
    ("detectable_content:number_placeholders", {"num_placeholders": 2}, "[name] [1]", True, "fails"),
    ("detectable_content:number_placeholders", {"num_placeholders": 2}, "[a\nb] [c", False, "fails"),
    ("detectable_content:postscript", {"postscript_marker": "P.S."}, "Bye.\nP. S. Bring cake.", True, "holds"),
    ("detectable_content:postscript", {"postscript_marker": "P.S."}, "U.P.S. trucks.", True, "fails"),
    ("detectable_content:postscript", {"postscript_marker": "P.P.S"}, "Bye.\nP.P.S. Cake.", True, "holds"),
    ("detectable_content:postscript", {"postscript_marker": "P.S:"}, "Bye.\np.s: cake", True, "holds"),
    ("detectable_format:number_bullet_lists", {"num_bullets": 2}, "* one\n---", True, "fails"),
    ("detectable_format:number_bullet_lists", {"num_bullets": 2}, "*\n* one\n- two", True, "holds"),
    ("detectable_format:number_bullet_lists", {"num_bullets": 1}, "* one\n**two**\n*", True, "holds"),
    ("detectable_format:constrained_response", {}, "My answer is yes. My answer is no.", True, "fails"),
    ("detectable_format:constrained_response", {}, "MY ANSWER IS NO.", False, "holds"),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 1}, "2 * 3 * 4", True, "fails"),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 2}, "***one***", True, "fails"),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 1}, "* one\n* two", False, "fails"),
    (
        "detectable_format:multiple_sections",
        {"section_spliter": "Section", "num_sections": 1},
        "Section 1",
        True,
        "holds",
    ),
    (
        "detectable_format:multiple_sections",
        {"section_spliter": "Section", "num_sections": 2},
        "Section 1: see Section 2.",
        True,
        "fails",
    ),
    (
        "detectable_format:multiple_sections",
        {"section_spliter": "(Day|Night)", "num_sections": 2},
        "Day 1 – é",
        True,
        "fails",
    ),
    ("detectable_format:json_format", {}, "```json\n[1]", True, "fails"),
    ("detectable_format:json_format", {}, "[NaN]", True, "fails"),
    ("detectable_format:json_format", {}, '{"a": 1}', True, "holds"),
    ("detectable_format:title", {}, "x << 1 < y >> 2", True, "fails"),
    ("detectable_format:title", {}, "<<On Foxes>>\nThey run.", True, "holds"),
    ("detectable_format:title", {}, "<< >> <<\n>>", False, "fails"),
    ("combination:two_responses", {}, "Roses.\n*******\nViolets.", True, "fails"),
    ("combination:two_responses", {}, "Roses.\n******\nroses.", True, "fails"),
    ("combination:two_responses", {}, "Roses.\n******\nViolets.", True, "holds"),
    ("combination:repeat_prompt", {"prompt_to_repeat": "Write a poem."}, "write a poem.", True, "fails"),
    ("combination:repeat_prompt", {"prompt_to_repeat": "Write a poem."}, "Write a\npoem. Roses.", False, "holds"),
    ("startend:end_checker", {"end_phrase": "Peace"}, "Unpeace", True, "fails"),
    ("startend:end_checker", {"end_phrase": "Peace!"}, "Go. *Peace!*", False, "holds"),
    ("startend:quotation", {}, '"Go!" he said. "Now!"', True, "unknown"),
    ("startend:quotation", {}, "“Go!”", False, "holds"),
    (
        "change_case:capital_word_frequency",
        {"capital_frequency": 2, "capital_relation": LEAST},
        "I saw NASA.",
        True,
        "unknown",
    ),
    (
        "change_case:capital_word_frequency",
        {"capital_frequency": 2, "capital_relation": LESS},
        "He saw NASA.",
        True,
        "holds",
    ),
    ("change_case:english_capital", {}, ENGLISH.upper(), True, "holds"),
    ("change_case:english_capital", {}, ENGLISH, False, "fails"),
    ("change_case:english_lowercase", {}, ENGLISH, True, "holds"),
    ("change_case:english_lowercase", {}, ENGLISH.title(), False, "fails"),
    ("punctuation:no_comma", {}, "はい、そうです", True, "fails"),
    ("punctuation:no_comma", {}, "Yes, it is.", False, "fails"),
    ("punctuation:no_comma", {}, "It is.", True, "holds"),
]
COSTLY = ("language", "capital", "lowercase", "capital_word_frequency", "number_sentences")
"""Kinds whose references cost some microseconds a character."""
NAMES = [name for name in all_instructions() if name.startswith("ifeval/")]
SIGNS = st.text(alphabet='aA1 .,"*-[]<>#\n`PS:é“”、()\\b+|$^?{}', max_size=30)
PARAMS = {
    "num": st.integers(0, 4) | st.floats(0, 4),
    "relation": st.sampled_from([LESS, LEAST]),
    "words": st.lists(st.text(alphabet="aA.+(\\b[é*$|", min_size=1, max_size=5), min_size=1, max_size=3),
    "word": st.text(alphabet="aA.+(\\b[é*$|1P", min_size=1, max_size=5),
}


def kwargs_of(takes: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    def kind(name: str) -> str:
        if name in ("keywords", "forbidden_words"):
            return "words"
        if "relation" in name:
            return "relation"
        return "num" if "num" in name or "frequency" in name or name.startswith("nth") else "word"

    return st.fixed_dictionaries({name: PARAMS[kind(name)] for name in takes})


@pytest.mark.parametrize(("name", "kwargs", "text", "follows", "meant"), VERDICTS)
def test_the_reference_and_the_meaning_have_their_verdicts(
    name: str, kwargs: dict[str, Any], text: str, follows: bool, meant: str
) -> None:
    trace = Trace(response=text, constraints=(Constraint(f"ifeval/{name}", kwargs),))

    compat = check(trace, select=["format"], reading="compat").findings[0]
    fixed = check(trace, select=["format"]).findings[0]

    assert compat.verdict is (Verdict.HOLDS if follows else Verdict.FAILS)
    assert fixed.verdict.value == meant


def test_every_kind_has_a_verdict_here_and_a_rule_that_it_means() -> None:
    rules = {rule.name for rule in all_rules()}

    assert len(NAMES) == 25
    assert {f"ifeval/{name}" for name, *_ in VERDICTS} == set(NAMES)
    assert {check_name(name) for name in NAMES} <= rules


def check_name(name: str) -> str:
    kwargs: dict[str, Any] = {
        part: LESS if "relation" in part else 1 if "num" in part or "frequency" in part else "a"
        for part in all_instructions()[name].takes
    }
    return all_instructions()[name].meant(kwargs).name


@pytest.mark.parametrize("name", NAMES)
def test_where_a_reference_and_its_meaning_part_is_told(name: str) -> None:
    parts = any(follows != (meant == "holds") for kind, _, _, follows, meant in VERDICTS if f"ifeval/{kind}" == name)

    assert not parts or all_instructions()[name].differs


@pytest.mark.parametrize("letter", ["#", "é", "ab", "İ"])
def test_a_letter_that_the_reference_draws_leaves_it_open(letter: str) -> None:
    kwargs: dict[str, Json] = {"letter": letter, "let_frequency": 1, "let_relation": LEAST}

    with pytest.raises(Unrepeatable, match="the letter"):
        all_instructions()["ifeval/keywords:letter_frequency"].follows("Text.", kwargs)


@pytest.mark.parametrize("pattern", ["(", "a{3", "a**", "[a"])
def test_a_keyword_that_the_reference_cannot_read_leaves_it_open(pattern: str) -> None:
    trace = Trace(response="Text.", constraints=(Constraint("ifeval/keywords:existence", {"keywords": [pattern]}),))

    assert check(trace, select=["format"], reading="compat").findings[0].verdict in (Verdict.UNKNOWN, Verdict.FAILS)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_no_reference_crashes_on_any_text_and_kwargs(name: str, data: st.DataObject) -> None:
    found = all_instructions()[name]
    kwargs = data.draw(kwargs_of(found.takes))
    trace = Trace(response=data.draw(SIGNS | st.text(max_size=20)), constraints=(Constraint(name, kwargs),))

    report = check(trace, select=["format"], reading="compat")

    assert not str(report.findings[0].evidence.get("reason", "")).startswith("crashed")
    try:
        assert found.follows(trace.text, kwargs) in (True, False)
    except (BadParams, OverLimit, Unrepeatable):
        assert report.findings[0].verdict is Verdict.UNKNOWN


HOSTILE = ["[", "*", "<<a", ".", "a", "*a", "[a](", '"', "```\n", "P.S", "- ", "a ", "“a", "`a", "> ", "$a", "a@", "é,"]


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_what_an_instruction_means_is_decided_on_any_text_and_a_repair_holds(name: str, data: st.DataObject) -> None:
    kwargs = data.draw(kwargs_of(all_instructions()[name].takes))
    trace = Trace(response=data.draw(SIGNS | st.text(max_size=20)), constraints=(Constraint(name, kwargs),))

    (finding,) = check(trace, select=["format"]).findings

    start, end = finding.span
    assert 0 <= start <= end <= len(trace.text)
    assert not str(finding.evidence.get("reason", "")).startswith("crashed")
    if finding.repair is not None:
        mended = replace(trace, response=trace.text[:start] + finding.repair + trace.text[end:], _memo={}, _read={})
        assert check(mended, select=["format"]).findings[0].verdict is Verdict.HOLDS


@pytest.mark.parametrize("sign", HOSTILE)
@pytest.mark.parametrize("reading", ["fixed", "compat"])
def test_a_hostile_text_takes_no_more_than_its_length(sign: str, reading: Literal["fixed", "compat"]) -> None:
    names = [name for name in NAMES if reading == "fixed" or not name.endswith(COSTLY)]
    asked = [Constraint(name, plain(all_instructions()[name].takes)) for name in names]
    asked.append(Constraint("ifeval/keywords:existence", {"keywords": ["a+b", "P.S. a", "a a"]}))

    # What is not linear takes minutes on so much.
    report = check(
        Trace(response=(100_000 // len(sign)) * sign, constraints=tuple(asked)), select=["format"], reading=reading
    )

    assert not any(found.evidence.get("reason") == "deadline" for found in report.findings)


def plain(takes: tuple[str, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {"keywords": ["a"], "forbidden_words": ["a"], "language": "en"}
    return {
        part: values.get(
            part, LESS if "relation" in part else 2 if "num" in part or "freq" in part or "nth" in part else "a"
        )
        for part in takes
    }
