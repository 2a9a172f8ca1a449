"""Data read from outside of the checkout, and what is said when it is not there."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.checkers import answers, corpus
from checkers import Verdict

ROOT = Path(__file__).resolve().parents[2]


def started(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.checkers", *words],
        cwd=ROOT,
        env={**os.environ, corpus.PLACE: str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_data_the_bench_says_so_in_two_lines(tmp_path: Path) -> None:
    for place in (tmp_path / "absent", tmp_path):
        ended = started(place, "flags")
        assert ended.returncode == 2
        error, hint = ended.stderr.splitlines()
        assert error.startswith("error: ")
        assert hint.startswith(" hint: ")
        assert corpus.PLACE in hint


def test_an_unknown_measure_is_refused(tmp_path: Path) -> None:
    ended = started(tmp_path, "beauty")
    assert ended.returncode == 2
    assert "flags" in ended.stderr


def test_a_compressed_file_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "made.dev.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1}\n\n'))
    (tmp_path / "made.jsonl").write_text('{"id": 2}\n')
    (tmp_path / "made_up.dev.jsonl").write_text('{"id": 3}\n')
    assert sorted(row["id"] for row in corpus.rows(tmp_path, "made")) == [1, 2]
    with pytest.raises(corpus.NoData):
        list(corpus.rows(tmp_path, "absent"))


def test_the_traces_of_every_file_are_those_of_its_chosen_sources(tmp_path: Path) -> None:
    for name, front in corpus.TRACES.items():
        common = {"problem": "p", "steps": ["1 + 1 = 2\r\nso"], "answer": "2"}
        chosen = [{"id": f"{name}-{at}", "source": f"{front}x", "first_error": at, **common} for at in (-1, 0)]
        other = {"id": "other", "source": "Elsewhere", "first_error": 0, **common}
        lines = [json.dumps(row) for row in (*chosen, other)]
        (tmp_path / f"{name}.dev.jsonl").write_text("\n".join(lines))
    found = corpus.traces(tmp_path)
    assert len(found) == 2 * len(corpus.TRACES)
    assert {each.first_error for each in found} == {None, 0}
    assert {each.trace.steps[0].text for each in found} == {"1 + 1 = 2\nso"}
    assert {each.trace.answer for each in found} == {None}


def test_a_sample_is_the_same_whatever_the_order() -> None:
    names = [f"row {at}" for at in range(100)]
    taken = corpus.sample(names, 10, key=str)
    assert len(taken) == 10
    assert taken == corpus.sample(names[::-1], 10, key=str)
    assert corpus.sample(names, None, key=str) == names


def test_a_label_that_another_row_contradicts_is_left_out() -> None:
    found = [
        answers.Pair("one", "1", "2", equal=True),
        answers.Pair("back", "2", "1", equal=False),
        answers.Pair("kept", "1/2", "0.5", equal=True),
        answers.Pair("known", "3", "4", equal=True),
    ]
    assert set(answers.contradicted(found, wrong=["known"])) == {"one", "back", "known"}


def test_an_abstention_is_a_wrong_answer() -> None:
    unclear = answers.Pair("unclear", "a cat", "a dog", equal=False)
    assert Verdict.UNKNOWN in unclear.verdicts
    assert not unclear.is_met()
    assert answers.Pair("clear", "7", "8", equal=False).is_met()
    assert answers.Pair("clear", "0.5", "1/2", equal=True).is_met()
