"""Constraints that exclude one another are told, each pair once; those that a text can meet together are not."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import Constraint, Json, contradictions, demands_in

Asked = tuple[str, dict[str, Json]]


def asked(*wanted: Asked) -> list[Constraint]:
    return [Constraint(name, params) for name, params in wanted]


NINE: Asked = ("ifeval/length_constraints:number_words", {"relation": "at least", "num_words": 9})
OPTIONS: Asked = ("choice.one_of", {"options": ["yes", "no"], "alone": True})
RIGHT: Asked = ("repeats.text_first", {"text": "Right or not right?"})
FIRST: Asked = ("boundary.paragraph", {"nth": 1, "word": "a", "paragraphs": 4})
NTH: Asked = ("boundary.paragraph", {"nth": 2, "word": "a"})
CLASHES: list[tuple[str, Asked, Asked]] = [
    ("no number is both", ("length.words", {"min": 300}), ("length.words", {"max": 200})),
    ("no number is both", NINE, ("length.words", {"max": 3})),
    ("no number is both", ("markup.bullets", {"min": 3, "max": 3}), ("markup.bullets", {"min": 5, "max": 5})),
    ("a sentence has", ("length.sentences", {"min": 20}), ("length.words", {"max": 15})),
    ("a paragraph has", ("length.paragraphs", {"min": 4, "max": 4}), ("length.sentences", {"max": 3})),
    ("a word has", ("length.words", {"min": 300}), ("length.characters", {"max": 280})),
    ("the same word", ("keywords.include", {"words": ["Sun"]}), ("keywords.exclude", {"words": ["moon", "sun"]})),
    ("stands in it", ("boundary.end", {"phrase": "Is that all?"}), ("keywords.exclude", {"words": ["all"]})),
    ("stands in it", RIGHT, ("keywords.frequency", {"word": "right", "max": 1})),
    ("the same word", ("keywords.frequency", {"word": "a", "min": 2}), ("keywords.exclude", {"words": ["a"]})),
    ("stands in", ("keywords.include", {"words": ["apple"]}), ("letters.frequency", {"letter": "p", "max": 1})),
    ("stands in", ("boundary.end", {"phrase": "Well, yes"}), ("punctuation.without", {"marks": [","]})),
    ("are asked for", ("boundary.quoted", {}), ("punctuation.without", {"marks": ['"']})),
    ("alone has 4 words", ("boundary.end", {"phrase": "That is the end"}), ("length.words", {"max": 3})),
    ("a letter is either", ("letter_case.upper", {}), ("letter_case.lower", {})),
    ("in capitals", ("letter_case.lower", {}), ("letter_case.capital_words", {"min": 2})),
    ("written so", ("letter_case.lower", {}), ("markup.sections", {"marker": "SECTION", "min": 2})),
    ("one language", ("language.whole", {"language": "en"}), ("language.whole", {"language": "fr-CA"})),
    ("one language", ("letter_case.upper", {"language": "en"}), ("language.whole", {"language": "fr"})),
    ("they differ", ("boundary.end", {"phrase": "Bye."}), ("boundary.end", {"phrase": "See you."})),
    ("one first word", NTH, ("boundary.paragraph", {"nth": 2, "word": "the"})),
    ("not so many", ("boundary.paragraph", {"nth": 4, "word": "a"}), ("length.paragraphs", {"max": 3})),
    ("no number is both", FIRST, ("length.paragraphs", {"max": 3})),
    ("no bullet points", ("json_shape.valid", {}), ("markup.bullets", {"min": 2})),
    ("no dividers", ("json_shape.valid", {}), ("length.paragraphs", {"min": 2, "divider": "***"})),
    ("does not start", ("json_shape.valid", {}), ("repeats.text_first", {"text": "Write a song."})),
    ("so many words", OPTIONS, ("length.words", {"min": 50})),
    ("all of these", OPTIONS, ("keywords.include", {"words": ["maybe"]})),
]  # fmt: skip
FRIENDS: list[tuple[Asked, Asked]] = [
    (("length.words", {"min": 300}), ("length.words", {"max": 300})),
    (("length.words", {"min": 300, "tolerance_percent": 50}), ("length.words", {"max": 200})),
    (("length.paragraphs", {"min": 5}), ("length.paragraphs", {"max": 3, "divider": "***"})),
    (("length.sentences", {"max": 3}), ("length.words", {"min": 300})),
    (("keywords.include", {"words": ["sunlight"]}), ("keywords.exclude", {"words": ["sun"]})),
    (("keywords.frequency", {"word": "sun", "max": 2}), ("keywords.exclude", {"words": ["sun"]})),
    (("keywords.include", {"words": ["apple"]}), ("letters.frequency", {"letter": "p", "max": 2})),
    (("boundary.quoted", {}), ("boundary.end", {"phrase": "Bye."})),
    (("boundary.quoted", {}), ("json_shape.valid", {})),
    (("boundary.end", {"phrase": "BYE"}), ("letter_case.lower", {})),
    (("boundary.end", {"phrase": "Good bye."}), ("boundary.end", {"phrase": "bye"})),
    (("letter_case.lower", {}), ("letter_case.capital_words", {"max": 2})),
    (("letter_case.lower", {}), ("markup.sections", {"marker": "part", "min": 2})),
    (("language.whole", {"language": "pt-BR"}), ("language.whole", {"language": "pt"})),
    (("json_shape.valid", {}), ("markup.title", {})),
    (("json_shape.valid", {}), ("repeats.text_first", {"text": '{"a": 1}'})),
    (("choice.one_of", {"options": ["yes", "no"]}), ("length.words", {"min": 50})),
    (("markup.postscript", {"marker": "P.S."}), ("punctuation.without", {"marks": ["."]})),
    (("length.words", {"min": "many"}), ("length.words", {"max": 3})),
    (("no.rule", {}), ("no.rule", {"max": 0})),
]


@pytest.mark.parametrize(
    ("why", "one", "other"), CLASHES, ids=[f"{one[0]}-{other[0]}-{at}" for at, (_, one, other) in enumerate(CLASHES)]
)
def test_what_cannot_be_met_together_is_told_in_either_order(why: str, one: Asked, other: Asked) -> None:
    for pair in ((one, other), (other, one)):
        (found,) = contradictions(asked(*pair))

        assert found.indexes == (0, 1)
        assert found.message.startswith("It asks for ")
        assert why in found.message
        assert found.message.endswith(".")


@pytest.mark.parametrize(
    ("one", "other"), FRIENDS, ids=[f"{one[0]}-{other[0]}-{at}" for at, (one, other) in enumerate(FRIENDS)]
)
def test_what_a_text_can_meet_together_is_not_told(one: Asked, other: Asked) -> None:
    assert contradictions(asked(one, other)) == ()
    assert contradictions(asked(other, one)) == ()


def test_a_constraint_does_not_contradict_itself() -> None:
    for _, one, other in CLASHES:
        for each in (one, other):
            assert contradictions(asked(each)) == contradictions(asked(each, each)) == ()


def test_demands_read_from_one_prompt_are_compared() -> None:
    found = demands_in("Write at least 300 words on tea. Use no more than 200 words. Do not use any commas.")

    assert [each.message for each in contradictions(found)] == [
        "It asks for at least 300 words and for at most 200 words: no number is both."
    ]


_ANY = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 400), st.floats(allow_nan=False), st.text(max_size=8),
    st.lists(st.one_of(st.text(max_size=6), st.integers()), max_size=3),
)  # fmt: skip


@given(
    params=st.lists(
        st.dictionaries(
            st.sampled_from(
                [
                    "min",
                    "max",
                    "words",
                    "word",
                    "letter",
                    "phrase",
                    "marks",
                    "text",
                    "options",
                    "alone",
                    "nth",
                    "language",
                    "divider",
                    "paragraphs",
                ]
            ),
            _ANY,
            max_size=4,
        ),
        min_size=2,
        max_size=2,
    ),
    at=st.integers(0, len(CLASHES) - 1),
)
def test_any_parameters_are_compared_without_a_crash(params: list[dict[str, Any]], at: int) -> None:
    names = [CLASHES[at][1][0], CLASHES[at][2][0]]
    found = contradictions([Constraint(name, given) for name, given in zip(names, params, strict=True)])

    assert {each.indexes for each in found} <= set(combinations(range(2), 2))
