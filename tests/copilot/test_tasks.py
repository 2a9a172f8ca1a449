"""Tasks: which one an item gets, and what a reply may be."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from checkers import Reference
from copilot.model import Item, Message, TaskName
from copilot.tasks import all_tasks, task_of


def item(task: TaskName | None = None, answer: str | None = None) -> Item:
    return Item("i", (Message("user", "?"),), task=task, reference=Reference(answer=answer))


@pytest.mark.parametrize(
    ("has", "answer", "asked", "gets"),
    [
        (None, None, None, TaskName.SFT),
        (None, "4", None, TaskName.COT),
        (TaskName.SFT, "4", None, TaskName.SFT),
        (TaskName.SFT, None, TaskName.COT, TaskName.COT),
        (TaskName.PREFERENCE, None, None, TaskName.PREFERENCE),
    ],
)
def test_the_task_asked_for_wins_then_the_items_own_then_what_is_known(
    has: TaskName | None, answer: str | None, asked: TaskName | None, gets: TaskName
) -> None:
    assert task_of(item(has, answer), asked).name is gets


def test_every_task_name_has_its_task() -> None:
    assert set(all_tasks()) == set(TaskName)


def test_a_preference_item_needs_two_drafts() -> None:
    assert all_tasks()[TaskName.PREFERENCE].samples == 2


@pytest.mark.parametrize("task", all_tasks().values(), ids=lambda task: task.name)
def test_every_string_and_list_of_a_reply_is_bounded(task) -> None:  # type: ignore[no-untyped-def]
    def unbounded(schema: object) -> list[object]:
        if isinstance(schema, list):
            return [found for part in schema for found in unbounded(part)]
        if not isinstance(schema, dict):
            return []
        need = {"string": "maxLength", "array": "maxItems"}.get(str(schema.get("type")))
        here = [schema] if need and need not in schema else []
        return here + [found for part in schema.values() for found in unbounded(part)]

    assert not unbounded(task.shape.model_json_schema())


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", ""])
def test_text_that_nothing_can_store_does_not_fit(text: str) -> None:
    task = all_tasks()[TaskName.SFT]

    with pytest.raises(ValidationError):
        task.shape.model_validate({"response": text})


def test_newlines_become_lf() -> None:
    task = all_tasks()[TaskName.SFT]

    assert task.content(task.shape.model_validate({"response": "a\r\nb\rc"})).response == "a\nb\nc"
