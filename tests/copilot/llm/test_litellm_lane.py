"""litellm's providers are asked one call at a time, priced by its list, and failures mean what they mean elsewhere."""

from __future__ import annotations

import gzip
import json
import logging
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from copilot.errors import CopilotError
from copilot.llm import failures
from copilot.llm.attempt import Outcome, judge
from copilot.llm.lanes import open_model
from copilot.llm.litellm_lane import LiteLLMLane
from copilot.llm.prices import listed
from copilot.model import Usage
from tests.copilot.llm.asking import GOOD, KEY, WRONG_SHAPE, Shape, request
from tests.copilot.llm.provider import Answer, Script, exactly, fails, provider, says


@asynccontextmanager
async def lane(url: str, *, name: str = "hosted_vllm/fake-1", seconds: float = 20.0) -> AsyncIterator[LiteLLMLane]:
    made = LiteLLMLane(name=name, identity=name, api_base=url, api_key=KEY, seconds=seconds)
    yield made
    await made.close()


async def test_a_reply_comes_through_with_its_usage_and_without_a_price_nobody_knows() -> None:
    async with provider(says(GOOD)) as server, lane(server.url) as model:
        made = await model.attempt(request(), ())

    assert judge(made, Shape).value == Shape(answer="7")
    assert (made.usage, made.cost) == (Usage(11, 7), None)
    assert len(server.asked) == 1


async def test_a_known_model_is_priced_by_the_list() -> None:
    async with (
        provider(says(GOOD, model="deepseek-chat")) as server,
        lane(server.url, name="deepseek/deepseek-chat") as model,
    ):
        made = await model.attempt(request(), ())

    assert made.cost is not None
    assert Decimal(0) < made.cost < Decimal("0.001")
    assert await listed("gpt-4o-mini")(Usage(1_000_000, 1_000_000)) == Decimal("0.75")
    assert await listed("no-such-model")(Usage(1, 1)) is None


CLAUDE = {
    "id": "message-1",
    "type": "message",
    "role": "assistant",
    "model": "claude-sonnet-4-5",
    "content": [{"type": "text", "text": GOOD}],
    "stop_reason": "end_turn",
    "usage": {"input_tokens": 11, "output_tokens": 7},
}
GEMINI = {
    "candidates": [{"content": {"role": "model", "parts": [{"text": GOOD}]}, "finishReason": "STOP"}],
    "usageMetadata": {"promptTokenCount": 11, "candidatesTokenCount": 7, "totalTokenCount": 18},
}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("anthropic/claude-sonnet-4-5", CLAUDE, id="anthropic"),
        pytest.param("gemini/gemini-2.5-flash", GEMINI, id="gemini"),
    ],
)
async def test_providers_with_a_dialect_of_their_own_are_told_the_shape_and_understood(
    name: str, said: dict[str, object]
) -> None:
    script = exactly(Answer(json.dumps(said).encode()))
    async with provider(script) as server, lane(server.url, name=name) as model:
        made = await model.attempt(request(), ())

    assert (made.raw, made.usage, made.refused) == (GOOD, Usage(11, 7), False)
    assert made.cost
    assert '"required": ["answer"]' in json.dumps(server.asked[0].body)


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        (says(WRONG_SHAPE), Outcome.MISFIT),
        (says(GOOD, finish="length"), Outcome.CUT_OFF),
        (says('{"answer": "'), Outcome.MISFIT),
    ],
)
async def test_a_billed_reply_is_kept_whatever_it_is(script: Script, outcome: Outcome) -> None:
    async with provider(script) as server, lane(server.url) as model:
        made = await model.attempt(request(), ())

    assert judge(made, Shape).outcome is outcome
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (fails(429, retry_after="7"), failures.RateLimited),
        (fails(500), failures.ServerFailed),
        (fails(503), failures.ServerFailed),
        (fails(400), failures.BadRequest),
        (fails(401), CopilotError),
        (fails(404), CopilotError),
        (exactly(Answer(b"{" * 99, hang_up=True)), failures.ServerFailed),
    ],
)
async def test_a_failure_is_of_its_kind_and_tells_no_secret(
    script: Script, kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with provider(script) as server, lane(server.url) as model:
        with pytest.raises(kind) as caught:
            await model.attempt(request("a secret prompt"), ())

    assert len(server.asked) == 1
    told = caplog.text + repr(caught.value)
    assert KEY not in told
    assert "secret prompt" not in told


async def test_a_server_that_says_nothing_times_out() -> None:
    async with provider(says(GOOD, wait=30)) as server, lane(server.url, seconds=1.0) as model:
        with pytest.raises(failures.TimedOut):
            await model.attempt(request(), ())


async def test_a_server_that_is_not_there_is_not_reachable() -> None:
    async with provider(says(GOOD)) as server:
        url = server.url
    async with lane(url) as model:
        with pytest.raises(failures.NotReachable):
            await model.attempt(request(), ())


@pytest.mark.parametrize("name", ["anthropic/claude-sonnet-4-5", "hosted_vllm/fake-1"])
async def test_a_connection_that_breaks_is_not_made_again_behind_our_back(name: str) -> None:
    script = exactly(Answer(b"{" * 99, hang_up=True))
    async with provider(script) as server, lane(server.url, name=name) as model:
        with pytest.raises(failures.ServerFailed):
            await model.attempt(request(), ())

    assert len(server.asked) == 1


async def test_it_is_remembered_like_any_other(home: Path) -> None:
    async with provider(says(GOOD)) as server:
        for _ in range(2):
            async with open_model("hosted_vllm/fake-1", home=home, api_base=server.url, environ={}) as model:
                reply = await model.ask(request())
                pieces = [piece async for piece in model.stream(request())]

    assert reply.cached
    assert pieces == [GOOD]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "name", ["anthropic/claude-sonnet-4-5", "gemini/gemini-2.5-flash", "azure/fake-1", "hosted_vllm/fake-1"]
)
async def test_a_redirect_leads_no_key_elsewhere(name: str) -> None:
    async with provider(says(GOOD)) as other:
        elsewhere = Answer(status=307, headers=(("location", f"{other.url}/x"),), paid=False)
        async with provider(exactly(elsewhere)) as server, lane(server.url, name=name) as model:
            with pytest.raises((failures.NoReply, CopilotError)):
                await model.attempt(request(), ())

        assert len(server.asked) == 1
        assert not other.asked


@pytest.mark.parametrize("name", ["anthropic/claude-sonnet-4-5", "hosted_vllm/fake-1"])
async def test_a_bomb_is_not_unpacked(name: str) -> None:
    bomb = gzip.compress(b'{"x": "' + b"a" * 64 * 2**20 + b'"}')
    answer = Answer(bomb, headers=(("content-type", "application/json"), ("content-encoding", "gzip")))
    async with provider(exactly(answer)) as server, lane(server.url, name=name) as model:
        tracemalloc.start()
        try:
            made = await model.attempt(request(), ())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert (made.raw, made.reckoned) == ("", True)
    assert peak < 40 * 2**20
