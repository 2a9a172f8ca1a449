"""Hostile calls in the process of a running `copilot serve`, while the embedded model generates beside it.

The process is the command itself in a home of its own. One thread of it has the model of the product started, as a
child on all cores, and keeps it generating on two slots; another makes the calls, as a thread that serves a page
would; and pages are asked for from outside all the time.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from itertools import islice
from pathlib import Path

import platformdirs
from pydantic import BaseModel

from benchmarks.checkers.bombs import Taken, calls, warm
from copilot.cli.main import app
from copilot.llm.ask import Request
from copilot.llm.embedded.lane import embedded_lane
from copilot.llm.openai_lane import OpenAILane
from copilot.model import Message

SLOTS = 2
START_SECONDS, PATIENCE = 180.0, 240.0
PROMPT = "Count from one to a thousand in words, and explain each number."


class Text(BaseModel):
    """What the model is asked for."""

    response: str


class NotServed(Exception):
    """It could not be measured; the text says why."""


def served(most: int) -> tuple[list[Taken], list[str]]:
    """What at most so many calls took, and their kinds."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        port = _free_port()
        command = [sys.executable, "-m", "benchmarks.checkers.served", str(told), str(most), str(port)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as serving:
            pages = _visited(serving, port)
        if not told.exists():
            raise NotServed(f"the server ended with status {serving.returncode}")
        found = json.loads(told.read_text(encoding="utf-8"))
    if "error" in found:
        raise NotServed(str(found["error"]))
    print(f"Under `copilot serve`: {pages} pages were answered and {found['replies']} replies generated meanwhile.")
    return [(clock, processor) for clock, processor in found["taken"]], found["kinds"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _visited(serving: subprocess.Popen[bytes], port: int) -> int:
    """How many pages were answered until the server ended by itself, or was ended because it takes too long."""
    pages, ends = 0, time.monotonic() + START_SECONDS + 2 * PATIENCE
    while serving.poll() is None:
        if time.monotonic() > ends:
            serving.kill()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=10) as page:
                pages += bool(page.read())
        except (OSError, urllib.error.URLError):
            pass
        time.sleep(0.05)
    return pages


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
