"""What is read from prompts: each family of phrases against its case file, and what holds for any text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Trace, check, demands_in
from checkers.demands.gather import FAMILIES
from checkers.demands.request import MAX_PROMPT

FOLDER = Path(__file__).parent / "demands"


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for title, case in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            yield f"{path.stem}-{title}", case


CASES = list(cases())
WORDS = (
    "write|an|essay|with|at|least|3|words|no|commas|do|not|use|the|word|\"|'|,|.|\n|(|)|*|each|paragraph|exactly|one|of"
    "|sentences|10|or|more|than|in|all|caps|end|your|response|P.S.|between|and|20|repeat|request|above|<<"
)


def plain(listed: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    return sorted(((name, params) for one in listed for name, params in one.items()), key=repr)


@pytest.mark.parametrize(("prompt", "wanted"), [pytest.param(c["prompt"], c["demands"], id=i) for i, c in CASES])
def test_a_prompt_asks_for_what_its_case_says_and_no_more(prompt: str, wanted: list[dict[str, Any]]) -> None:
    assert plain([{each.name: dict(each.params)} for each in demands_in(prompt)]) == plain(wanted)


@pytest.mark.parametrize("prompt", [pytest.param(c["prompt"], id=i) for i, c in CASES if c["demands"]])
def test_a_demand_says_where_it_was_read(prompt: str) -> None:
    for each in demands_in(prompt):
        assert each.origin == "reader"
        assert each.span is not None
        assert prompt[slice(*each.span)].strip() == prompt[slice(*each.span)] != ""


@pytest.mark.parametrize("prompt", [pytest.param(c["prompt"], id=i) for i, c in CASES if c["demands"]])
def test_a_demand_is_one_that_a_rule_can_decide(prompt: str) -> None:
    report = check(Trace(prompt=prompt, response="One two.", constraints=demands_in(prompt)), select=["format"])

    assert report.findings
    for each in report.findings:
        assert each.evidence.get("reason") not in ("no rule", "params"), each.message


def test_every_family_has_its_case_file_with_demands_and_with_none() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {family.__name__.rpartition(".")[2] for family in FAMILIES}
    for family in {name.split("-")[0] for name, _ in CASES}:
        found = [bool(case["demands"]) for name, case in CASES if name.startswith(f"{family}-")]
        assert {True, False} == set(found)


def test_a_prompt_beyond_the_limit_is_not_read() -> None:
    asked = "Use at least 10 words. "

    assert len(demands_in(asked)) == 1
    assert demands_in(asked + "x" * MAX_PROMPT) == ()


@settings(max_examples=150, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS.split("|")), max_size=60))
def test_any_prompt_is_read_without_a_crash_and_twice_alike(words: list[str]) -> None:
    prompt = " ".join(words)
    found = demands_in(prompt)

    assert found == demands_in(prompt)
    for each in found:
        assert each.span is not None
        assert 0 <= each.span[0] < each.span[1] <= len(prompt)


@pytest.mark.parametrize(
    "piece",
    [
        "at least ",
        "not ",
        '"',
        "the word a, ",
        "[",
        "no commas, ",
        "1 ",
        "\n",
        "a and b, ",
        "P.",
        "(",
        "write a ",
        "'x' ",
    ],
)
def test_a_long_prompt_of_one_piece_is_read_at_once(piece: str) -> None:
    started = time.process_time()
    demands_in((piece * MAX_PROMPT)[:MAX_PROMPT])

    assert time.process_time() - started < 5
