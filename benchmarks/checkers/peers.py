"""The others, in their own environment: the plain SymPy way of a day's work, and math-verify as it is installed.

Run by the interpreter of `.venv-bench`: one JSON job a line in, one answer a line out with the seconds it took, by the
clock and of the processor.
Nothing here knows of our checkers. It may hang: whoever starts it has the deadline.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from latex2sympy2_extended import latex2sympy
from math_verify import parse, verify
from sympy import simplify
from sympy.parsing.sympy_parser import parse_expr  # noqa: TID251  (of digits and signs only, see _read)

_MATHEMATICS = re.compile(r"\$\$?|\\[()\[\]]|\n|\\\\|&|[,;](?=\s)|\.(?=\s|$)|(?<!\\)\b[A-Za-z]{2,}\b(?![}\\])")
_PLAIN = re.compile(r"[0-9+\-*/().\s]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


def equations(text: str) -> list[tuple[str, str]]:
    """Neighbours of an equals sign, between prose and the edges of mathematics."""
    found: list[tuple[str, str]] = []
    for piece in _MATHEMATICS.split(_THOUSANDS.sub("", text)):
        sides = [side.strip(" :") for side in piece.split("=")]
        found.extend(pair for pair in zip(sides, sides[1:], strict=False) if all(pair))
    return found


def _read(text: str) -> Any:
    plain = text.replace("×", "*").replace("÷", "/").replace("^", "**")
    if _PLAIN.fullmatch(plain):
        return parse_expr(plain)
    return latex2sympy(text)


def _is_equal(left: str, right: str) -> bool | None:
    try:
        difference = simplify(_read(left) - _read(right))
    except Exception:  # noqa: BLE001  (whatever the parser raises means: not read)
        return None
    if difference == 0:
        return True
    return None if difference.free_symbols else False


def steps_by_sympy(text: str) -> list[bool | None]:
    """For each equation of a step whether it is true; None where it was not read or has free names."""
    return [_is_equal(left, right) for left, right in equations(text)]


def steps_by_math_verify(text: str) -> list[bool]:
    """The same equations, each side parsed and verified."""
    return [bool(verify(parse(f"${left}$"), parse(f"${right}$"))) for left, right in equations(text)]


def pair_by_sympy(gold: str, answer: str) -> bool | None:
    """Whether two answers are equal, each taken out of its dollars or box."""
    one, other = (re.sub(r"^.*\\boxed\{(.*)\}.*$|^\$*(.*?)\$*$", r"\1\2", side.strip()) for side in (gold, answer))
    return _is_equal(one, other)


def pair_by_math_verify(gold: str, answer: str) -> bool:
    """Whether two answers are the same to math-verify."""
    return bool(verify(parse(gold), parse(answer)))


JOBS: dict[str, Callable[..., object]] = {
    each.__name__: each for each in (steps_by_sympy, steps_by_math_verify, pair_by_sympy, pair_by_math_verify)
}


def main() -> None:
    """Answer the jobs of standard input until it ends."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer
    for line in sys.stdin:
        name, *given = json.loads(line)
        started, worked = perf_counter(), process_time()
        try:
            said: object = JOBS[name](*given)
        except Exception as error:  # noqa: BLE001  (a peer's crash is its answer)
            said = type(error).__name__
        taken = (perf_counter() - started, process_time() - worked)
        answers.write(json.dumps([taken, said], default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
