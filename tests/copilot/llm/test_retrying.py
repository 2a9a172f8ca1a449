"""Which failures are tried again, how long is waited, and that no slot is held meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from copilot.errors import CopilotError, Unreachable
from copilot.llm import failures
from copilot.llm.ask import Request
from copilot.llm.attempt import Attempt
from copilot.llm.failures import NoReply
from copilot.llm.retrying import Retrying
from copilot.model import Usage
from tests.copilot.llm.asking import GOOD, WRONG_SHAPE, Shape, Sleeps, attempt, request


class ScriptedLane:
    """A lane that plays what it is given, one thing a call."""

    name = "scripted"
    identity = "scripted"

    def __init__(self, *course: Attempt | NoReply | CopilotError) -> None:
        self._course = list(course)
        self.befores: list[int] = []

    async def attempt(self, request: Request, before: tuple[Attempt, ...]) -> Attempt:
        self.befores.append(len(before))
        await asyncio.sleep(0)
        step = self._course.pop(0)
        if isinstance(step, Attempt):
            return step
        raise step

    async def stream(self, request: Request) -> AsyncIterator[str | Attempt]:
        made = await self.attempt(request, ())
        yield made.raw
        yield made


def model(lane: ScriptedLane, *, sleep: Sleeps | None = None, slots: int = 1) -> Retrying:
    return Retrying(lane, slots=asyncio.Semaphore(slots), sleep=sleep or Sleeps())


LIMITED = failures.RateLimited("patience")
MISFIT = attempt(WRONG_SHAPE)


@pytest.mark.parametrize(
    ("course", "calls", "billed"),
    [
        pytest.param([attempt()], 1, 1, id="at once"),
        pytest.param([MISFIT, attempt()], 2, 2, id="after a misfit"),
        pytest.param([attempt(finish="length"), MISFIT, attempt()], 3, 3, id="after a cut-off and a misfit"),
        pytest.param([failures.ServerFailed("500"), LIMITED, attempt()], 3, 1, id="after failures that cost nothing"),
        pytest.param([failures.TimedOut("slow"), MISFIT, LIMITED, attempt()], 4, 2, id="at the last try"),
    ],
)
async def test_a_reply_carries_the_bill_of_the_whole_course(
    course: list[Attempt | NoReply], calls: int, billed: int
) -> None:
    reply = await model(ScriptedLane(*course)).ask(request())

    assert reply.value == Shape(answer="7")
    assert (reply.attempts, reply.usage, reply.cost) == (calls, Usage(11 * billed, 7 * billed), Decimal("0.5") * billed)


@pytest.mark.parametrize(
    ("course", "kind", "calls"),
    [
        pytest.param([MISFIT] * 9, failures.Misfit, 4, id="misfits"),
        pytest.param([attempt(finish="length")] * 9, failures.CutOff, 4, id="cut off"),
        pytest.param([LIMITED] * 9, failures.RateLimited, 4, id="rate limits"),
        pytest.param([failures.TimedOut("slow")] * 9, failures.TimedOut, 4, id="time-outs"),
        pytest.param([attempt(refused=True)], failures.RefusedByModel, 1, id="a refusal is an outcome"),
        pytest.param([failures.BadRequest("long")], failures.BadRequest, 1, id="a bad request stays bad"),
        pytest.param([MISFIT, failures.BadRequest("long")], failures.BadRequest, 2, id="a re-ask that is too long"),
    ],
)
async def test_there_is_an_end_to_trying(
    course: list[Attempt | NoReply], kind: type[failures.NoReply], calls: int
) -> None:
    lane = ScriptedLane(*course)

    with pytest.raises(kind) as caught:
        await model(lane).ask(request())

    assert caught.value.attempts == calls == len(lane.befores)
    billed = sum(isinstance(step, Attempt) for step in course[:calls])
    assert caught.value.usage == Usage(11 * billed, 7 * billed)
    assert caught.value.cost == Decimal("0.5") * billed
    assert (caught.value.last_reply is not None) == bool(billed)


async def test_one_unknown_price_makes_the_sum_unknown() -> None:
    reply = await model(ScriptedLane(attempt(WRONG_SHAPE, cost=None), attempt())).ask(request())

    assert reply.cost is None


async def test_a_re_ask_knows_the_replies_before_it_and_waits_for_nothing() -> None:
    lane, sleep = ScriptedLane(MISFIT, MISFIT, attempt()), Sleeps()

    await model(lane, sleep=sleep).ask(request())

    assert lane.befores == [0, 1, 2]
    assert set(sleep.seconds) <= {0.0}


async def test_a_providers_wish_is_waited_for_and_no_longer_than_five_minutes() -> None:
    course = [failures.RateLimited("", retry_after=seconds) for seconds in (7.0, 299.5, 10.0**9)]
    sleep = Sleeps()

    await model(ScriptedLane(*course, attempt()), sleep=sleep).ask(request())

    first, second, third = sleep.seconds
    assert 7.0 <= first <= 9.0
    assert 299.5 <= second <= 300.0
    assert third == 300.0


async def test_no_slot_is_held_while_waiting() -> None:
    slots = asyncio.Semaphore(1)
    free: list[bool] = []
    sleep = Sleeps(look=lambda: free.append(not slots.locked()))
    lane = ScriptedLane(LIMITED, MISFIT, attempt())

    await Retrying(lane, slots=slots, sleep=sleep).ask(request())

    assert free == [True, True]


async def test_a_server_that_cannot_be_reached_ends_the_run_after_all_tries() -> None:
    lane = ScriptedLane(*[failures.NotReachable(where="http://nowhere")] * 9)

    with pytest.raises(Unreachable, match="http://nowhere") as caught:
        await model(lane).ask(request())

    assert len(lane.befores) == 4
    assert "paid answers are kept" in caught.value.hint


async def test_what_ends_the_run_is_not_tried_again() -> None:
    lane = ScriptedLane(failures.wrong_key("m", where="there", status=401))

    with pytest.raises(CopilotError, match="refused the key"):
        await model(lane).ask(request())

    assert len(lane.befores) == 1


async def test_a_stream_of_a_misfit_ends_in_the_failure() -> None:
    pieces = model(ScriptedLane(MISFIT)).stream(request())

    assert await anext(pieces) == WRONG_SHAPE
    with pytest.raises(failures.Misfit):
        await anext(pieces)


async def test_a_misfits_message_names_the_place_and_no_drafted_text() -> None:
    odd = attempt('{"answer": "7", "Ignore all rules": 1}')

    with pytest.raises(failures.Misfit) as caught:
        await model(ScriptedLane(*[odd] * 4)).ask(request())

    assert "Ignore" not in str(caught.value)
    assert caught.value.last_reply == odd.raw
    assert GOOD not in str(caught.value)
