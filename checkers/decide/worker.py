"""The algebra system in a process of its own. Run by path in an isolated interpreter; imports nothing of this house.

Frames are four bytes of length and JSON. A job is a tree of lists; every SymPy object is built from whole numbers
and from symbols of an own table, so that no text ever reaches SymPy. After the warm-up a hook ends the process when
anything tries to open, connect, compile or start something.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any

import sympy

MEMORY = 512 << 20
SECONDS = 6
"""Of processor time for one job; the parent kills long before."""
MAX_FRAME = 1_000_000
MAX_DEPTH = 120
TRIPPED = 70
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


def build(tree: Any, depth: int = 0) -> Any:
    """The SymPy expression of a job's tree; raises ValueError for any other shape."""
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
        left, right = (build(tree) for tree in job)
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
    answer([["power", x, y], ["call", "exp", ["product", y, ["call", "ln", x]]]])
    answer([["power", ["constant", "e"], ["product", ["constant", "i"], ["constant", "pi"]]], ["number", -1, 1]])


def _confine() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL) if sys.platform == "linux" else None
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for limit, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 16), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))


def _forbid(event: str, _args: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        os._exit(TRIPPED)


def _renew_processor_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, resource.RLIM_INFINITY))


def _exactly(size: int) -> bytes:
    data = sys.stdin.buffer.read(size)
    if len(data) < size:
        sys.exit(0)
    return data


def main() -> None:
    """Answer jobs until the parent closes the pipe."""
    sys.setrecursionlimit(3_000)
    _confine()
    _warm_up()
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    sys.addaudithook(_forbid)
    while True:
        size = int.from_bytes(_exactly(4), "big")
        if size > MAX_FRAME:
            sys.exit(0)
        _renew_processor_time()
        said = json.dumps(answer(json.loads(_exactly(size)))).encode()
        sys.stdout.buffer.write(len(said).to_bytes(4, "big") + said)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
