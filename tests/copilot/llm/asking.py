"""Shapes, requests and lanes that the tests of this room share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from copilot.llm.ask import Request
from copilot.llm.attempt import Attempt
from copilot.llm.journal import FileJournal
from copilot.llm.one_call import ReplyMode
from copilot.llm.openai_lane import OpenAILane, Server
from copilot.llm.prices import Price, free
from copilot.llm.recorded import Recorded
from copilot.llm.remembered import Remembered
from copilot.llm.retrying import TRIES, Retrying
from copilot.model import Message, Usage

KEY = "sk-canary-6f1d2c"
GOOD = '{"answer": "7"}'
WRONG_SHAPE = '{"answer": 7}'


class Shape(BaseModel):
    """What the tests ask for."""

    model_config = ConfigDict(extra="forbid")

    answer: Annotated[str, Field(min_length=1, max_length=200)]


def request(prompt: str = "What is 3 + 4?", *, sample: int = 0, max_tokens: int = 64) -> Request:
    return Request("fake", (Message("user", prompt),), Shape, max_tokens=max_tokens, sample=sample)


def attempt(raw: str = GOOD, *, finish: str = "stop", refused: bool = False, cost: str | None = "0.5") -> Attempt:
    price = None if cost is None else Decimal(cost)
    return Attempt(raw, finish, Usage(11, 7), price, "fake-1", refused=refused)


class Sleeps:
    """Takes the place of waiting: notes how long it would have been."""

    def __init__(self, look: Callable[[], None] = lambda: None) -> None:
        self.seconds: list[float] = []
        self._look = look

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self._look()
        await asyncio.sleep(0)


@asynccontextmanager
async def lane(
    url: str,
    *,
    mode: ReplyMode = ReplyMode.JSON_SCHEMA,
    price: Price = free,
    seconds: float = 20.0,
    silence: float = 20.0,
    largest: int = 2**16,
    name: str = "fake",
) -> AsyncIterator[OpenAILane]:
    made = OpenAILane(
        name=name,
        model="fake-1",
        server=Server(url, KEY, mode, price),
        identity=f"{name}@test",
        seconds=seconds,
        silence=silence,
        largest=largest,
    )
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def remembering(
    url: str,
    home: Path,
    *,
    retry_failed: bool = False,
    concurrency: int = 4,
    sleep: Callable[[float], Awaitable[None]] | None = None,
) -> AsyncIterator[Remembered]:
    """What `open_model` puts together, with waiting that takes no time."""
    journal = FileJournal(home, keep_free=0)
    try:
        async with lane(url) as inner:
            recorded = Recorded(inner, journal, tries=TRIES, retry_failed=retry_failed)
            retrying = Retrying(recorded, slots=asyncio.Semaphore(concurrency), sleep=sleep or Sleeps())
            model = Remembered(retrying, resumed=journal.resumed)
            yield model
            await model.close()
    finally:
        await journal.close()
