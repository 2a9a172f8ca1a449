"""The one retry loop: which failure is worth another attempt, how long to wait, and when to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from copilot.llm import failures
from copilot.llm.ask import Reply, Request
from copilot.llm.attempt import Attempt, Judgement, Lane, Outcome, billed, judge
from copilot.llm.failures import NoReply

TRIES = 4
"""Calls for one request at most, misfits and rate limits together."""
_BACK_OFF = wait_random_exponential(multiplier=1.0, max=60.0)
_FAILURES: dict[Outcome, tuple[type[NoReply], str]] = {
    Outcome.MISFIT: (failures.Misfit, "no reply fits the shape asked for"),
    Outcome.CUT_OFF: (failures.CutOff, "the reply was cut off at the token limit"),
    Outcome.REFUSED: (failures.RefusedByModel, "the model refused to answer"),
}


@dataclass(slots=True)
class _Course:
    """What has happened to one request so far."""

    calls: int = 0
    attempts: list[Attempt] = field(default_factory=list)

    def no_reply(self, attempt: Attempt, judgement: Judgement) -> NoReply:
        kind, what = _FAILURES[judgement.outcome]
        detail = f": {judgement.complaint}" if judgement.outcome is Outcome.MISFIT else ""
        return self.charged(kind(f"{what}{detail}", last_reply=attempt.raw))

    def charged(self, failure: NoReply) -> NoReply:
        """The failure, with everything billed for the request so far."""
        failure.bill = billed(self.attempts, calls=self.calls)
        if failure.last_reply is None and self.attempts:
            failure.last_reply = self.attempts[-1].raw
        return failure

    def reply(self, attempt: Attempt, judgement: Judgement) -> Reply:
        if judgement.value is None:
            raise self.no_reply(attempt, judgement)
        bill = billed(self.attempts, calls=self.calls)
        return Reply(
            value=judgement.value,
            raw=attempt.raw,
            usage=bill.usage,
            cost=bill.cost,
            finish=attempt.finish,
            attempts=bill.attempts,
            model=attempt.model,
            cached=attempt.replayed,
            charges=bill.charges,
        )


class Retrying:
    """A model that asks a lane until a reply fits.

    A slot is held only while a call is out, never while waiting. Rate limits, server errors and time-outs back off
    with jitter and honour Retry-After; a reply that does not fit is asked for again at once, with what was wrong.
    """

    def __init__(
        self,
        lane: Lane,
        *,
        slots: asyncio.Semaphore,
        tries: int = TRIES,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = lane.name
        self.identity = lane.identity
        self._lane = lane
        self._slots = slots
        self._tries = tries
        self._sleep = sleep

    async def ask(self, request: Request) -> Reply:
        """The first reply that fits; raises a `NoReply` with the whole bill, or what ends the run."""
        course = _Course()
        try:
            async for attempt in self._loop():
                with attempt:
                    return await self._once(request, course)
        except failures.NotReachable as failure:
            raise failures.unreachable(self.name, where=failure.where) from None
        except NoReply as failure:
            raise course.charged(failure) from None
        raise AssertionError("tenacity re-raises the last failure")

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """Pieces of the one reply; raises after the last piece when the whole does not fit. Never asks twice."""
        course = _Course(calls=1)
        async with self._slots:
            async for piece in self._lane.stream(request):
                if isinstance(piece, str):
                    yield piece
                    continue
                course.attempts.append(piece)
                course.reply(piece, judge(piece, request.shape))

    def _loop(self) -> AsyncRetrying:
        return AsyncRetrying(
            stop=stop_after_attempt(self._tries),
            wait=seconds_to_wait,
            retry=retry_if_exception(worth_another_call),
            sleep=self._sleep,
            reraise=True,
        )

    async def _once(self, request: Request, course: _Course) -> Reply:
        async with self._slots:
            course.calls += 1
            attempt = await self._lane.attempt(request, tuple(course.attempts))
        course.attempts.append(attempt)
        return course.reply(attempt, judge(attempt, request.shape))


def worth_another_call(error: BaseException) -> bool:
    """A misfit and a cut-off reply may come out better, a transient failure may pass; nothing else is repeated."""
    return isinstance(error, failures.Misfit | failures.CutOff) or (isinstance(error, NoReply) and error.transient)


def seconds_to_wait(state: RetryCallState) -> float:
    """None after a misfit; what the provider asked for, with jitter on top; else an exponential back-off."""
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, NoReply) or not error.transient:
        return 0.0
    if isinstance(error, failures.RateLimited) and error.retry_after is not None:
        # Everybody was told the same moment: the jitter keeps them from arriving together, the cap still holds.
        return min(error.retry_after + min(_BACK_OFF(state), 2.0), failures.LONGEST_WAIT)
    return _BACK_OFF(state)
