"""Language data that is kept with the code, and texts cut and tagged by it as NLTK does it."""

from __future__ import annotations

import hashlib
import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.instructions.tokenised import MAX_TEXT, first_tag, nltk_ends, nltk_sentences, nltk_words, stop_words
from checkers.limits import OverLimit

DATA = resources.files("checkers.instructions").joinpath("data")
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(" .!?'\"()-\n,aAHe1”»\u00a0\x1c"), st.characters()), max_size=60)


def test_every_file_of_data_has_its_hash_in_the_readme_and_stands_by_it() -> None:
    told = dict(re.findall(r"\| `([\w.]+)` \|.*`([0-9a-f]{64})` \|", DATA.joinpath("README.md").read_text("utf-8")))
    files = [path for path in DATA.iterdir() if path.name != "README.md"]

    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == told


# What NLTK 3.10.4 says of each.
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("Dr. Who ran. He fell.", ["Dr. Who ran.", "He fell."]),
        ('He said "Go!" She went.', ['He said "Go!"', "She went."]),
        ("(It ended.) It began...  Then it stopped", ["(It ended.)", "It began...  Then it stopped"]),
        ("It rose 3.5 p.m. on Jan. 5 in the U.S. and fell.", ["It rose 3.5 p.m. on Jan. 5 in the U.S. and fell."]),
        ("J. Bach wrote it! Really?! Yes", ["J. Bach wrote it!", "Really?!", "Yes"]),
        ("One line\nand the next.\n\nNew one.", ["One line\nand the next.", "New one."]),
    ],
)
def test_sentences_are_those_of_punkt(text: str, sentences: list[str]) -> None:
    assert nltk_sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("I can't, won't; don't!", ["I", "ca", "n't", ",", "wo", "n't", ";", "do", "n't", "!"]),
        ('"Go," he said.', ["``", "Go", ",", "''", "he", "said", "."]),
        (
            "He's gonna pay $3.50 (ok). Cannot wait...",
            ["He", "'s", "gon", "na", "pay", "$", "3.50", "(", "ok", ")", ".", "Can", "not", "wait", "..."],
        ),
        ("a -- b… 'tis “so” well-known*", ["a", "--", "b…", "'", "tis", "“", "so", "”", "well-known", "*"]),
    ],
)
def test_words_are_those_of_the_treebank_tokeniser(text: str, words: list[str]) -> None:
    assert nltk_words(text) == words


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("", ""),
        ("Write a poem.", "VB"),
        ("The dog ran.", "DT"),
        ("Running fast is fun.", "VBG"),
        ("1999 was good.", "CD"),
        ("well-known facts", "JJ"),
    ],
)
def test_the_first_word_is_tagged(text: str, tag: str) -> None:
    assert first_tag(text) == tag


def test_stop_words_are_in_lower_case() -> None:
    assert len(stop_words()) == 198
    assert {"the", "i", "ours"} <= stop_words()


@given(TEXTS)
def test_any_text_is_cut_and_no_letter_is_lost(text: str) -> None:
    letters = [sign for sign in text if sign.isalnum()]

    assert [sign for part in nltk_sentences(text) for sign in part if sign.isalnum()] == letters
    assert [sign for part in nltk_words(text) for sign in part if sign.isalnum()] == letters
    assert bool(first_tag(text)) == bool(nltk_words(text))
    assert nltk_ends(text, 2) == (nltk_words(text)[:2], nltk_words(text)[-2:])


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(OverLimit):
        nltk_words("a" * (MAX_TEXT + 1))
