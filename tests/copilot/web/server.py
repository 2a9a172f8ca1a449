"""`copilot serve` as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

TOP = Path(__file__).parents[3]
COMMAND = (
    "import sys, typer; from copilot.cli.serve import serve; from copilot.cli.printing import tell\n"
    "from copilot.errors import CopilotError\n"
    "app = typer.Typer(); app.command()(serve)\n"
    "try:\n    app()\n"
    "except CopilotError as error:\n    tell(error); sys.exit(2)\n"
)


def start(home: Path, *options: str) -> subprocess.Popen[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("COPILOT_")}
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "--home", str(home), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home.parent,
        env={**known, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(TOP)},
    )


@contextmanager
def serving(home: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str, str | None]]:
    """A running server, its address, and the set-up link if it printed one."""
    process = start(home, "--port", "0", *options)
    try:
        assert process.stdout
        told = []
        for line in process.stdout:
            told.append(line)
            if "Ctrl+C" in line:
                break
        text = "".join(told)
        address = re.search(r"is open at (\S+)/\n", text)
        assert address, process.communicate(timeout=10)
        link = re.search(r"^  (http\S+)$", text, re.MULTILINE)
        wait_for(address[1])
        yield process, address[1], link[1] if link else None
    finally:
        process.kill()
        process.wait(timeout=10)
        for stream in (process.stdout, process.stderr):
            assert stream
            stream.close()


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            if httpx.get(f"{address}/healthz").text == "ok\n":
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server did not answer")
