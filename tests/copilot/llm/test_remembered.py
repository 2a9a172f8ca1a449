"""Nothing is paid twice: equal requests, re-asks, restarts, kill -9."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from copilot.errors import Conflict
from copilot.llm import failures
from copilot.llm.journal import FileJournal
from copilot.model import Usage
from tests.copilot.llm.asking import GOOD, WRONG_SHAPE, Shape, remembering, request
from tests.copilot.llm.provider import Asked, Provider, Script, fails, in_turn, provider, says

PROMPTS = 24
TOP = Path(__file__).parents[3]


async def test_a_paid_answer_is_given_again_without_asking(home: Path) -> None:
    async with provider(says(GOOD)) as server:
        async with remembering(server.url, home) as model:
            first = await model.ask(request())
        async with remembering(server.url, home) as model:
            second = await model.ask(request())
            third = await model.ask(request())
            assert model.resumed.kept == 1

    assert len(server.asked) == 1
    assert (first.cached, second.cached, third.cached) == (False, True, True)
    assert first == replace(second, cached=False)
    assert second.value == Shape(answer="7")


async def test_another_sample_prompt_or_limit_is_another_request(home: Path) -> None:
    async with provider(says(GOOD)) as server, remembering(server.url, home) as model:
        for asked in [request(), request(sample=1), request("other"), request(max_tokens=9)]:
            assert not (await model.ask(asked)).cached

    assert len(server.asked) == 4


async def test_equal_requests_at_the_same_time_are_asked_once(home: Path) -> None:
    async with provider(says(GOOD, wait=0.1)) as server, remembering(server.url, home) as model:
        replies = await asyncio.gather(*[model.ask(request()) for _ in range(20)])

    assert len(server.asked) == 1
    assert sum(not reply.cached for reply in replies) == 1


async def test_a_caller_that_gives_up_does_not_waste_what_is_being_paid(home: Path) -> None:
    async with provider(says(GOOD, wait=0.2)) as server, remembering(server.url, home) as model:
        caller = asyncio.create_task(model.ask(request()))
        while not server.asked:
            await asyncio.sleep(0.01)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        reply = await model.ask(request())

    assert reply.value == Shape(answer="7")
    assert len(server.asked) == 1


async def test_no_more_calls_are_out_than_allowed(home: Path) -> None:
    async with provider(says(GOOD, wait=0.02)) as server, remembering(server.url, home, concurrency=3) as model:
        await asyncio.gather(*[model.ask(request(f"prompt {n}")) for n in range(20)])

    assert server.most_out == 3


async def test_the_bill_of_a_misfit_is_remembered_with_the_answer(home: Path) -> None:
    async with provider(in_turn(says(WRONG_SHAPE), fails(500), says(GOOD))) as server:
        async with remembering(server.url, home) as model:
            first = await model.ask(request())
        async with remembering(server.url, home) as model:
            second = await model.ask(request())

    assert (first.attempts, first.usage) == (3, Usage(22, 14))
    assert (second.attempts, second.usage, second.cost) == (2, Usage(22, 14), Decimal(0))
    assert len(server.asked) == 3


async def test_a_re_ask_that_was_paid_before_a_stop_is_not_paid_again(home: Path) -> None:
    async with provider(in_turn(says(WRONG_SHAPE), fails(400))) as server:
        async with remembering(server.url, home) as model:
            with pytest.raises(failures.BadRequest):
                await model.ask(request())
        server.script = says(GOOD)
        async with remembering(server.url, home) as model:
            reply = await model.ask(request())

    assert not reply.cached
    assert reply.usage == Usage(22, 14)
    assert [len(asked.turns) for asked in server.asked] == [1, 3, 3]


@pytest.mark.parametrize(
    ("script", "kind", "paid"),
    [
        pytest.param(says(WRONG_SHAPE), failures.Misfit, 4, id="misfits"),
        pytest.param(says(GOOD, finish="length"), failures.CutOff, 4, id="cut off"),
        pytest.param(says(None, refusal="no"), failures.RefusedByModel, 1, id="refused"),
    ],
)
async def test_a_request_that_is_used_up_fails_the_same_way_at_once_and_for_nothing(
    home: Path, script: Script, kind: type[failures.NoReply], paid: int
) -> None:
    bills = []
    async with provider(script) as server:
        for _ in range(2):
            async with remembering(server.url, home) as model:
                with pytest.raises(kind) as caught:
                    await model.ask(request())
                bills.append((str(caught.value), caught.value.bill, caught.value.last_reply))

    assert bills[0] == bills[1]
    assert len(server.asked) == paid


async def test_a_request_that_is_used_up_is_paid_once_more_when_that_is_asked_for(home: Path) -> None:
    async with provider(says(WRONG_SHAPE)) as server:
        async with remembering(server.url, home) as model:
            with pytest.raises(failures.Misfit):
                await model.ask(request())
        async with remembering(server.url, home, retry_failed=True) as model:
            for _ in range(2):
                with pytest.raises(failures.Misfit):
                    await model.ask(request())
        assert len(server.asked) == 8
        server.script = says(GOOD)
        async with remembering(server.url, home, retry_failed=True) as model:
            assert not (await model.ask(request())).cached
        async with remembering(server.url, home, retry_failed=True) as model:
            assert (await model.ask(request())).cached

    assert len(server.asked) == 9


async def test_a_failure_that_cost_nothing_is_asked_again_by_the_next_run(home: Path) -> None:
    async with provider(fails(503)) as server:
        async with remembering(server.url, home) as model:
            with pytest.raises(failures.ServerFailed):
                await model.ask(request())
        server.script = says(GOOD)
        async with remembering(server.url, home) as model:
            assert (await model.ask(request())).attempts == 1


async def test_a_stream_is_recorded_and_the_record_is_streamed(home: Path) -> None:
    async with provider(says(GOOD)) as server, remembering(server.url, home) as model:
        pieces = [piece async for piece in model.stream(request())]
        again = [piece async for piece in model.stream(request())]
        reply = await model.ask(request())

    assert "".join(pieces) == GOOD
    assert again == [GOOD]
    assert reply.cached
    assert len(server.asked) == 1


async def test_a_deleted_look_up_costs_nothing(home: Path) -> None:
    async with provider(says(GOOD)) as server:
        for _ in range(2):
            async with remembering(server.url, home) as model:
                await asyncio.gather(*[model.ask(request(f"prompt {n}")) for n in range(5)])
            shutil.rmtree(home / "lookup")

    assert len(server.asked) == 5


async def start_child(server: Provider, home: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.copilot.llm.child",
        server.url,
        str(home),
        str(PROMPTS),
        cwd=TOP,
        stdout=asyncio.subprocess.PIPE,
    )


async def lines_of(child: asyncio.subprocess.Process, count: int) -> list[str]:
    assert child.stdout is not None
    said = [(await child.stdout.readline()).decode().strip() for _ in range(count)]
    return [line for line in said if line]


def misfit_first(asked: Asked, nth: int) -> Script:
    """Every third prompt needs a second attempt, so that re-asks are in the air too."""
    return says(WRONG_SHAPE, wait=0.05) if nth == 0 and int(asked.prompt) % 3 == 0 else says(GOOD, wait=0.05)


async def test_after_a_kill_at_any_time_no_answer_is_paid_twice(home: Path) -> None:
    said: list[str] = []
    async with provider(lambda asked, nth: misfit_first(asked, len(asked.turns) // 2)(asked, nth)) as server:
        for answers in (1, 6, 9):
            child = await start_child(server, home)
            said += await lines_of(child, answers + 1)
            child.kill()
            said += await lines_of(child, PROMPTS)
            assert await child.wait() == -9
            await server.quiet()
        for _ in range(2):
            child = await start_child(server, home)
            last = await lines_of(child, PROMPTS + 1)
            assert await child.wait() == 0
            said += last

    paid_now = [line for line in said if line.startswith("answer")]
    in_flight = sum(int(line.rpartition(" ")[2]) for line in said if line.startswith("in flight"))
    assert len(paid_now) == len(set(paid_now)), "an answer that counted was asked for again"
    assert sorted(last[1:]) == sorted(f"cached {n}" for n in range(PROMPTS))
    assert len(server.paid) == PROMPTS + PROMPTS // 3
    assert sum(server.paid.values()) - len(server.paid) <= in_flight <= 3 * 4


async def test_a_second_process_on_one_home_is_refused_with_the_number_of_the_first(home: Path) -> None:
    async with provider(says(GOOD, wait=30)) as server:
        child = await start_child(server, home)
        await lines_of(child, 1)
        with pytest.raises(Conflict, match=rf"process {child.pid}\)"):
            FileJournal(home)
        child.kill()
        await child.wait()
        await FileJournal(home).close()
