"""Areas under the curve, their difference, and claims read from a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.format import facts


@pytest.mark.parametrize(
    ("scores", "truths", "area"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.1, 0.8], [True, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.9, 0.2, 0.5], [True, True, False], 0.5),
        ([0.9], [True], 0.5),
    ],
)
def test_the_area_counts_the_pairs_that_stand_in_order(scores: list[float], truths: list[bool], area: float) -> None:
    assert facts.area(scores, truths) == area


def test_a_score_that_is_always_better_has_an_interval_above_zero() -> None:
    truths = [True, False] * 20
    groups = [str(at // 4) for at in range(40)]

    both = facts.compared([float(true) for true in truths], [0.0] * 40, truths, groups, resamples=50)

    assert (both.ours, both.other) == (1.0, 0.5)
    assert both.low == both.high == 0.5


def test_the_claims_are_read_without_stances_addresses_and_what_nobody_judged(tmp_path: Path) -> None:
    evidence = {"human": "https://a.org/x\nIt is red.", "auto": ["It is blue."], "stance": ["refute"]}
    rows = [
        {"prompt": "?", "claim": "It is red.", "verdict": verdict, "evidence": {**evidence, "human": human}}
        for verdict, human in (("true", evidence["human"]), ("false", "NA"), ("unknown", None))
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "claims_factcheckgpt.jsonl").write_text(lines, encoding="utf-8")

    read = facts.judged(tmp_path)

    assert [each.texts for each in read] == [("It is red.", "It is blue."), ("It is blue.",)]
    assert [each.is_true for each in read] == [True, False]
    assert [facts.overlap(each.claim, each.texts) for each in read] == [1.0, pytest.approx(2 / 3)]
