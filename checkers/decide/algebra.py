"""The last tier: the algebra system, asked over a pipe in a process that holds no secret and dies at its deadline."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from checkers.decide.decision import Unsupported
from checkers.finding import Json
from checkers.formula.tree import (
    Call,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Power,
    Product,
    Series,
    Sum,
    children,
    names,
)

DEADLINE = "deadline"
"""The reason of what was not answered in time."""
MAX_REPLY = 1_000_000
START_SECONDS = 60.0
MAX_SYMBOLS = 40
COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("worker.py")))
_CONSTANTS = ("pi", "e", "i")
_TRIGONOMETRY = ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan")
_FUNCTIONS = frozenset({*_TRIGONOMETRY, "exp", "abs", "floor", "ceil", "factorial", "binom", "max", "min"})


class Algebra:
    """One worker process, started when it is first needed and again after it had to be killed."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.command = tuple(command)
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def shows_equal(self, left: Node, right: Node, *, seconds: float) -> tuple[bool, str]:
        """Whether the algebra system shows both to be the same, and otherwise why it does not.

        Raises Unsupported for formulas that it is not asked about.
        """
        table = {name: at for at, name in enumerate(sorted(names(left) | names(right) | _indices(left, right)))}
        if len(table) > MAX_SYMBOLS:
            raise Unsupported("too many names")
        job = json.dumps([job_of(left, table), job_of(right, table)]).encode()
        with self.lock:
            reply = self._reply(job, seconds)
        if isinstance(reply, str):
            return False, reply
        return reply.get("equal") is True, str(reply.get("reason", "not shown"))[:60]

    def close(self) -> None:
        """End the worker, if there is one."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait()

    def _reply(self, job: bytes, seconds: float, *, again: bool = True) -> dict[str, Any] | str:
        """The decoded reply, or why there is none; whatever ails the worker, it is then replaced."""
        try:
            process = self._running()
            deadline = time.monotonic() + seconds
            _write(process, len(job).to_bytes(4, "big") + job, deadline)
            size = int.from_bytes(_read(process, 4, deadline), "big")
            if size > MAX_REPLY:
                raise _Broken("the algebra system replied too much")
            reply = json.loads(_read(process, size, deadline))
            if not isinstance(reply, dict):
                raise _Broken("the algebra system replied nonsense")
        except (_Broken, OSError) as error:
            # The kernel ends a worker with the thread that started it; the job is not to blame, and asked once more.
            was_killed = self._ended_by() == signal.SIGKILL
            self.close()
            if was_killed and again:
                return self._reply(job, seconds, again=False)
            return str(error) if isinstance(error, _Broken) else "the algebra system could not be reached"
        except ValueError:
            self.close()
            return "the algebra system replied nonsense"
        return reply

    def _ended_by(self) -> int:
        """The signal that ended the worker by itself; 0 when none did."""
        if self.process is None:
            return 0
        try:
            return -self.process.wait(0.2)
        except subprocess.TimeoutExpired:
            return 0

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is not None and self.process.poll() is None:
            return self.process
        self.close()
        # Its own interpreter, environment and session: nothing of ours is in its memory, no signal of ours hits it.
        self.process = subprocess.Popen(  # noqa: S603  (our own interpreter and file)
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            close_fds=True,
            start_new_session=True,
        )
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
        if _read(self.process, 6, time.monotonic() + START_SECONDS) != b"ready\n":
            raise _Broken("the algebra system did not start")
        return self.process


@cache
def shared() -> Algebra:
    """The one worker of this process."""
    return Algebra()


class _Broken(Exception):
    """The worker gave no reply; its text says why."""


def _write(process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    if process.stdin is None:
        raise _Broken("the algebra system has no pipe")
    while data:
        _, ready, _ = select.select([], [process.stdin], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise _Broken("deadline")
        data = data[os.write(process.stdin.fileno(), data) :]


def _read(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    if process.stdout is None:
        raise _Broken("the algebra system has no pipe")
    found = b""
    while len(found) < size:
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise _Broken("deadline")
        piece = os.read(process.stdout.fileno(), size - len(found))
        if not piece:
            raise _Broken("the algebra system died")
        found += piece
    return found


def job_of(node: Node, table: dict[str, int]) -> Json:
    """The formula as lists of numbers and of words of our own; Unsupported when it cannot be told so."""
    match node:
        case Number(value=value):
            return ["number", value.numerator, value.denominator]
        case Name(name=name):
            return ["constant", name] if name in _CONSTANTS else ["symbol", table[name]]
        case Group(inside=of):
            return job_of(of, table)
        case Negative(of=of):
            return ["product", ["number", -1, 1], job_of(of, table)]
        case Percent(of=of):
            return ["product", ["number", 1, 100], job_of(of, table)]
        case Power(base=base, exponent=exponent):
            return ["power", job_of(base, table), job_of(exponent, table)]
        case _:
            return _job_of_many(node, table)


def _job_of_many(node: Node, table: dict[str, int]) -> Json:
    match node:
        case Sum(terms=parts, minus=marked):
            return ["sum", *_marked(parts, marked, table, minus=True)]
        case Product(factors=parts, under=marked):
            return ["product", *_marked(parts, marked, table, minus=False)]
        case Call(name="root", args=(of, index)):
            return ["power", job_of(of, table), ["power", job_of(index, table), ["number", -1, 1]]]
        case Call(name="log", args=(of, base)):
            inverse: Json = ["power", ["call", "ln", job_of(base, table)], ["number", -1, 1]]
            return ["product", ["call", "ln", job_of(of, table)], inverse]
        case Call(name=name, args=args) if name in _FUNCTIONS or name == "ln":
            return ["call", name, *(job_of(arg, table) for arg in args)]
        case Series(kind="sum", index=index_name, first=first, last=last, body=body):
            return ["series", ["symbol", table[index_name]], *(job_of(part, table) for part in (first, last, body))]
        case _:
            raise Unsupported(f"the algebra system is not asked about a {type(node).__name__.lower()}")


def _marked(parts: Sequence[Node], marked: Sequence[bool], table: dict[str, int], *, minus: bool) -> list[Json]:
    minus_one: Json = ["number", -1, 1]
    found: list[Json] = []
    for part, is_marked in zip(parts, marked, strict=True):
        job = job_of(part, table)
        turned: Json = ["product", minus_one, job] if minus else ["power", job, minus_one]
        found.append(turned if is_marked else job)
    return found


def _indices(*nodes: Node) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(nodes)
    while waiting:
        here = waiting.pop()
        if isinstance(here, Series):
            found.add(here.index)
        waiting.extend(children(here))
    return frozenset(found)
