"""The algebra system in a process of its own. Run by path in an isolated interpreter; imports nothing of this house.

The process that is started holds SymPy and forks one child for each job: it stays small and clean itself, reads no
job, and a child that has to be killed costs a fork and not an import. A job is a tree of lists; every SymPy object
is built from whole numbers and from symbols of an own table, so that no text ever reaches SymPy. In the child a hook
ends the process when anything tries to open, connect, compile or start something.

A job comes as its number, its milliseconds and its size, of four bytes each, and JSON; its reply goes as the number,
the size and JSON.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from typing import Any, NoReturn

import sympy

MEMORY = 512 << 20
SECONDS = 20
"""Of processor time for one job, should nobody kill it before."""
MAX_FRAME = 1_000_000
MAX_REPLY = 1_000
MAX_DEPTH = 120
MAX_NODES = 3_000
TRIPPED = 70
_PARENT_DEATH, _NO_NEW_PRIVILEGES = 1, 38
_REFUSED = (
    "open",
    "compile",
    "exec",
    "socket.",
    "subprocess.",
    "os.",
    "ctypes.",
    "pickle.",
    "shutil.",
    "import",
    "code.",
    "function.",
    "marshal.",
    "mmap.",
    "urllib.",
)
_SYMBOLS = tuple(sympy.Symbol(f"x{at}") for at in range(40))
_CALLS: dict[str, Any] = {
    **{name: getattr(sympy, name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")},
    **{"arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "ln": sympy.log, "log": sympy.log},
    **{"exp": sympy.exp, "abs": sympy.Abs, "floor": sympy.floor, "ceil": sympy.ceiling, "max": sympy.Max},
    **{"factorial": sympy.factorial, "binom": sympy.binomial, "gcd": sympy.gcd, "lcm": sympy.lcm, "min": sympy.Min},
}
_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


def built(job: Any) -> tuple[Any, Any]:
    """Both SymPy expressions of a job; raises ValueError for any other shape, and for one that is too large."""
    left, right = job
    waiting, count = [job], 0
    while waiting:
        here = waiting.pop()
        count += 1
        if count > MAX_NODES:
            raise ValueError
        waiting.extend(part for part in here if isinstance(part, list))
    return build(left), build(right)


def build(tree: Any, depth: int = 0) -> Any:
    """The SymPy expression of a tree; raises ValueError for any other shape."""
    if depth > MAX_DEPTH or not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
        raise ValueError
    kind, rest = tree[0], tree[1:]
    if kind == "number":
        above, under = rest
        if type(above) is not int or type(under) is not int or under <= 0:
            raise ValueError
        return sympy.Rational(above, under)
    if kind == "symbol":
        return _symbol(rest)
    if kind == "constant":
        return {"pi": sympy.pi, "e": sympy.E, "i": sympy.I}[rest[0]]
    parts = [build(part, depth + 1) for part in rest[1:]] if kind == "call" else []
    if kind == "call":
        return _CALLS[rest[0]](*parts)
    return _combined(kind, [build(part, depth + 1) for part in rest])


def _symbol(rest: list[Any]) -> Any:
    if len(rest) != 1 or type(rest[0]) is not int or not 0 <= rest[0] < len(_SYMBOLS):
        raise ValueError
    return _SYMBOLS[rest[0]]


def _combined(kind: str, parts: list[Any]) -> Any:
    if kind == "sum":
        return sympy.Add(*parts)
    if kind == "product":
        return sympy.Mul(*parts)
    if kind == "power" and len(parts) == 2:
        return sympy.Pow(*parts)
    if kind == "series" and len(parts) == 4:
        index, first, last, body = parts
        return sympy.Sum(body, (index, first, last)).doit()
    raise ValueError


def answer(job: Any) -> dict[str, Any]:
    """Whether the two trees of a job are equal: `{"equal": true}`, or `{"equal": null}` when that is not shown."""
    try:
        left, right = built(job)
        difference = left - right
        if difference == 0 or sympy.simplify(difference) == 0:
            return {"equal": True}
        return {"equal": True if sympy.expand(difference, trig=True) == 0 else None}
    except MemoryError:
        return {"equal": None, "reason": "memory"}
    except Exception as error:  # noqa: BLE001  (whatever SymPy raises, nothing was shown)
        return {"equal": None, "reason": type(error).__name__}


def _warm_up() -> None:
    """Have SymPy import and build what it makes late, before the hook forbids it."""
    x, y = ["symbol", 0], ["symbol", 1]
    two, three = ["number", 2, 1], ["number", 3, 1]
    for name in _CALLS:
        args = [two, three] if name in ("gcd", "lcm", "max", "min", "binom") else [x]
        answer([["call", name, *args], ["sum", x, y]])
    half = ["number", 1, 2]
    square = ["power", ["call", "sin", x], two]
    cosine = ["power", ["call", "cos", x], two]
    answer([["sum", square, cosine], ["number", 1, 1]])
    answer([["power", ["sum", three, ["power", two, half]], half], ["sum", two, ["power", three, half]]])
    answer([["series", x, ["number", 1, 1], y, ["power", x, two]], ["product", y, y, y]])
    answer([["power", ["sum", x, y], two], ["sum", ["power", x, two], ["product", two, x, y], ["power", y, two]]])
    answer([["power", x, y], ["call", "exp", ["product", y, ["call", "ln", x]]]])
    answer([["power", ["constant", "e"], ["product", ["constant", "i"], ["constant", "pi"]]], ["number", -1, 1]])


def _confine() -> None:
    """Bound this process and all it forks; none of them can ever gain a right again."""
    if _LIBRARY is not None:
        _LIBRARY.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    limits = (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 16)
    for limit, most in (*limits, (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))


def _forbid(event: str, _args: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        os._exit(TRIPPED)


def _answer_and_end(job: bytes, saying: int, nothing: int) -> NoReturn:
    """All that a child does. Of its parent's pipes it keeps none: it can neither read jobs nor reply to others."""
    status = 1
    try:
        if _LIBRARY is not None:
            _LIBRARY.prctl(_PARENT_DEATH, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        sys.addaudithook(_forbid)
        os.write(saying, json.dumps(answer(json.loads(job))).encode())
        status = 0
    finally:
        os._exit(status)


def _heard(hearing: int, ends: float) -> bytes:
    """What a child says until it ends; nothing more is expected of it at `ends`."""
    waiting = select.poll()
    waiting.register(hearing, select.POLLIN)
    waiting.register(0, 0)
    said = b""
    while (left := ends - time.monotonic()) > 0:
        for file, _event in waiting.poll(left * 1_000):
            if file == 0:  # nobody is there any more to reply to
                sys.exit(0)
            piece = os.read(hearing, MAX_REPLY)
            said += piece
            if not piece:
                return said if 0 < len(said) <= MAX_REPLY else b'{"equal": null, "reason": "its process died"}'
    return b'{"equal": null, "reason": "deadline"}'


def _asked(job: bytes, seconds: float, nothing: int) -> bytes:
    """A child's reply to a job, or why there is none; the child is gone by then."""
    ends = time.monotonic() + seconds
    hearing, saying = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hearing)
        _answer_and_end(job, saying, nothing)
    os.close(saying)
    try:
        return _heard(hearing, ends)
    finally:
        os.close(hearing)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _exactly(size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = os.read(0, size - len(data))
        if not piece:
            sys.exit(0)
        data += piece
    return data


def main() -> None:
    """Answer jobs until the parent closes the pipe or is gone."""
    sys.setrecursionlimit(3_000)
    nothing = os.open(os.devnull, os.O_RDWR)
    _confine()
    _warm_up()
    gc.collect()
    gc.freeze()  # a child that counts no references in them shares their pages
    os.write(1, b"ready\n")
    while True:
        head = _exactly(12)
        milliseconds, size = int.from_bytes(head[4:8], "big"), int.from_bytes(head[8:], "big")
        if size > MAX_FRAME:
            sys.exit(0)
        said = _asked(_exactly(size), milliseconds / 1_000, nothing)
        os.write(1, head[:4] + len(said).to_bytes(4, "big") + said)


if __name__ == "__main__":
    main()
