"""Every difference between a reference and what its instruction means has an example, and the example is one."""

from __future__ import annotations

import pytest

from checkers.instructions import all_instructions
from tests.checkers.differences import Difference, differences

FOUND = list(differences())


@pytest.mark.parametrize("example", FOUND, ids=lambda example: example.id)
def test_the_two_readings_come_apart_as_the_example_says(example: Difference) -> None:
    assert (example.verdict("compat"), example.verdict("fixed")) == (example.compat, example.fixed)
    assert example.compat != example.fixed


def test_every_instruction_that_differs_has_an_example_and_no_other_has() -> None:
    differing = {name for name, found in all_instructions().items() if found.differs}

    assert differing - {example.instruction for example in FOUND} == set()
    assert {example.instruction for example in FOUND} - differing == set()
