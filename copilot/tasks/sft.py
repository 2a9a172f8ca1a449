"""Supervised fine-tuning: a request becomes one response."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from copilot.model import Content, TaskName
from copilot.tasks.task import Plain, Task


class TextReply(BaseModel):
    """The response, whole."""

    model_config = ConfigDict(extra="forbid")

    response: Annotated[Plain, Field(min_length=1, max_length=20_000)]


def content_of_text(reply: BaseModel) -> Content:
    """The draft's text out of a `TextReply`."""
    assert isinstance(reply, TextReply)  # noqa: S101 - the engine asked with this shape
    return Content(response=reply.response)


TASK = Task(
    name=TaskName.SFT,
    summary="one response to a request",
    prompt="sft",
    reply="text",
    shape=TextReply,
    values=lambda item: {"prompt": item.question, "sources": item.sources},
    content=content_of_text,
    max_tokens=4096,
)
