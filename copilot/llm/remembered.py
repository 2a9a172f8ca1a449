"""A model around a model: equal requests that are under way at the same time are asked once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from copilot.llm.ask import Model, Reply, Request
from copilot.llm.journal import Resumed


class Remembered:
    """What `open_model` gives: answers from the record where they are paid for, and asks for the rest once.

    The record itself stands below the retry loop (`Recorded`), so that every billed attempt is kept, not only the
    replies that fit. Here two callers with one question share one course.
    """

    def __init__(self, inner: Model, *, resumed: Resumed) -> None:
        self.name = inner.name
        self.identity = inner.identity
        self.resumed = resumed
        """What the record held when this run began: say it to the user."""
        self._inner = inner
        self._under_way: dict[str, asyncio.Task[Reply]] = {}

    async def ask(self, request: Request) -> Reply:
        """The reply; `cached` is true when this call did not pay for it."""
        key = request.key
        shared = self._under_way.get(key)
        if shared is not None:
            return _shared(await asyncio.shield(shared))
        course = asyncio.create_task(self._inner.ask(request))
        self._under_way[key] = course
        course.add_done_callback(lambda done: self._landed(key, done))
        # A caller that gives up does not stop a call that is being billed; its reply reaches the record.
        return await asyncio.shield(course)

    def stream(self, request: Request) -> AsyncIterator[str]:
        """The reply's text piece by piece; from the record in one piece."""
        return self._inner.stream(request)

    async def close(self) -> None:
        """Stop what is still under way. A call that was out is known to the record and may be billed twice."""
        courses = list(self._under_way.values())
        for course in courses:
            course.cancel()
        await asyncio.gather(*courses, return_exceptions=True)

    def _landed(self, key: str, course: asyncio.Task[Reply]) -> None:
        del self._under_way[key]
        if not course.cancelled():
            course.exception()  # Nobody may be waiting any more; asyncio would complain at exit.


def _shared(reply: Reply) -> Reply:
    """The reply for a caller who did not pay for it: the other one has the bill."""
    return replace(reply, cached=True, charges=tuple(replace(each, replayed=True) for each in reply.charges))
