"""Exports: rows in the shapes that TRL documents, loaded by datasets as trainers load them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import datasets
import pytest

from checkers import Step
from copilot.export import Shape, row_of, spoken
from copilot.model import Content, Decided, Decision, Item, Message, TaskName


def decided(content: Content, *, task: TaskName = TaskName.SFT, turns: tuple[Message, ...] = ()) -> Decided:
    return Decided(
        item=Item("q1", turns or (Message("user", "2+2?"),)),
        task=task,
        content=content,
        decision=Decision.EDIT,
        fails=1,
        model="m",
        prompt="sft@0123456789ab",
        sample=0,
        rater="rater-7f",
        draft_id=UUID(int=1),
        response_id=UUID(int=2),
        decided_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        group_id=UUID(int=3),
    )


TEXT = Content(response='Four.\nIt says "4" \u2028 and \U0001f600.')
TRACE = Content(steps=(Step("2+2=4"), Step("Done.")), answer="4")


def test_a_trace_is_spoken_as_its_steps_and_its_answer() -> None:
    assert spoken(TRACE) == "2+2=4\nDone.\n\nAnswer: 4"


def test_a_response_is_spoken_as_it_stands() -> None:
    assert spoken(TEXT) == TEXT.response


def test_messages_hold_the_whole_conversation() -> None:
    turns = (Message("system", "Be brief."), Message("user", "2+2?"))
    row = row_of(decided(TEXT, turns=turns), "messages")

    assert row["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "2+2?"},
        {"role": "assistant", "content": TEXT.response},
    ]


def test_prompt_and_completion_are_apart() -> None:
    row = row_of(decided(TRACE), "prompt-completion")

    assert row["prompt"] == [{"role": "user", "content": "2+2?"}]
    assert row["completion"] == [{"role": "assistant", "content": spoken(TRACE)}]


def test_every_row_says_where_its_text_comes_from() -> None:
    row = row_of(decided(TEXT), "messages")

    assert row["group_id"] == str(UUID(int=3))
    assert row["origin"] == "human"
    assert row["cause"] == {
        "decision": "edit",
        "fails": 1,
        "model": "m",
        "prompt": "sft@0123456789ab",
        "sample": 0,
        "rater": "rater-7f",
        "draft": str(UUID(int=1)),
        "response": str(UUID(int=2)),
        "decided_at": "2026-11-23T09:00:00+00:00",
    }


@pytest.mark.parametrize("shape", ["messages", "prompt-completion"])
def test_datasets_loads_an_export_without_a_script(shape: Shape, tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    rows = [row_of(decided(content), shape) for content in (TEXT, TRACE)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    loaded = datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache"))

    for row in loaded.to_list():
        # The reader makes a time of the text; all else comes back as it was written.
        row["cause"]["decided_at"] = row["cause"]["decided_at"].replace(tzinfo=UTC).isoformat()

        assert row == rows.pop(0)
