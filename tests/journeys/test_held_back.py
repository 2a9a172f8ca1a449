"""Items that contradict themselves are told before anything is asked, held back, and drafted when they are mended."""

from __future__ import annotations

import json
from pathlib import Path

from tests.copilot.llm.provider import Answer, Asked, Provider, says
from tests.journeys.commands import copilot, providing

CLASH = "Write at least 300 words on tea. Use no more than 200 words."
ITEMS = [{"id": "clash", "prompt": CLASH}, {"id": "fine", "prompt": "Write on tea. Use no more than 200 words."}]


def response(asked: Asked, nth: int) -> Answer:
    return says(json.dumps({"response": "Tea is hot."}))(asked, nth)


def words(folder: Path, server: Provider, *more: str) -> list[str | Path]:
    model = ["--model", "openai/fake-1", "--api-base", server.url]
    return ["prelabel", folder / "items.jsonl", *model, "--home", folder / "home", *more]


def test_items_that_contradict_themselves_are_told_held_back_and_drafted_when_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in ITEMS))
    with providing(response) as server:
        first = copilot(*words(tmp_path, server), folder=tmp_path, OPENAI_API_KEY="sk-none")
        asked = len(server.asked)
        again = copilot(*words(tmp_path, server, "--draft-contradictory"), folder=tmp_path, OPENAI_API_KEY="sk-none")
        unread = words(tmp_path, server, "--no-read-prompt", "--project", "unread")
        third = copilot(*unread, folder=tmp_path, OPENAI_API_KEY="sk-none")

    (listed,) = (tmp_path / "home" / "rejected").glob("*.jsonl")
    (held,) = (json.loads(line) for line in listed.read_text().splitlines())
    told = "item clash: asks for at least 300 words and for at most 200 words: no number is both"
    assert (first.returncode, asked) == (1, 1)
    assert told in first.stderr
    assert "1 item contradicts itself and is held back" in first.stderr
    assert "1 drafted" in first.stdout
    assert "1 held back" in first.stdout
    assert (held["id"], held["error"]) == ("clash", told.removeprefix("item clash: "))
    assert again.returncode == 0, again.stderr
    assert told in again.stderr
    assert "drafted all the same" in again.stderr
    assert "1 drafted" in again.stdout
    assert third.returncode == 0, third.stderr
    assert "asks for" not in third.stderr
