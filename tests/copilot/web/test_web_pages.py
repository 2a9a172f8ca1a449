"""Small things that pages say."""

from __future__ import annotations

import pytest

from copilot.llm.embedded.lane import ALIAS
from copilot.web.pages import is_demo, queue_label


@pytest.mark.parametrize(
    ("origin", "demo"),
    [(f"{ALIAS} · cot@1f2e", True), ("embedded · cot@1f2e", True), ("openai/gpt-5 · cot@1f2e", False)],
)
def test_the_small_model_is_called_what_it_is(origin: str, demo: bool) -> None:
    assert is_demo(origin) is demo


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("review", "Review"),
        ("expert:law", "law, expert"),
        ("expert:a:b", "a:b, expert"),
        ("expert:", ", expert"),
        ("my own", "my own"),
    ],
)
def test_a_queue_has_a_name_for_people(name: str, label: str) -> None:
    assert queue_label(name) == label
