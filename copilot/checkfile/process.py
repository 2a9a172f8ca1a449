"""One worker process: started clean, asked one line at a time, ended when it is late or lost."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from copilot.checkfile.line import Checked, Choice
from copilot.checkfile.wire import READY, BadReply, checked_in, choice_out, line_out
from copilot.errors import CopilotError

MAX_REPLY = 64 << 20
_CHUNK = 1 << 16
_TOP = str(Path(__file__).parents[2])
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from copilot.checkfile.worker import main; sys.exit(main())"
)


class Stopped(Exception):
    """The worker gave no answer; the message says in a few words why."""


class Worker:
    """A clean interpreter, with no environment and out of any working folder, that checks lines."""

    def __init__(self, choice: Choice, *, seconds: float) -> None:
        """Raises CopilotError when no worker can be started."""
        self._seconds = seconds
        # It imports what this process imports, but for the folder that happens to be the working one.
        path = json.dumps([_TOP, *(entry for entry in sys.path if entry)])
        self._process = subprocess.Popen(  # noqa: S603  (our interpreter, our words)
            [sys.executable, "-I", "-X", "utf8", "-c", _START, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback there could quote the draft
            env={},
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        try:
            if self._ask(choice_out(choice)) != READY:
                raise Stopped("it said something else")
        except Stopped as error:
            self.end()
            raise CopilotError(
                f"a process for checking could not be started: {error}", hint="run without --jobs"
            ) from None

    def check(self, number: int, raw: bytes) -> Checked:
        """What the worker finds in the line; raises Stopped when it dies over it, or takes too long."""
        try:
            return checked_in(self._ask(line_out(number, raw)), number=number)
        except BadReply as error:
            raise Stopped(f"the worker gave {error}") from None

    def kill(self) -> None:
        """End the process, whatever it does, with what it started; whoever waits for its answer gets Stopped."""
        if self._process.poll() is None:  # else its number may be another's by now
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process and close its pipes; nobody may be waiting for its answer."""
        self.kill()
        with self._process:
            pass

    def _ask(self, line: bytes) -> bytes:
        due = time.monotonic() + self._seconds
        try:
            self._send(line, due)
            return self._receive(due)
        except (BrokenPipeError, EOFError):
            raise Stopped(self._death()) from None
        except TimeoutError:
            raise Stopped(f"no answer in {self._seconds:g} s") from None

    def _send(self, line: bytes, due: float) -> None:
        rest = memoryview(line)
        while rest:
            _await(self._in, select.POLLOUT, due)
            rest = rest[os.write(self._in, rest) :]

    def _receive(self, due: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while not (parts and parts[-1].endswith(b"\n")):
            _await(self._out, select.POLLIN, due)
            part = os.read(self._out, _CHUNK)
            size += len(part)
            if not part:
                raise EOFError
            if size > MAX_REPLY:
                raise Stopped("the worker's answer was too long")
            parts.append(part)
        return b"".join(parts)

    def _death(self) -> str:
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return "the worker closed its pipes"
        return f"the worker was ended by signal {-code}" if code < 0 else f"the worker ended with status {code}"


def _await(pipe: int, event: int, due: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, due - time.monotonic()) * 1000):
        raise TimeoutError
