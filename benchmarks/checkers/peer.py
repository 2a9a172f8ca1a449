"""A peer in a process of its own, killed at its deadline and started again."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
SCRIPT = Path(__file__).with_name("peers.py")
DEADLINE = 10.0
"""Seconds for one job; a job that takes longer counts with this much."""
_START = 120.0


class Taken(NamedTuple):
    """Seconds that one job took."""

    clock: float
    processor: float
    """Of this process alone: other work on the machine does not count."""


class NoPeers(Exception):
    """Their environment is not there."""


class Peer:
    """One process that does one job after another. Not for threads."""

    def __init__(self, *, deadline: float = DEADLINE, python: Path = PYTHON, script: Path = SCRIPT) -> None:
        if not python.exists():
            raise NoPeers("the environment of the peers, .venv-bench, is not there")
        self.deadline = deadline
        self.killed = 0
        self._command = [str(python), str(script)]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._stop()

    def seconds(self, job: str, *given: str) -> tuple[Taken, Any]:
        """How long the job took inside of the process, and its answer; the deadline and None when it was killed."""
        if self._process is None:
            self._start()
        line = self._asked([job, *given], self.deadline)
        if line is None:
            self.killed += 1
            self._stop()
            return Taken(self.deadline, self.deadline), None
        taken, said = json.loads(line)
        return Taken(*taken), said

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        for job in (["steps_by_sympy", "$x + 1 = 2$"], ["pair_by_math_verify", "$1$", "$2$"]):  # warm, and not counted
            if self._asked(job, _START) is None:
                self._stop()
                raise NoPeers("the peers do not start: see requirements/bench.txt")

    def _asked(self, job: list[str], seconds: float) -> bytes | None:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        return process.stdout.readline() or None if ready else None

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def machine() -> str:
    """The interpreter and the cores, for the head of a table."""
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} cores"
