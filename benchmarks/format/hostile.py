"""Texts made to be slow or to break something, under every instruction: an answer in time, and bounded memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.checkers.interval import quantile
from benchmarks.format.kwargs import kwargs_of
from benchmarks.format.rows import judged
from checkers import Constraint
from checkers.instructions import all_instructions

LONG = 195_000
"""Just below the most characters that a check reads."""
_LINE = 1_000_000
_RESPONSE = 10_000_000
_SAMPLE = "The quick brown fox jumps over 3 lazy dogs. "

SHAPES: Mapping[str, str] = {
    "one line of letters": "a" * LONG,
    "one word a line": "a\n" * (LONG // 2),
    "stars": "*" * LONG,
    "stars and letters": "*a" * (LONG // 2),
    "open brackets": "[" * LONG,
    "brackets of three kinds": "([{" * (LONG // 3),
    "angles": "<" * LONG,
    "double angles and letters": "<<a" * (LONG // 3),
    "quotes": "\"'" * (LONG // 2),
    "full stops": "." * LONG,
    "stops and blanks": ". " * (LONG // 2),
    "abbreviations": "Mr. A.B.C. " * (LONG // 11),
    "blanks": " " * LONG,
    "blank lines": "\n" * LONG,
    "blanks, then a letter, in lines": (" " * 50 + "a\n") * (LONG // 52),
    "hyphens": "-" * LONG,
    "bullets": "- a\n" * (LONG // 4),
    "growing indents": "\n".join(" " * place + "a" for place in range(600)),
    "paragraph marks": "***\n" * (LONG // 4),
    "digits": "1" * LONG,
    "digits and stops": "1." * (LONG // 2),
    "commas": "," * LONG,
    "backticks": "`" * LONG,
    "fences": "```\n" * (LONG // 4),
    "emoji": "\U0001f469\u200d\U0001f467 " * (LONG // 4),
    "from right to left": "\u202e\u05d0\u05d1 " * (LONG // 4),
    "control signs": "\x00\x07\x1b[31m\x7f" * (LONG // 8),
    "combining marks": "e" + "\u0301" * (LONG - 1),
    "Japanese": "これは長い文です。" * (LONG // 9),
    "Thai": "ภาษาไทย" * (LONG // 7),
    "capitals": "THE END " * (LONG // 8),
    "postscripts": "P. S. " * (LONG // 6),
    "prose": _SAMPLE * (LONG // len(_SAMPLE)),
    "Section words": "Section 1\n" * (LONG // 10),
    "CSV": 'a,b,"c"\n' * (LONG // 8),
    "JSON": "[" * 30 + "1," * 90_000,
}


def report(*, quick: bool) -> None:
    """Print how long the slowest took, and what was said of the files that are wrong or far too large."""
    taken: list[tuple[float, str, str]] = []
    reasons: Counter[str] = Counter()
    shapes = dict(list(SHAPES.items())[::6]) if quick else SHAPES
    for name, instruction in all_instructions().items():
        constraint = Constraint(name, dict(kwargs_of(instruction.takes, _SAMPLE * 20, name)))
        for shape, text in shapes.items():
            for reading in ("fixed", "compat"):
                start = time.perf_counter()
                [found] = judged(text, (constraint,), reading=reading)
                taken.append((time.perf_counter() - start, f"{name}, {reading}", shape))
                reasons[str(found.evidence.get("reason", found.verdict.value))] += 1
    seconds = [each[0] for each in taken]
    print(
        f"  {len(taken):,} calls on texts of {LONG:,} characters: p50 {1000 * quantile(seconds, 0.5):.0f} ms, ", end=""
    )
    print(f"p99 {1000 * quantile(seconds, 0.99):.0f} ms, max {1000 * max(seconds):.0f} ms")
    for one, name, shape in sorted(taken, reverse=True)[:10]:
        print(f"    {1000 * one:6.0f} ms  {name}: {shape}")
    print(f"  said: {dict(reasons.most_common(12))}")
    print(f"  most memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    _files()


def _files() -> None:
    """Whole files through `copilot check`, as a lead would run it."""
    asked = [{"name": name, "params": {"max": 100}} for name in ("length.words", "length.sentences")]
    with TemporaryDirectory() as place:
        for title, line in _lines(asked):
            path = Path(place) / "drafts.jsonl"
            path.write_bytes(line + b"\n")
            start = time.perf_counter()
            script = (
                "import resource, sys\nfrom copilot.cli.main import run\n"
                "try:\n    run()\nfinally:\n"
                "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)\n"
            )
            told = subprocess.run(
                [sys.executable, "-c", script, "check", str(path), "--select", "format"], capture_output=True, text=True
            )
            *lines, memory = told.stderr.strip().splitlines()
            count = next(line for line in lines if "holds" in line)
            print(f"  {title}: exit {told.returncode}, {time.perf_counter() - start:.1f} s, {memory} MiB; {count}")


def _lines(asked: list[dict[str, object]]) -> Iterator[tuple[str, bytes]]:
    def record(response: str) -> bytes:
        return json.dumps({"response": response, "constraints": asked}, ensure_ascii=False).encode()

    yield "a response of 10 MB", record("word " * (_RESPONSE // 5))
    yield "a line of a million characters", record("a" * _LINE)
    yield "control signs and text from right to left", record("\x00\x1b[2J \u202eabc\u202c " * 1_000)
    yield "broken UTF-8", record("word " * 100)[:-40] + b"\xff\xfe" + record("")[-20:]
    yield "half a surrogate", json.dumps({"response": "\ud800 word"}).encode()
