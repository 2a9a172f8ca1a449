"""Finds a Chromium: named, on the PATH, or installed once when this machine lets us."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
HINT = "set COPILOT_CHROMIUM to a Chromium or Chrome, or install one: apt-get install chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """The path of the browser; without one a RuntimeError that says what to do. Never a reason to skip."""
    named = os.environ.get("COPILOT_CHROMIUM")
    if named:
        if os.access(named, os.X_OK):
            return named
        raise RuntimeError(f"COPILOT_CHROMIUM is {named!r}, which cannot be run; {HINT}")
    found = _on_path() or _installed()
    if found is None:
        raise RuntimeError(f"the browser tests need a Chromium; {HINT}")
    return found


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _installed() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    with (Path(tempfile.gettempdir()) / "copilot-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test workers may get here at once
        if _on_path() is None:
            quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "check": False, "timeout": 600}
            subprocess.run(["apt-get", "update", "-q"], **quiet)  # type: ignore[call-overload]
            subprocess.run(["apt-get", "install", "-qy", "--no-install-recommends", "chromium"], **quiet)  # type: ignore[call-overload]
        return _on_path()
