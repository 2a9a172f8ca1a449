"""Chain of thought: a problem becomes numbered steps and an answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from checkers import Step
from copilot.model import Content, TaskName
from copilot.tasks.task import Plain, Task


class CotStep(BaseModel):
    """One step of the reasoning."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Plain, Field(min_length=1, max_length=1000)]


class CotReply(BaseModel):
    """A solution as short steps, then the bare result."""

    model_config = ConfigDict(extra="forbid")

    steps: Annotated[list[CotStep], Field(min_length=1, max_length=60)]
    answer: Annotated[Plain, Field(min_length=1, max_length=200)]


def _content(reply: BaseModel) -> Content:
    assert isinstance(reply, CotReply)  # noqa: S101 - the engine asked with this shape
    return Content(steps=tuple(Step(step.text) for step in reply.steps), answer=reply.answer)


TASK = Task(
    name=TaskName.COT,
    summary="a reasoning trace: steps and an answer",
    prompt="cot",
    reply="cot",
    shape=CotReply,
    values=lambda item: {"prompt": item.question},
    content=_content,
    max_tokens=2048,
)
