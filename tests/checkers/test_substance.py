"""Rationales: those that say what a judgement goes by and where it is seen, and those that do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Verdict, substance

FIRST = """The war began in 1939. It ended when Germany gave up in May 1945.

Step 1: list the causes.
Step 2: weigh them; 3 * 4 = 12 treaties were broken.

In short, the treaty of Versailles was a bad peace for everyone."""
SECOND = """World War II lasted from 1938 to 1945.
Many people died. The losses were heavy, heavy, heavy."""
BOTH = (FIRST, SECOND)

GOOD = [
    "Response 2 is wrong: it says the war lasted “from 1938 to 1945”.",
    'A is more accurate, as it gives "1939" as the year.',
    "The second paragraph of A explains the causes step by step.",
    "B repeats itself in its last sentence.",
    "A is correct about 1939.",
    "A has more detail in step 2.",
    "The date 1938 is a factual error.",
    "B is confusing at the end.",
    "A shows its reasoning in the third paragraph.",
    "A is clear: 'list the causes' comes first.",
    "Only A is complete, because it says that Germany gave up in May, and how.",
    "B has an error in line 1.",
    "B is repetitive («heavy, heavy, heavy»).",
    "A is well organised, with `Step 1` and what follows.",
    "B ignores the question, and its first sentence is false.",
    "A's tone is preachy: a bad peace for everyone is an opinion.",
    "B cites no source for 1945.",
    "The conclusion of A is irrelevant, so I mark it down for its conclusion.",
    "A follows the format that was asked for, see the 2nd paragraph.",
    "A mentions the treaty of Versailles, which is relevant.",
]
NO_PLACE = [
    "A is more accurate.",
    "B is too verbose and hard to read.",
    "The first response follows the instructions better.",
    "B contains errors.",
    "A is safer.",
    "Response 1 explains more than response 2.",
    "A is clearer and I am 90% sure.",
    "Accuracy: 4/5 for A, 2/5 for B.",
    "A is complete, B is not.",
    'B is wrong, as it says "in 1812".',
    "B is wrong in its ninth paragraph.",
]
NO_CRITERION = [
    "I like the second paragraph of A.",
    "A says 1939.",
    "“Many people died” is bad.",
    "Step 2 is good.",
    "The last sentence of B made me smile.",
]
NEITHER = [
    "A is better.",
    "B",
    "Better.",
    "A is better than B because it is the best.",
    "I prefer the first one.",
    "Both are good, but A is nicer.",
    "Overall A wins.",
    "A > B",
    "",
    "   \n",
    "Definitely response 2!",
    "10/10",
    "No reason.",
]
OTHER_LANGUAGES = [
    "Antwort eins nennt falsche Jahreszahlen und Namen",
    "Первый ответ точнее, потому что он называет год.",
    "第一个回答更准确",
    "La première réponse est plus précise, voir «1939».",
]


@pytest.mark.parametrize("rationale", GOOD)
def test_a_criterion_and_a_place_are_substance(rationale: str) -> None:
    found = substance(rationale, BOTH)

    assert (found.verdict, found.missing) == (Verdict.HOLDS, ())
    assert found.criteria
    assert found.places


@pytest.mark.parametrize("rationale", NO_PLACE)
def test_a_criterion_alone_lacks_its_place(rationale: str) -> None:
    found = substance(rationale, BOTH)

    assert (found.verdict, found.missing) == (Verdict.SUSPICIOUS, ("place",))


@pytest.mark.parametrize("rationale", NO_CRITERION)
def test_a_place_alone_lacks_its_criterion(rationale: str) -> None:
    found = substance(rationale, BOTH)

    assert (found.verdict, found.missing) == (Verdict.SUSPICIOUS, ("criterion",))


@pytest.mark.parametrize("rationale", NEITHER)
def test_a_preference_alone_lacks_both(rationale: str) -> None:
    found = substance(rationale, BOTH)

    assert (found.verdict, found.missing) == (Verdict.SUSPICIOUS, ("criterion", "place"))


@pytest.mark.parametrize("rationale", OTHER_LANGUAGES)
def test_another_language_is_not_judged(rationale: str) -> None:
    found = substance(rationale, BOTH)

    assert (found.verdict, found.missing, found.places) == (Verdict.UNKNOWN, (), ())
    assert "English" in found.message


def test_the_language_that_is_told_decides() -> None:
    assert substance("A is better.", BOTH, language="de-AT").verdict is Verdict.UNKNOWN
    assert substance("Besser, da es stimmt, ja", BOTH, language="en").verdict is Verdict.SUSPICIOUS


def test_what_it_points_at_is_told_with_its_response() -> None:
    rationale = "B is wrong: “from 1938”."

    found = substance(rationale, BOTH)

    assert [(place.kind, place.response) for place in found.places] == [("quotation", 1), ("number", 1)]
    assert rationale[slice(*found.places[0].span)] == "“from 1938”"


def test_a_quotation_that_stands_nowhere_is_told() -> None:
    rationale = 'B is wrong: "in 1812".'

    found = substance(rationale, BOTH)

    assert [rationale[slice(*span)] for span in found.misquoted] == ['"in 1812"']
    assert "stands in no response" in found.message


def test_what_is_only_quoted_is_no_criterion() -> None:
    assert substance('I like "a correct view".', ("This is a correct view.",)).missing == ("criterion",)


def test_the_message_names_what_is_missing() -> None:
    assert substance("A is better.", BOTH).message == (
        "The rationale does not name what it goes by and a place in a response where that is seen."
    )


@pytest.mark.parametrize(
    ("rationale", "responses"),
    [
        pytest.param("wrong " * 4_000, BOTH, id="a long rationale"),
        pytest.param("wrong", ("a",) * 51, id="many responses"),
        pytest.param("wrong", ("a" * 200_001,), id="a long response"),
    ],
)
def test_beyond_the_limits_nothing_is_judged(rationale: str, responses: tuple[str, ...]) -> None:
    assert substance(rationale, responses).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("sign", ['"', "“", "'", "`", "1 ", "A", "first ", "step 1 ", "in the ", "é", "\n"])
def test_a_hostile_rationale_is_judged_at_once(sign: str) -> None:
    rationale = (sign * 20_000)[:20_000]

    assert substance(rationale, (rationale * 10,)).verdict in Verdict


@given(rationale=st.text(max_size=200), responses=st.lists(st.text(max_size=100), max_size=3))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_gets_one_verdict_with_places_inside_of_it(rationale: str, responses: list[str]) -> None:
    found = substance(rationale, responses)

    assert found == substance(rationale, responses)
    assert (found.verdict is Verdict.HOLDS) is (bool(found.criteria and found.places) and not found.reason)
    for start, end in [place.span for place in found.places] + [*found.misquoted]:
        assert 0 <= start < end <= len(rationale)
