"""What a task is: which prompt asks, which shape answers, and how the answer becomes a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel

from copilot.model import Content, Item, TaskName


def _plain(text: str) -> str:
    """Newlines become LF; what no database and no JSON file can carry is refused."""
    if "\x00" in text:
        raise ValueError("must not contain the character U+0000")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("must not contain half of a surrogate pair")
    return text.replace("\r\n", "\n").replace("\r", "\n")


Plain = Annotated[str, AfterValidator(_plain)]
"""Text of a reply that can be stored as it stands."""


@dataclass(frozen=True)
class Task:
    """One kind of training data, and how drafts of it are asked for."""

    name: TaskName
    summary: str
    prompt: str
    """Name of the prompt file."""
    reply: str
    """Name of the shape, as the prompt's header gives it."""
    shape: type[BaseModel]
    values: Callable[[Item], Mapping[str, object]]
    """The item's values for the prompt's variables."""
    content: Callable[[BaseModel], Content]
    """The draft's text out of a reply of that shape."""
    max_tokens: int
    samples: int = 1
    """Fewest drafts per item that make sense."""
