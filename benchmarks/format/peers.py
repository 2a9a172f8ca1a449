"""The process of the reference checkers, and the data that they read."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.checkers.peer import NoPeers

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".venv-references"
SCRIPT = Path(__file__).with_name("references.py")


class Peers:
    """Answers one job after another; ends with the block that it is used in."""

    def __init__(self) -> None:
        python = PLACE / "bin" / "python"
        if not python.exists():
            raise NoPeers("the environment of the reference checkers, .venv-references, is not there")
        clean = {"PATH": os.defpath, "NLTK_DATA": str(PLACE / "nltk_data"), "PYTHONHASHSEED": "0"}
        self._process = subprocess.Popen(
            [str(python), str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=clean,
        )

    def __enter__(self) -> Peers:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, *job: Any) -> Any:
        """What the references say; raises NoPeers when their process has ended."""
        if self._process.stdin is None or self._process.stdout is None:
            raise NoPeers("the reference checkers have no pipes")
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise NoPeers(f"the reference checkers ended at {job[0]!r}: see requirements/references.txt")
        return json.loads(line)
