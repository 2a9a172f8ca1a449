"""Prelabel killed at any moment and run again: the same set, and nothing that was answered is paid for twice."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from copilot.store.connect import open_store, reading
from copilot.store.tables import draft, draft_step, item
from tests.copilot.llm.provider import Answer, Asked, Provider, says
from tests.journeys.commands import copilot, providing, started

ITEMS = 60
CALLS = 4
TRACE = json.dumps({"steps": [{"text": "6 * 14 = 84"}], "answer": "84"})


def slow_trace(asked: Asked, nth: int) -> Answer:
    return says(TRACE, wait=0.05)(asked, nth)


def items(folder: Path) -> Path:
    path = folder / "items.jsonl"
    lines = [{"id": f"q{number}", "prompt": f"Problem {number}: 6 * 14?"} for number in range(ITEMS)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def words(folder: Path, server: Provider) -> list[str | Path]:
    model = ["--model", "openai/fake-1", "--api-base", server.url, "--concurrency", str(CALLS)]
    return ["prelabel", folder / "items.jsonl", "--task", "cot", *model, "--home", folder / "home"]


def drafts(folder: Path) -> set[tuple[str, int, str, str]]:
    """Id, sample, the one step and the answer of every draft that is stored; a draft that is there twice fails."""
    engine = open_store(home=folder / "home", url=None)
    with reading(engine) as db:
        wanted = select(item.c.external_id, draft.c.sample, draft_step.c.text, draft.c.answer)
        rows = db.execute(
            wanted.join(draft, draft.c.item_id == item.c.id).join(draft_step, draft_step.c.draft_id == draft.c.id)
        ).all()
    engine.dispose()
    assert len(rows) == len(set(rows))
    return {(row.external_id, row.sample, row.text, row.answer) for row in rows}


def test_interrupted_it_finishes_what_is_paid_for_and_says_how_to_go_on(tmp_path: Path) -> None:
    items(tmp_path)
    with providing(slow_trace) as server:
        command = started(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        while len(server.asked) < 12 and command.poll() is None:
            time.sleep(0.002)
        command.send_signal(signal.SIGINT)
        status = command.wait(20)
        again = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        paid = sum(server.paid.values())

    assert (status, again.returncode) == (130, 0)
    assert paid == ITEMS
    assert len(drafts(tmp_path)) == ITEMS


def test_a_wrong_rule_of_the_folder_is_told_before_anything_is_paid(tmp_path: Path) -> None:
    items(tmp_path)
    with providing(slow_trace) as server:
        for text in ('[check]\nselect = ["nonsense"]\n', '[[route]]\nwhen = "always"\nqueue = "q"\nseats = 0\n'):
            (tmp_path / "copilot.toml").write_text(text)
            said = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")

            assert said.returncode == 2
            assert said.stderr.startswith("error: ")
            assert not server.asked


@pytest.mark.parametrize("answered", [1, 17, 38, 52])
def test_a_killed_run_is_finished_by_the_same_command(answered: int, tmp_path: Path) -> None:
    items(tmp_path)
    with providing(slow_trace) as server:
        command = started(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        while len(server.asked) < answered + CALLS and command.poll() is None:
            time.sleep(0.002)
        command.kill()
        killed = command.wait(10)
        again = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        third = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        paid = dict(server.paid)

    assert killed == -signal.SIGKILL
    assert again.returncode == 0, again.stderr
    assert len(paid) == ITEMS
    assert drafts(tmp_path) == {(f"q{number}", 0, "6 * 14 = 84", "84") for number in range(ITEMS)}
    assert sum(paid.values()) <= ITEMS + CALLS
    assert f"0 drafted (0 of them from the record), {ITEMS} stood already" in third.stdout


def test_what_was_paid_before_a_full_store_was_lost_is_drafted_from_the_record(tmp_path: Path) -> None:
    items(tmp_path)
    with providing(slow_trace) as server:
        first = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        for path in (tmp_path / "home").glob("copilot.db*"):
            path.unlink()
        again = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        paid = sum(server.paid.values())

    assert first.returncode == again.returncode == 0, again.stderr
    assert paid == ITEMS
    assert f"{ITEMS} drafted ({ITEMS} of them from the record)" in again.stdout


def test_rejected_lines_are_counted_listed_and_told_by_the_exit_status(tmp_path: Path) -> None:
    path = items(tmp_path)
    path.write_bytes(path.read_bytes() + b'{"id": "q1", "prompt": "again"}\n{broken\n{"id": "x"}\n\xff\xfe\n')
    with providing(slow_trace) as server:
        said = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")

    (listed,) = (tmp_path / "home" / "rejected").glob("*.jsonl")
    rejected = [json.loads(line) for line in listed.read_text().splitlines()]
    assert said.returncode == 1
    assert f"{ITEMS} drafted" in said.stdout
    assert "4 lines rejected" in said.stdout
    assert [one["line"] for one in rejected] == [ITEMS + 1, ITEMS + 2, ITEMS + 3, ITEMS + 4]
    assert all(one["error"] and one["hint"] and one["file"] == path.name for one in rejected)
    for one in rejected:
        assert f"{path.name}:{one['line']}: {one['error']}" in said.stderr
    assert str(listed) in said.stdout
