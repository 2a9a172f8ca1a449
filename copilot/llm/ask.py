"""What a model is to the rest of the product: anything that answers a request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from pydantic import BaseModel

from copilot.model import Charge, Message, Usage


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one model: the same request is never paid for twice."""

    model: str
    messages: tuple[Message, ...]
    shape: type[BaseModel]
    """What the reply must fit; every string and list in it is bounded."""
    temperature: float = 0.0
    max_tokens: int = 1024
    sample: int = 0
    """Which of several answers to the same question this is."""
    at: str = ""
    """The model's `identity`: the same name at another address is another model."""

    @property
    def key(self) -> str:
        """SHA-256 over model, parameters, schema, messages and sample number, in hexadecimal."""
        said = {
            "model": self.model,
            "at": self.at,
            "messages": [[message.role, message.content] for message in self.messages],
            "schema": self.shape.model_json_schema(),
            "temperature": self.temperature,
            "max_tokens": self.max_tokens,
            "sample": self.sample,
        }
        canonical = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that fits the shape asked for, and what it took to get it."""

    value: BaseModel
    raw: str
    usage: Usage
    """Over all attempts, the billed misfits too."""
    cost: Decimal | None
    """In US dollars over all attempts; None where no price is known."""
    finish: str
    attempts: int
    model: str
    cached: bool = False
    charges: tuple[Charge, ...] = ()
    """Each billed call that it took, those of earlier runs included."""


class Model(Protocol):
    """Anything that answers: a provider, the record of paid answers, a script for tests."""

    name: str
    identity: str
    """The name, with the address where one was given by hand."""

    async def ask(self, request: Request) -> Reply:
        """The reply; raises one of `copilot.llm.failures` when there is none to be had."""

    def stream(self, request: Request) -> AsyncIterator[str]:
        """The reply's text, piece by piece as it is written."""
