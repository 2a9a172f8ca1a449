"""The score that ranks claims by what passages say to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import support
from checkers.facts.opposites import opposed, utmost
from checkers.limits import OverLimit
from tests.checkers.test_citations import TEXTS

TOLD = ["It is red. The tower of Gray Head was built in 1871 by Mary Jones. It is 30 m high."]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param("The tower was built in 1871.", "The tower was built in 1872.", id="another year"),
        pytest.param("The tower was built by Mary Jones.", "The tower was built by John Miller.", id="another name"),
        pytest.param("The tower was built in 1871.", "The tower was not built in 1871.", id="a negation"),
        pytest.param("The tower is 30 m high.", "The tower is 30 m low.", id="an opposite"),
        pytest.param("Mary Jones built the tower.", "Mary Jones built the largest tower.", id="a superlative"),
        pytest.param("The tower was built.", "The tower was built of imported marble.", id="words of its own"),
        pytest.param("The fine tower was built in 1871.", "The tower was built in 1872.", id="a filler against a year"),
    ],
)
def test_what_the_passages_deny_or_do_not_say_brings_the_score_down(better: str, worse: str) -> None:
    assert support(better, TOLD).score > support(worse, TOLD).score


def test_it_tells_the_nearest_sentence_and_what_it_lacks() -> None:
    found = support("The tower was built in 1872.", ["Nothing here.", *TOLD])

    assert (found.text, TOLD[0][slice(*found.span)]) == (1, found.passage)
    assert found.passage.startswith("The tower of Gray Head")
    assert found.unsupported == found.opposed == ("1872",)


def test_nothing_is_borne_out_by_nothing() -> None:
    assert support("The tower is old.", []).score == 0.0
    assert support("", TOLD).score == 0.0
    assert support("Nobody knows whales.", TOLD).text is None


@given(claim=TEXTS, passages=st.lists(TEXTS, max_size=3))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_texts_give_a_score_from_0_to_1_and_a_place_inside(claim: str, passages: list[str]) -> None:
    found = support(claim, passages)

    assert 0.0 <= found.score <= 1.0
    assert found == support(claim, passages)
    if found.text is not None:
        assert passages[found.text][slice(*found.span)] == found.passage


@pytest.mark.parametrize(("claim", "passages"), [("a " * 3_000, []), ("a", ["b" * 600_000] * 2)])
def test_what_is_too_long_is_refused(claim: str, passages: list[str]) -> None:
    with pytest.raises(OverLimit):
        support(claim, passages)


def test_a_word_is_denied_by_a_negation_on_one_side_and_by_its_opposite() -> None:
    assert opposed(["it", "was", "never", "built"], ["it", "was", "built"]) == ["built"]
    assert opposed(["it", "was", "never", "built"], ["it", "wasn't", "built"]) == []
    assert opposed(["it", "is", "hot"], ["it", "is", "cold"]) == ["hot"]
    assert opposed(["it", "is", "hot"], ["hot", "and", "cold"]) == []
    assert utmost(["the", "only", "tower"], ["the", "tower"]) == ["only"]
