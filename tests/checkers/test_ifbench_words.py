"""The verdicts of IFBench's reference for its kinds of counts, ratios, words and sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Constraint, Trace, Verdict, check
from checkers.instructions import all_instructions
from checkers.instructions.instruction import Unrepeatable
from checkers.registry import all_rules

GROUPS = ("ifbench/count:", "ifbench/ratio:", "ifbench/words:", "ifbench/sentence:")
MINE = {name: one for name, one in all_instructions().items() if name.startswith(GROUPS)}
PALINDROMES = "level civic radar refer rotor kayak madam stats tenet"
KWARGS: dict[str, dict[str, Any]] = {
    "count:word_count_range": {"min_words": 1, "max_words": 9.0},
    "count:unique_word_count": {"N": 2.0},
    "count:conjunctions": {"small_n": 2},
    "count:person_names": {"N": 1},
    "count:numbers": {"N": 1.0},
    "count:words_japanese": {"N": 2},
    "count:pronouns": {"N": 1},
    "count:keywords_multiple": {f"keyword{at}": word for at, word in enumerate("abcde", 1)},
    "ratio:stop_words": {"percentage": 50},
    "ratio:overlap": {"percentage": 50.0, "reference_text": "The old dog."},
    "words:repeats": {"small_n": 1},
    "words:keywords_specific_position": {"keyword": "dog", "n": 1, "m": 2},
    "words:words_position": {"keyword": "dog"},
    "sentence:keyword": {"word": "dog", "N": 2.0},
    "sentence:increment": {"small_n": 1},
}


# What if-verifiable 0.1.2 says, its defects among them.
@pytest.mark.parametrize(
    ("name", "text", "params", "holds"),
    [
        ("count:word_count_range", "don't do", {"min_words": 3, "max_words": 3}, True),
        ("count:word_count_range", "one two", {"min_words": 3, "max_words": 5}, False),
        ("count:unique_word_count", "a – a", {"N": 2}, True),
        ("count:unique_word_count", "A, a!", {"N": 2}, False),
        ("count:conjunctions", "and And and,", {"small_n": 3}, True),
        ("count:conjunctions", "and and", {"small_n": 2}, False),
        ("count:person_names", "a Leopard", {"N": 1}, True),
        ("count:person_names", "leo", {"N": 1}, False),
        ("count:numbers", "10-20 and 1/2", {"N": 2}, True),
        ("count:numbers", "B12 – 3", {"N": 1}, False),
        ("count:punctuation", "a, b; c: d. ?! e? f!", {}, True),
        ("count:punctuation", "a, b; c: d. ?!", {}, False),
        ("count:words_japanese", "I 5 am 私", {"N": 2}, True),
        ("count:words_japanese", "I am 私", {"N": 2}, False),
        ("count:pronouns", "it's she/her", {"N": 3}, True),
        ("count:pronouns", "I'm", {"N": 1}, False),
        ("count:keywords_multiple", "a bb ccc ddddd eeeeeee", KWARGS["count:keywords_multiple"], True),
        ("count:keywords_multiple", "aa bb ccc ddddd eeeeeee", KWARGS["count:keywords_multiple"], False),
        ("ratio:stop_words", "can't go", {"percentage": 67}, True),
        ("ratio:stop_words", "It's", {"percentage": 99}, False),
        ("ratio:sentence_type", "He ran. She ran. Who?", {}, True),
        ("ratio:sentence_type", "Go!", {}, True),
        ("ratio:sentence_type", "He ran. Who?", {}, False),
        ("ratio:sentence_balance", "He ran. Who? Go!", {}, True),
        ("ratio:sentence_balance", "He ran.", {}, False),
        ("ratio:overlap", "abcd", {"percentage": 50, "reference_text": "xabc"}, True),
        ("ratio:overlap", "abcd", {"percentage": 53, "reference_text": "xabc"}, False),
        ("ratio:overlap", "ab", {"percentage": 0, "reference_text": "xabc"}, False),
        ("ratio:sentence_words", "It ran. It ran. It ran.", {}, True),
        ("ratio:sentence_words", "It ran. He sat. She ate.", {}, False),
        ("words:alphabet", "Yes zebras are", {}, True),
        ("words:alphabet", "a “big” cat", {}, False),
        ("words:vowel", "a cat sits, yet", {}, True),
        ("words:vowel", "a\nb", {}, False),
        ("words:consonants", "strong many", {}, True),
        ("words:consonants", "strong – trees", {}, False),
        ("words:palindrome", f"{PALINDROMES} 12321", {}, True),
        ("words:palindrome", PALINDROMES, {}, False),
        ("words:prime_lengths", "isn't" + "x my", {}, True),
        ("words:prime_lengths", "my – dog", {}, False),
        ("words:start_verb", "Write it.", {}, True),
        ("words:start_verb", "Can you?", {}, False),
        ("words:repeats", "a a!", {"small_n": 2}, True),
        ("words:repeats", "a A", {"small_n": 1}, False),
        ("words:odd_even_syllables", "The water fell", {}, True),
        ("words:odd_even_syllables", "The cat", {}, False),
        ("words:last_first", "I saw a dog. Dog food.", {}, True),
        ("words:last_first", "I saw a dog. “Dog” food.", {}, False),
        ("words:paragraph_last_first", "Time is time.\n\n—", {}, True),
        ("words:paragraph_last_first", "Time, time", {}, False),
        ("words:no_consecutive", "The cat", {}, True),
        ("words:no_consecutive", "12 13", {}, False),
        ("words:keywords_specific_position", "He ran. A dog.", {"keyword": "dog", "n": 2, "m": 2}, True),
        ("words:keywords_specific_position", "He ran. “A dog.", {"keyword": "dog", "n": 2, "m": 2}, False),
        ("words:words_position", "The dog is a dog.", {"keyword": "dog"}, True),
        ("words:words_position", "The dog is dog food.", {"keyword": "dog"}, False),
        ("sentence:alliteration_increment", "Big bears ate. Sad seals ran round.", {}, True),
        ("sentence:alliteration_increment", "It ran. He sat.", {}, False),
        ("sentence:keyword", "He ran. A party.", {"word": "art", "N": 2.0}, True),
        ("sentence:keyword", "He ran.", {"word": "ran", "N": 2}, False),
        ("sentence:increment", "It ran. The dog sat.", {"small_n": 1}, True),
        ("sentence:increment", "It ran. It sat.", {"small_n": 1}, False),
    ],
)
def test_the_reference_decides_as_its_source(name: str, text: str, params: dict[str, Any], holds: bool) -> None:
    assert MINE[f"ifbench/{name}"].follows(text, params) is holds


def test_all_thirty_kinds_are_there_and_mean_a_rule_of_ours() -> None:
    rules = {rule.name for rule in all_rules()}

    assert len(MINE) == 30
    for name, one in MINE.items():
        assert one.meant(KWARGS.get(name.removeprefix("ifbench/"), {})).name in rules
        assert one.differs.endswith(".")


@pytest.mark.parametrize("name", [name for name in MINE if name.removeprefix("ifbench/") in KWARGS])
def test_without_its_kwargs_a_kind_is_not_decided(name: str) -> None:
    with pytest.raises(Unrepeatable):
        MINE[name].follows("Some text.", {})
    for reading in ("fixed", "compat"):
        report = check(Trace(response="Some text.", constraints=(Constraint(name, {}),)), reading=reading)
        assert [found.verdict for found in report.findings if found.rule] == [Verdict.UNKNOWN]


@pytest.mark.parametrize("name", MINE)
@given(text=st.text(alphabet=st.sampled_from("aAbe .,!?'\"-–“”1\n<sptord>日é*_\x1c")) | st.text())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_text_breaks_a_reference(name: str, text: str) -> None:
    assert MINE[name].follows(text, KWARGS.get(name.removeprefix("ifbench/"), {})) in (True, False)
