"""The tasks, one file each; a new file here is a new task."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from copilot.model import Item, TaskName
from copilot.tasks.task import Task

__all__ = ["Task", "all_tasks", "task_of"]


@cache
def all_tasks() -> dict[TaskName, Task]:
    """Every task by its name, found by walking this folder."""
    modules = (importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__))
    tasks = [module.TASK for module in modules if hasattr(module, "TASK")]
    return {task.name: task for task in tasks}


def task_of(item: Item, asked: TaskName | None) -> Task:
    """The task for this item: the one asked for, else its own, else by what is known about it.

    An item with a reference answer or solution is a problem to reason about (`cot`); any other is a request (`sft`).
    """
    name = asked or item.task
    if name is None:
        known = item.reference.answer is not None or item.reference.solution is not None
        name = TaskName.COT if known else TaskName.SFT
    return all_tasks()[name]
