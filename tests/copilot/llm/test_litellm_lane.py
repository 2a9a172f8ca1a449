"""litellm's providers are asked one call at a time, priced by its list, and failures mean what they mean elsewhere."""

from __future__ import annotations

import json
import logging
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


async def test_it_is_remembered_like_any_other(home: Path) -> None:
    async with provider(says(GOOD)) as server:
        for _ in range(2):
            async with open_model("hosted_vllm/fake-1", home=home, api_base=server.url, environ={}) as model:
                reply = await model.ask(request())
                pieces = [piece async for piece in model.stream(request())]

    assert reply.cached
    assert pieces == [GOOD]
    assert len(server.asked) == 1
