"""The embedded model as a lane: its server is started on entry and ended on exit."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from copilot.errors import CopilotError
from copilot.llm.bounded_http import TOTAL_SECONDS
from copilot.llm.embedded import server as child
from copilot.llm.embedded.weights import SMOLLM2, weights
from copilot.llm.one_call import ReplyMode
from copilot.llm.openai_lane import OpenAILane, Server
from copilot.llm.prices import free

NAME = "embedded"
ALIAS = "smollm2-135m-instruct"
IDENTITY = f"{NAME}:{ALIAS}:{SMOLLM2.sha256[:16]}"
MOST_SLOTS = 4
CONTEXT = 4096
"""Tokens of prompt and reply together, per slot."""
REPEAT_PENALTY = 1.05
"""So small a model else falls into endless repetition: half of its replies then run into the token limit."""
START_SECONDS = 120.0
_STOP_SECONDS = 5.0
_LAST_WORDS = 4096
# Nothing else of the environment reaches the child: above all no provider's key.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")


@asynccontextmanager
async def embedded_lane(
    *, cache: Path, slots: int, environ: Mapping[str, str], start_seconds: float = START_SECONDS
) -> AsyncIterator[OpenAILane]:
    """A lane to the embedded model; a child that dies is not started anew behind anybody's back."""
    path = await asyncio.to_thread(weights, cache, environ=environ)
    key = secrets.token_urlsafe(32)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        child.__file__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={name: environ[name] for name in _PASSED_ON if name in environ},
    )
    try:
        address = await _started(process, _settings(path, key=key, slots=slots), seconds=start_seconds)
        talk = asyncio.create_task(_drain(process))
        lane = OpenAILane(
            name=NAME,
            model=ALIAS,
            server=Server(f"{address}/v1", key, ReplyMode.JSON_SCHEMA, free),
            identity=IDENTITY,
            silence=TOTAL_SECONDS,
        )
        try:
            yield lane
        finally:
            talk.cancel()
            await lane.close()
    finally:
        await _end(process)


def _settings(path: Path, *, key: str, slots: int) -> dict[str, Any]:
    return {
        "key": key,
        "weights": str(path),
        "alias": ALIAS,
        "slots": min(max(slots, 1), MOST_SLOTS),
        "context": CONTEXT,
        # One core is left for the checks and whoever else works here.
        "threads": max(1, (os.cpu_count() or 2) - 1),
        "repeat_penalty": REPEAT_PENALTY,
    }


async def _started(process: asyncio.subprocess.Process, settings: dict[str, Any], *, seconds: float) -> str:
    """The server's address, once it answers."""
    if process.stdin is None or process.stdout is None:
        raise AssertionError("the child was started with pipes")
    try:
        async with asyncio.timeout(seconds):
            process.stdin.write(json.dumps(settings).encode() + b"\n")
            await process.stdin.drain()
            said = await process.stdout.readline()
            address = str(json.loads(said)["address"])
            await _answers(address)
            return address
    except TimeoutError:
        raise _not_started(f"it did not answer within {seconds:.0f} s") from None
    except (ValueError, KeyError, OSError) as error:
        raise _not_started(await _last_words(process)) from error


async def _answers(address: str) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=5.0) as http:
        while (await http.get(f"{address}/health")).status_code != 200:
            await asyncio.sleep(0.05)


async def _drain(process: asyncio.subprocess.Process) -> None:
    """What the child says while it serves goes nowhere: a full pipe would stop it, and it may quote prompts."""
    if process.stderr is not None:
        while await process.stderr.read(2**16):
            pass


async def _last_words(process: asyncio.subprocess.Process) -> str:
    """Why the child ended; it has seen no prompt yet."""
    said = b""
    if process.stderr is not None:
        process.kill()
        said = (await process.stderr.read(_LAST_WORDS * 16))[-_LAST_WORDS:]
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "it ended without a word"


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _not_started(why: str) -> CopilotError:
    return CopilotError(
        f"the embedded model's server did not start ({why})",
        hint="run the command again; if it fails again, use another --model",
    )
