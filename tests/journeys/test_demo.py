"""`copilot demo` as a newcomer runs it: once on the model, once from the record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.commands import copilot

_ROW = r"^  (\S[^\n]*?)  +(\S.*)$"


@pytest.mark.model
def test_the_demo_drafts_checks_routes_and_answers_again_from_the_record(tmp_path: Path) -> None:
    first = copilot("demo", folder=tmp_path)
    second = copilot("demo", folder=tmp_path)

    assert first.returncode == second.returncode == 0, first.stderr
    assert "135 million parameters" in first.stderr
    table = dict(re.findall(_ROW, first.stdout, re.MULTILINE))
    drafted = re.match(r"(\d+) of 12", table["drafted"])
    assert drafted
    assert int(drafted[1]) >= 8
    assert re.search(r"\d+ holds, \d+ fails", table["checks"])
    assert any(name.startswith("waiting in expert:") for name in table)
    assert {"seconds", "tokens"} <= set(table)
    for command in ("serve", "export"):
        assert re.search(rf"{command} --project demo", first.stdout)
    assert "nothing was asked twice" in second.stdout
    again = dict(re.findall(_ROW, second.stdout, re.MULTILINE))
    assert {**again, "seconds": ""} == {**table, "seconds": ""}
