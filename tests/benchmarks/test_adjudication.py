"""Flags joined with what people found them to be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.checkers import adjudication, flags
from benchmarks.checkers.corpus import Labelled
from benchmarks.checkers.interval import Share
from checkers import Step, Trace


def labelled(name: str, *steps: str, first_error: int | None = None, source: str = "Made/up") -> Labelled:
    return Labelled(name, source, Trace(steps=tuple(map(Step, steps))), first_error)


def line(**changed: Any) -> dict[str, Any]:
    given = {
        "id": "one",
        "source": "Made/up",
        "step": 0,
        "claim": "2 + 2 = 5",
        "recomputed": "2 + 2 == 5",
        "verdict": "true",
        "reason": "the left side is 4",
    }
    return {**given, **changed}


def written(place: Path, *rows: dict[str, Any]) -> Path:
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return place


def test_a_flag_finds_its_line_by_trace_step_and_claim(tmp_path: Path) -> None:
    judged = flags.judge(
        [
            labelled("one", "So 2 +  2 = 5.", "Hence 3 + 3 = 7.", first_error=0),
            labelled("two", "So 2 + 2 = 5."),
            labelled("three", "So 2 + 2 = 4."),
        ]
    )
    known = adjudication.lines(written(tmp_path / "lines.jsonl", line(), line(id="gone")))
    joined = adjudication.join(judged, known)
    assert [(each.of.id, found.step, said.reason) for each, found, said in joined.known] == [
        ("one", 0, "the left side is 4")
    ]
    assert [(each.of.id, found.step) for each, found in joined.unknown] == [("one", 1), ("two", 0)]


def test_a_trace_counts_as_right_only_when_all_its_flags_are(tmp_path: Path) -> None:
    judged = flags.judge([labelled("one", "So 2 + 2 = 5.", "Hence 3 + 3 = 7."), labelled("two", "So 2 + 2 = 5.")])
    known = adjudication.lines(
        written(
            tmp_path / "lines.jsonl",
            line(),
            line(step=1, claim="3 + 3 = 7", recomputed="3 + 3 == 7", verdict="false", asserted=False),
            line(id="two"),
        )
    )
    joined = adjudication.join(judged, known)
    assert joined.flags() == Share(2, 3)
    assert joined.traces() == Share(1, 2)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, ""),
        ({"verdict": "false", "asserted": False}, ""),
        ({"verdict": "false", "recomputed": "2 + 2 == 4"}, ""),
        ({"recomputed": "2 + 2 == 4"}, "called a true alarm"),
        ({"asserted": False}, "called a true alarm"),
        ({"verdict": "false"}, "called a false alarm"),
        ({"recomputed": "two"}, "cannot be recalculated"),
    ],
)
def test_a_judgement_is_held_against_its_calculation(tmp_path: Path, changed: dict[str, Any], says: str) -> None:
    (read,) = adjudication.lines(written(tmp_path / "lines.jsonl", line(**changed)))
    assert read.fault().startswith(says)
    assert bool(read.fault()) is bool(says)


@pytest.mark.parametrize(
    "changed",
    [{"claim": ""}, {"recomputed": None}, {"verdict": "perhaps"}, {"step": -1}, {"step": "0"}, {"asserted": 1}],
)
def test_a_line_of_another_shape_is_refused_with_its_number(tmp_path: Path, changed: dict[str, Any]) -> None:
    place = written(tmp_path / "lines.jsonl", line(), line(id="two", **changed))
    with pytest.raises(ValueError, match=":2:"):
        adjudication.lines(place)


def test_one_claim_is_not_judged_twice(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="twice"):
        adjudication.lines(written(tmp_path / "lines.jsonl", line(), line(verdict="false", asserted=False)))


def test_the_shares_of_flags_tell_wrong_clean_and_first_step_apart() -> None:
    judged = flags.judge(
        [
            labelled("found", "2 + 2 = 5", "3 + 3 = 6", first_error=0),
            labelled("later", "2 + 2 = 4", "3 + 3 = 7", first_error=0),
            labelled("missed", "It is so.", first_error=0),
            labelled("clean", "2 + 2 = 4"),
            labelled("noisy", "2 + 2 = 5"),
        ]
    )
    assert flags.label_precision(judged) == Share(2, 3)
    assert flags.clean_flagged(judged) == Share(1, 2)
    assert flags.first_found(judged) == Share(1, 3)
