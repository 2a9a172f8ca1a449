"""The process of `served`: the command, the model beside it, and the calls."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
from itertools import islice
from pathlib import Path

import platformdirs
from pydantic import BaseModel

from benchmarks.checkers.bombs import Taken, calls, warm
from benchmarks.checkers.served import PATIENCE, START_SECONDS
from copilot.cli.main import app
from copilot.llm.ask import Request
from copilot.llm.embedded.lane import embedded_lane
from copilot.llm.openai_lane import OpenAILane
from copilot.model import Message

SLOTS = 2
PROMPT = "Count from one to a thousand in words, and explain each number."


class Text(BaseModel):
    """What the model is asked for."""

    response: str


def _measured(told: Path, most: int) -> None:
    try:
        said = asyncio.run(_beside_the_model(most))
    except Exception as error:  # noqa: BLE001  (whatever it was is told in the report)
        said = {"error": f"{type(error).__name__}: {error}"}
    told.write_text(json.dumps(said), encoding="utf-8")
    os.kill(os.getpid(), signal.SIGTERM)


async def _beside_the_model(most: int) -> dict[str, object]:
    cache = Path(os.environ.get("COPILOT_CACHE") or platformdirs.user_cache_dir("copilot", appauthor=False))
    async with embedded_lane(cache=cache, slots=SLOTS, environ=os.environ) as lane:
        made = asyncio.Queue[None]()
        generating = [asyncio.create_task(_generate(lane, made)) for _ in range(SLOTS)]
        await asyncio.wait_for(made.get(), START_SECONDS)
        taken, kinds = await asyncio.to_thread(_made, most)
        for each in generating:
            each.cancel()
        return {"taken": taken, "kinds": kinds, "replies": made.qsize() + 1}


async def _generate(lane: OpenAILane, made: asyncio.Queue[None]) -> None:
    while True:
        await lane.attempt(Request("embedded", (Message("user", PROMPT),), Text, max_tokens=200), ())
        made.put_nowait(None)


def _made(most: int) -> tuple[list[Taken], list[str]]:
    warm()
    taken: list[Taken] = []
    kinds: list[str] = []
    ends = time.monotonic() + PATIENCE
    for kind, call in islice(calls(), most):
        if time.monotonic() > ends:
            break
        kinds.append(kind)
        taken.append(call())
    return taken, kinds


def main() -> None:
    """Serve and measure until it is measured."""
    told, most, port = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    threading.Thread(target=_measured, args=(told, most), daemon=True).start()
    app(["serve", "--home", str(told.with_name("home")), "--port", port])


if __name__ == "__main__":
    main()
