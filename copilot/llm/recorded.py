"""A lane around a lane that pays for each attempt once: what is on record is replayed, the rest is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

from copilot.errors import CopilotError
from copilot.llm.ask import Request
from copilot.llm.attempt import Attempt, Lane, Outcome, judge
from copilot.llm.failures import NoReply
from copilot.llm.journal import Journal


class Recorded:
    """The attempts of a request in a fixed order: number n is the record's, or else is made and recorded.

    A re-ask depends on the reply before it only, so a replayed course asks what the first one asked. A call that
    failed unbilled leaves no attempt and is made again.
    """

    def __init__(self, lane: Lane, journal: Journal, *, tries: int, retry_failed: bool = False) -> None:
        """`retry_failed` pays once more, in this process, for requests whose `tries` attempts are used up."""
        self.name = lane.name
        self.identity = lane.identity
        self._lane = lane
        self._journal = journal
        self._tries = tries
        self._retry_failed = retry_failed
        self._renewed: set[str] = set()

    async def attempt(self, request: Request, before: tuple[Attempt, ...]) -> Attempt:
        """The attempt that follows `before`: from the record, or billed now and durable before it is returned."""
        key = self.key(request)
        if not before:
            await self._renew_if_spent(key, request)
        kept = await self._journal.attempts(key)
        if len(kept) > len(before):
            return kept[len(before)]
        await self._journal.intend(key, len(before))
        try:
            made = await self._lane.attempt(request, before)
        except (NoReply, CopilotError) as failure:
            await self._journal.unanswered(key, len(before), type(failure).__name__)
            raise
        await self._journal.keep(key, len(before), made)
        return made

    async def stream(self, request: Request) -> AsyncIterator[str | Attempt]:
        """The recorded reply in one piece, or the lane's pieces; the whole is durable before it is yielded last."""
        key = self.key(request)
        kept = await self._journal.attempts(key)
        if kept:
            yield kept[-1].raw
            yield kept[-1]
            return
        await self._journal.intend(key, 0)
        try:
            async for piece in self._lane.stream(request):
                if isinstance(piece, Attempt):
                    await self._journal.keep(key, 0, piece)
                yield piece
        except (NoReply, CopilotError) as failure:
            await self._journal.unanswered(key, 0, type(failure).__name__)
            raise

    def key(self, request: Request) -> str:
        """The request's key, tied to the model and address it goes to."""
        return hashlib.sha256(f"{self.identity}\n{request.key}".encode()).hexdigest()

    async def _renew_if_spent(self, key: str, request: Request) -> None:
        if not self._retry_failed or key in self._renewed:
            return
        self._renewed.add(key)
        kept = await self._journal.attempts(key)
        verdicts = [judge(attempt, request.shape).outcome for attempt in kept]
        spent = len(kept) >= self._tries or Outcome.REFUSED in verdicts
        if spent and Outcome.FITS not in verdicts:
            await self._journal.renew(key)
