"""The last tier: the algebra system, asked over a pipe in a process that holds no secret and answers in time or not."""

from __future__ import annotations

import json
import math
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from checkers.decide.job import question
from checkers.formula.tree import Node

DEADLINE = "deadline"
"""The reason of what was not answered in time."""
MAX_REPLY = 1_000
START_SECONDS = 60.0
"""After which a worker that is not ready never will be."""
GRACE = 1.0
"""Seconds after its deadline in which the worker may still own up to a job; then it is replaced."""
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("worker.py")))
_READY = b"ready\n"
_HEAD = 8


class Algebra:
    """One worker process for all threads, started when it is first needed and again after it had to be killed."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.command = tuple(command)
        self.lock = threading.Lock()
        self.worker: _Worker | None = None

    def shows_equal(self, left: Node, right: Node, *, seconds: float, patience: float = math.inf) -> tuple[bool, str]:
        """Whether the algebra system shows both to be the same, and otherwise why it does not.

        The answer is there in `seconds` from when the worker begins, and in `patience` whatever it is busy with: else
        it is no, with DEADLINE as the reason. Raises Unsupported for formulas that the system is not asked about.
        """
        job = question(left, right)
        ends = time.monotonic() + min(patience, threading.TIMEOUT_MAX)
        if not self.lock.acquire(timeout=max(0.0, ends - time.monotonic())):
            return False, DEADLINE
        try:
            reply = self._running().reply(job, seconds=seconds, ends=ends)
        except _Late:
            return False, DEADLINE
        except (_Broken, OSError) as error:
            self._end()
            return False, str(error) if isinstance(error, _Broken) else "the algebra system could not be reached"
        finally:
            self.lock.release()
        return reply.get("equal") is True, str(reply.get("reason", "not shown"))[:60]

    def close(self) -> None:
        """End the worker, if there is one."""
        with self.lock:
            self._end()

    def _running(self) -> _Worker:
        # A process that was forked from ours has our pipes; the worker at their end answers to us alone.
        if self.worker is not None and self.worker.owner != os.getpid():
            self.worker = None
        if self.worker is None or self.worker.is_lost():
            self._end()
            self.worker = _Worker(self.command)
        return self.worker

    def _end(self) -> None:
        worker, self.worker = self.worker, None
        if worker is not None:
            worker.end()


@cache
def shared() -> Algebra:
    """The one worker of this process."""
    return Algebra()


class _Broken(Exception):
    """The worker is of no use any more; its text says why."""


class _Late(Exception):
    """Nobody waits any longer; the worker may still answer."""


class _Worker:
    """A process, and what was asked and heard of it. A late reply is told from the next one by its number."""

    def __init__(self, command: Sequence[str]) -> None:
        self.owner = os.getpid()
        # Its own interpreter, environment and session: nothing of ours is in its memory, no signal of ours hits it.
        self.process = subprocess.Popen(  # noqa: S603  (our own interpreter and file)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            close_fds=True,
            start_new_session=True,
            bufsize=0,
        )
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101, PT018  (pipes, as asked)
        self.saying, self.hearing = self.process.stdin.fileno(), self.process.stdout.fileno()
        for pipe in (self.saying, self.hearing):
            os.set_blocking(pipe, False)
        self.heard = b""
        self.asked = self.answered = 0
        """Numbers of the last job and of the last reply."""
        self.is_ready = False
        self.owes_until = time.monotonic() + START_SECONDS
        """When it must be ready, or have answered."""

    def reply(self, job: bytes, *, seconds: float, ends: float) -> dict[str, object]:
        """Its answer to a job; raises _Late at `ends`, and _Broken for anything but an answer."""
        self._wait_until_ready(ends)
        ends = min(ends, time.monotonic() + seconds)
        self.asked += 1
        self.owes_until = ends + GRACE
        milliseconds = max(0, round(1_000 * (ends - time.monotonic())))
        self._write(b"".join(value.to_bytes(4, "big") for value in (self.asked, milliseconds, len(job))) + job, ends)
        while True:
            body = self._next(ends)
            if self.answered == self.asked:
                return _object(body)

    def is_lost(self) -> bool:
        """Whether it has ended, or does not answer what it was asked long ago."""
        if self.process.poll() is not None:
            return True
        if time.monotonic() <= self.owes_until:
            return False
        try:
            self._wait_until_ready(0.0)
            while self.answered < self.asked:
                self._next(0.0)
        except (_Late, _Broken, OSError):
            return True
        return False

    def end(self) -> None:
        """End the process, and wait for it."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()

    def _wait_until_ready(self, ends: float) -> None:
        if not self.is_ready:
            self._hear(len(_READY), ends)
            if self._taken(len(_READY)) != _READY:
                raise _Broken("the algebra system did not start")
            self.is_ready = True

    def _next(self, ends: float) -> bytes:
        """The body of the next reply, whose number is then the one answered."""
        self._hear(_HEAD, ends)
        size = int.from_bytes(self.heard[4:_HEAD], "big")
        if size > MAX_REPLY:
            raise _Broken("the algebra system replied too much")
        self._hear(_HEAD + size, ends)
        self.answered = int.from_bytes(self._taken(_HEAD)[:4], "big")
        return self._taken(size)

    def _taken(self, size: int) -> bytes:
        taken, self.heard = self.heard[:size], self.heard[size:]
        return taken

    def _hear(self, size: int, ends: float) -> None:
        """Have so much of the reply; what has come is kept for the next time where it is not all."""
        while len(self.heard) < size:
            ready, _, _ = select.select([self.hearing], [], [], _left(ends))
            if not ready:
                raise _Late
            piece = os.read(self.hearing, MAX_REPLY)
            if not piece:
                raise _Broken("the algebra system died")
            self.heard += piece

    def _write(self, data: bytes, ends: float) -> None:
        while data:
            _, ready, _ = select.select([], [self.saying], [], _left(ends))
            if not ready:
                raise _Broken("the algebra system does not listen")
            data = data[os.write(self.saying, data) :]


def _left(ends: float) -> float:
    return min(max(0.0, ends - time.monotonic()), threading.TIMEOUT_MAX)


def _object(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _Broken("the algebra system replied nonsense")
    return found
