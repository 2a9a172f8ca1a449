"""Decided items out, as JSON lines in the shapes that trainers load."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from typing import BinaryIO, Literal, TypeAlias
from uuid import UUID

from sqlalchemy import Connection

from checkers import Json
from copilot.model import Content, Decided, TaskName
from copilot.store.exports import decided

Shape: TypeAlias = Literal["messages", "prompt-completion"]
"""How TRL's SFTTrainer is to read the rows: https://huggingface.co/docs/trl/dataset_formats."""


def export(db: Connection, out: BinaryIO, *, project_id: UUID, task: TaskName, shape: Shape) -> int:
    """Write every decided row of that task to `out`, in the order it was decided; how many there were.

    A rejected draft is no row. Every row says where its text comes from.
    """
    count = 0
    for row in rows(db, project_id=project_id, task=task, shape=shape):
        out.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n")
        count += 1
    return count


def rows(db: Connection, *, project_id: UUID, task: TaskName, shape: Shape) -> Iterator[dict[str, Json]]:
    """The rows of an export, one at a time."""
    for one in decided(db, project_id=project_id, task=task):
        yield row_of(one, shape)


def row_of(one: Decided, shape: Shape) -> dict[str, Json]:
    """One decided item as a row: the conversation in its shape, then `id`, `group_id`, `origin` and `cause`."""
    *earlier, _ = one.item.messages
    asked = [{"role": turn.role, "content": turn.content} for turn in earlier]
    asked.append({"role": "user", "content": one.item.question})
    answered = [{"role": "assistant", "content": spoken(one.content)}]
    if shape == "messages":
        row: dict[str, Json] = {"messages": [*asked, *answered]}
    else:
        row = {"prompt": asked, "completion": answered}
    return {**row, "id": one.item.id, "group_id": str(one.group_id), "origin": "human", "cause": _cause(one)}


def spoken(content: Content) -> str:
    """The text an assistant says: the response, or the steps one a line and then the answer."""
    if content.response is not None:
        return content.response
    steps = "\n".join(step.text for step in content.steps)
    return steps if content.answer is None else f"{steps}\n\nAnswer: {content.answer}"


def _cause(one: Decided) -> dict[str, Json]:
    return {
        "decision": one.decision.value,
        "fails": one.fails,
        "model": one.model,
        "prompt": one.prompt,
        "sample": one.sample,
        "rater": one.rater,
        "draft": str(one.draft_id),
        "response": str(one.response_id),
        "decided_at": one.decided_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
