"""The rates of demands that are followed, and what they leave out."""

from __future__ import annotations

import pytest

from checkers import Constraint, Trace, check
from copilot.checkfile import Followed

FEW = Constraint("length.words", {"max": 2})
MANY = Constraint("length.words", {"min": 9})
OPEN = Constraint("no.such", {})


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ([()], []),
        (
            [(FEW,), (FEW, MANY)],
            [
                "followed, demands: 2 of 3, 66.7 % [20.8, 93.9]",
                "followed, records with all of theirs: 1 of 2, 50.0 % [9.5, 90.5]",
            ],
        ),
        (
            [(FEW,), (FEW, OPEN), (MANY, OPEN)],
            [
                "followed, demands: 2 of 3, 66.7 % [20.8, 93.9]; 2 undecided, left out",
                "followed, records with all of theirs: 1 of 2, 50.0 % [9.5, 90.5]; 1 undecided, left out",
            ],
        ),
        (
            [(OPEN,)],
            [
                "followed, demands: none was decided; 1 undecided, left out",
                "followed, records with all of theirs: none was decided; 1 undecided, left out",
            ],
        ),
    ],
)
def test_the_rates_show_counts_intervals_and_what_they_leave_out(
    asked: list[tuple[Constraint, ...]], lines: list[str]
) -> None:
    followed = Followed()
    for constraints in asked:
        followed.add(check(Trace(response="Two words.", constraints=constraints)))

    assert followed.lines() == lines
