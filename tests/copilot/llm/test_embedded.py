"""The embedded model really runs, keeps to shapes, and is nobody's but ours. Its words are not tested."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import httpx
import platformdirs
import pytest
from pydantic import BaseModel, ConfigDict, Field

from copilot.errors import CopilotError
from copilot.llm.ask import Request
from copilot.llm.attempt import Outcome, judge
from copilot.llm.embedded.lane import embedded_lane
from copilot.llm.failures import BadRequest
from copilot.llm.lanes import open_model
from copilot.llm.openai_lane import OpenAILane
from copilot.model import Message

pytestmark = pytest.mark.model

ENVIRON = {**os.environ, "OPENAI_API_KEY": "sk-canary"}
CACHE = Path(os.environ.get("COPILOT_CACHE") or platformdirs.user_cache_dir("copilot", appauthor=False))
TOP = Path(__file__).parents[3]


class Step(BaseModel):
    """One step."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1, max_length=400)]


class Chain(BaseModel):
    """Steps and an answer, as large as the product asks for."""

    model_config = ConfigDict(extra="forbid")
    steps: Annotated[list[Step], Field(min_length=1, max_length=12)]
    answer: Annotated[str, Field(min_length=1, max_length=200)]


class Text(BaseModel):
    """One long text."""

    response: Annotated[str, Field(min_length=1, max_length=6000)]


class Short(BaseModel):
    """A text that a model of its own will would not keep to."""

    story: Annotated[str, Field(min_length=5, max_length=20)]
    words: Annotated[list[Annotated[str, Field(max_length=4)]], Field(min_length=2, max_length=3)]


@asynccontextmanager
async def embedded() -> AsyncIterator[OpenAILane]:
    async with embedded_lane(cache=CACHE, slots=2, environ=ENVIRON) as lane:
        yield lane


def request(prompt: str, shape: type[BaseModel], *, max_tokens: int = 200) -> Request:
    return Request("embedded", (Message("user", prompt),), shape, max_tokens=max_tokens)


async def test_replies_keep_to_the_shapes_and_bounds_that_were_asked_for() -> None:
    asked = [
        request("What is 3 + 4? Answer in short steps.", Chain),
        request("Describe a cat in one sentence.", Text),
        request("Tell me a long story about a dragon.", Short),
    ]
    async with embedded() as lane:
        made = await asyncio.gather(*[lane.attempt(each, ()) for each in asked])

    for each, attempt in zip(asked, made, strict=True):
        assert judge(attempt, each.shape).outcome in {Outcome.FITS, Outcome.CUT_OFF}
        assert attempt.cost == Decimal(0)
        assert 0 < attempt.usage.output_tokens <= 200
        assert not attempt.reckoned
    assert judge(made[2], Short).outcome is Outcome.FITS


async def test_a_reply_that_runs_into_the_limit_is_cut_off_and_no_draft() -> None:
    async with embedded() as lane:
        made = await lane.attempt(request("Count from 1 to 100 in words.", Text, max_tokens=8), ())

    assert judge(made, Text).outcome is Outcome.CUT_OFF


async def test_a_prompt_longer_than_its_window_fails_alone() -> None:
    async with embedded() as lane:
        with pytest.raises(BadRequest):
            await lane.attempt(request("word " * 20_000, Text), ())
        assert (await lane.attempt(request("Say yes.", Short), ())).raw


async def test_it_is_remembered_over_runs(home: Path) -> None:
    for _ in range(2):
        async with open_model("embedded", home=home, environ=ENVIRON, cache_dir=CACHE, concurrency=2) as model:
            reply = await model.ask(request("Say yes.", Short))

    assert reply.cached
    assert reply.model == "smollm2-135m-instruct"


async def test_nobody_without_the_key_and_no_other_page_can_use_it() -> None:
    body = {"messages": [{"role": "user", "content": "hi"}], "max_tokens": 1}
    async with embedded() as lane, httpx.AsyncClient(trust_env=False) as http:
        address = lane.server.base_url.removesuffix("/v1")
        key = {"authorization": f"Bearer {lane.server.api_key}"}
        foreign = {"origin": "http://evil.example"}
        chat = f"{address}/v1/chat/completions"
        without = await http.post(chat, json=body)
        wrong = await http.post(chat, json=body, headers={"authorization": "Bearer no"})
        page = await http.post(chat, content=b'{"messages":[]}', headers={"content-type": "text/plain", **foreign})
        preflight = await http.options(chat, headers={**foreign, "access-control-request-method": "POST"})
        # llama.cpp answers GET /props to whoever has the key; what can be switched off is changing them.
        hidden = [await http.get(f"{address}/{path}") for path in ("slots", "props", "metrics", "v1/models")]
        off = [await http.get(f"{address}/{path}", headers=key) for path in ("slots", "metrics", "tools")]
        off.append(await http.post(f"{address}/props", json={}, headers=key))
        front = await http.get(address)
        allowed = await http.post(chat, json=body, headers=key)

    assert address.startswith("http://127.0.0.1:")
    assert [without.status_code, wrong.status_code, page.status_code] == [401, 401, 401]
    assert all(each.headers.get("access-control-allow-origin") != foreign["origin"] for each in (page, preflight))
    assert "*" not in {each.headers.get("access-control-allow-origin") for each in (page, preflight)}
    assert {each.status_code for each in hidden} == {401}
    assert {each.status_code for each in off} <= {403, 404, 501}
    assert front.status_code == 404
    assert allowed.status_code == 200


async def test_no_key_is_in_the_command_line_or_the_environment_of_the_child() -> None:
    async with embedded() as lane:
        (child,) = children_of(os.getpid())
        seen = Path(f"/proc/{child}/cmdline").read_bytes() + Path(f"/proc/{child}/environ").read_bytes()

    assert b"server.py" in seen
    assert lane.server.api_key.encode() not in seen
    assert b"canary" not in seen
    assert lane.server.api_key not in repr(lane.server)
    assert not Path(f"/proc/{child}").exists()


async def test_a_child_that_does_not_answer_in_time_is_ended_and_told() -> None:
    with pytest.raises(CopilotError, match="did not start"):
        async with embedded_lane(cache=CACHE, slots=1, environ=ENVIRON, start_seconds=0.01):
            pass

    assert not children_of(os.getpid())


async def test_it_leaves_the_cores_to_others_first() -> None:
    async with embedded():
        (child,) = children_of(os.getpid())

        assert os.getpriority(os.PRIO_PROCESS, child) > os.getpriority(os.PRIO_PROCESS, 0)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_the_child_dies_with_its_parent(how: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(CACHE)], cwd=TOP, stdout=subprocess.PIPE, text=True, env=ENVIRON
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "up\n"
    (child,) = children_of(parent.pid)
    parent.send_signal(how)
    parent.wait(10)
    parent.stdout.close()

    async with asyncio.timeout(5):
        while alive(child):
            await asyncio.sleep(0.02)


_PARENT = """
import asyncio, os, sys
from pathlib import Path
from copilot.llm.embedded.lane import embedded_lane

async def run() -> None:
    async with embedded_lane(cache=Path(sys.argv[1]), slots=1, environ=os.environ):
        print("up", flush=True)
        await asyncio.sleep(60)

asyncio.run(run())
"""


def children_of(pid: int) -> list[int]:
    """Running children that are model servers."""
    said = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    found = [int(child) for line in said for child in line.split()]
    return [child for child in found if b"embedded/server.py" in Path(f"/proc/{child}/cmdline").read_bytes()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
