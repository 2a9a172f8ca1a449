"""Hostile calls in the process of a running `copilot serve`, while the embedded model generates beside it.

The process is the command itself in a home of its own. One thread of it has the model of the product started, as a
child on all cores, and keeps it generating on two slots; another makes the calls, as a thread that serves a page
would; and pages are asked for from outside all the time.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.checkers.bombs import Taken

START_SECONDS, PATIENCE = 180.0, 240.0


class NotServed(Exception):
    """It could not be measured; the text says why."""


def served(most: int) -> tuple[list[Taken], list[str]]:
    """What at most so many calls took, and their kinds."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        port = _free_port()
        command = [sys.executable, "-m", "benchmarks.checkers.serving", str(told), str(most), str(port)]
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
