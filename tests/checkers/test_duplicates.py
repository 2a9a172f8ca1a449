"""Near duplicates: the same verdicts in any order and process, planted ones found, memory that does not grow."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import checkers
from checkers import Json, Judged, Member, Trace, check_set, members_of_records
from checkers.limits import OverLimit
from checkers.sets import Scratch
from checkers.sets.alike import Alike
from checkers.sets.shingles import MOST, Shingles, figures, normal, tokens
from checkers.sets.sketch import METHOD, sketches

Record = dict[str, Json]
WORDS = [
    "rain",
    "river",
    "stone",
    "bread",
    "light",
    "winter",
    "seven",
    "7",
    "8",
    "+",
    "quiet",
    "garden",
    "north",
    "山",
    "川",
    "the",
    "a",
    "of",
]
PROMPTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
SETS = st.lists(
    st.fixed_dictionaries({"prompt": PROMPTS}, optional={"response": st.sampled_from(["yes", "no", "Yes"])}), max_size=8
)


def verdicts(records: Sequence[Record]) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for one in check_set(lambda: members_of_records(records), select=["duplicates"]):
        if isinstance(one, Judged):
            for finding in one.findings:
                found[str(one.member.record), finding.rule, finding.verdict.value] += 1
    return found


@given(records=SETS, copies=st.integers(1, 2), random_=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_verdicts_are_the_same_in_any_order_of_lines(
    records: list[Record], copies: int, random_: random.Random
) -> None:
    records = records * copies
    shuffled = list(records)
    random_.shuffle(shuffled)

    assert verdicts(shuffled) == verdicts(records)


@given(first=PROMPTS, second=PROMPTS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_likeness_is_jaccards_index_of_the_shingles_both_ways_round(first: str, second: str) -> None:
    one, other = (Shingles.of(tokens(text)) for text in (first, second))
    mine, theirs = set(one.numbers), set(other.numbers)

    assert one.alike(other) * len(mine | theirs) == pytest.approx(len(mine & theirs))
    assert one.alike(other) == other.alike(one)
    assert Shingles.packed(one.pack()) == one


def test_the_likeness_of_very_long_texts_is_that_of_a_fair_draw() -> None:
    words = [f"w{number}" for number in range(40_000)]
    first, second = Shingles.of(words[:30_000]), Shingles.of(words[10_000:])

    assert len(first.numbers) == MOST
    assert first.alike(second) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What is 3+4?", ["what", "is", "3", "+", "4"]),
        ("A well-known 1,000 - no more.", ["a", "well", "known", "1000", "-", "no", "more"]),
        ("* an item\n- another one", ["an", "item", "another", "one"]),
        ("春の３日", ["春", "の", "3", "日"]),
        ("10² is not 102", ["10", "²", "is", "not", "102"]),
        ("x-y and e-mail", ["x", "-", "y", "and", "e", "-", "mail"]),
    ],
)
def test_tokens_are_words_numbers_and_signs_that_reckon(text: str, wanted: list[str]) -> None:
    assert tokens(text) == wanted


def test_figures_are_numbers_number_words_and_signs_in_order() -> None:
    assert figures(tokens("Two men buy 3 + x apples, twice.")) == ["two", "3", "+", "twice"]


def test_a_text_is_normal_without_what_a_reader_does_not_see() -> None:
    assert normal(" ｃａｆe\u0301\u3000x\t\ny ") == "café x y"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" + "\u0301\u0323" * 40_000, id="marks on one letter"),
        pytest.param("\ufdfa" * 40_000, id="ligatures"),
        pytest.param("-" * 40_000, id="signs"),
        pytest.param("1," * 40_000, id="commas"),
        pytest.param("x " * 40_000, id="one word"),
        pytest.param("\ud800\x00\u202e" * 20_000, id="broken and hidden signs"),
    ],
)
def test_a_hostile_text_is_cut_in_linear_time(text: str) -> None:
    begun = process_time()
    other = [{"prompt": text}, {"prompt": f"{text} and more"}]

    found = list(check_set(lambda: iter(hostile(other)), select=["duplicates", "contamination", "coverage"]))

    assert len(found) == 3
    assert process_time() - begun < 20


def hostile(records: Sequence[Mapping[str, Json]]) -> Iterator[Member]:
    for place, record in enumerate(records):
        trace = Trace(prompt=str(record["prompt"]), response="")
        yield Member(place, place + 1, "", trace, str(place).encode(), record)


def test_the_sketch_of_a_text_is_the_same_on_every_machine() -> None:
    # Stored groups hang on these: where they change, METHOD has to.
    text = "Name a river in the north of the country."

    bands = sketches(["a", text])[1].bands

    assert bands == sketches([text])[0].bands
    assert len(set(bands)) == 25
    assert bands[:3] == (7929092976431173747, 3184939195023412570, 1950461580840576753)
    assert METHOD == "minhash-1"


SYLLABLES = ("ka", "lo", "mi", "nu", "re", "so", "ti", "va")


def a_word(number: int) -> str:
    return "".join(SYLLABLES[number >> shift & 7] for shift in (0, 3, 6, 9))


def planted(count: int) -> Iterator[Record]:
    """Random prompts; each tenth is the one before it with a word changed, 40 to 80 words long."""
    before = ""
    for number in range(count):
        chance = random.Random(number)
        words = [a_word(chance.randrange(4_096)) for _ in range(40 + chance.randrange(40))]
        if number % 10 == 9:
            words = before.split()
            words[len(words) // 2] = "changed"
        before = " ".join(words)
        yield {"id": f"{number:05}", "prompt": before}


def test_planted_near_duplicates_are_found_and_nothing_else() -> None:
    found = [
        one.member.name
        for one in check_set(lambda: members_of_records(planted(1_000)), select=["duplicates.near"])
        if isinstance(one, Judged) and one.findings
    ]

    assert found == [f"{number:05}" for number in range(9, 1_000, 10)]


def test_memory_does_not_grow_with_the_set() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in check_set(lambda: members_of_records(planted(count)), select=["duplicates"]):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)
    # A single prompt has some 600 bytes.
    assert peak(1_000) - peak(500) < 500 * 300


def test_a_set_of_one_text_with_small_changes_is_read_in_bounded_work() -> None:
    base = [a_word(number) for number in range(60)]
    records: list[Record] = [{"prompt": " ".join([*base, "end" + a_word(number)])} for number in range(400)]

    found = list(check_set(lambda: members_of_records(records), select=["duplicates.near"]))

    assert sum(bool(one.findings) for one in found if isinstance(one, Judged)) == 399


def test_a_set_that_takes_too_many_comparisons_is_a_limit() -> None:
    with Scratch() as scratch:
        alike = Alike(scratch, compared=0)
        for number in range(4):
            alike.put(number, " ".join(a_word(number // 3 + place) for place in range(80)))
        with pytest.raises(OverLimit):
            alike.join()


def test_processes_with_other_hash_seeds_say_the_same() -> None:
    program = (
        "from checkers import check_set, members_of_records, Whole\n"
        "from tests.checkers.test_duplicates import planted\n"
        "for one in check_set(lambda: members_of_records(planted(60)), select=['duplicates']):\n"
        "    print(one.findings)\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            cwd=Path(checkers.__file__).parent.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(3)
    }

    assert len(said) == 1
    assert "like that of" in said.pop()
