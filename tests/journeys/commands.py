"""Runs `copilot` as its users do: a process of its own, in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.copilot.llm.provider import Provider, Script, provider

COPILOT = [sys.executable, "-m", "copilot.cli.main"]


def environ(**more: str) -> dict[str, str]:
    """This process's environment without what would steer the command or reach a provider."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COPILOT_", "OPENAI_"))}
    cache = {name: os.environ[name] for name in ("COPILOT_CACHE",) if name in os.environ}
    return {**kept, **cache, **more}


def copilot(*words: str | Path, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The finished command with what it printed."""
    return subprocess.run(
        [*COPILOT, *map(str, words)],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environ(**more),
        check=False,
        timeout=300,
    )


def started(*words: str | Path, folder: Path, **more: str) -> subprocess.Popen[bytes]:
    """The command under way; nobody reads what it prints."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*COPILOT, *map(str, words)], cwd=folder, env=environ(**more), **quiet)  # type: ignore[call-overload,no-any-return]


@contextmanager
def providing(script: Script) -> Iterator[Provider]:
    """A provider that runs beside the test, on a thread of its own."""
    ready, stop, box = threading.Event(), threading.Event(), list[Provider]()

    async def serve() -> None:
        async with provider(script) as running:
            box.append(running)
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait(10)
    try:
        yield box[0]
    finally:
        stop.set()
        thread.join(10)
