"""Texts and parameters made to hang, crash or fool the checkers."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkers import Constraint, Reference, Step, Trace, Verdict, all_rules, check
from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.worth import worth
from checkers.formula.read import read
from checkers.formula.tree import Unreadable

LONG = 190_000
BUDGET = 8.0
"""Seconds of this process, however busy the machine: far above what it takes, far below what quadratic work would."""

RUNS = [
    "9**9**9 = 1 ",
    "1" * 5_000 + " + 1 = 2 ",
    "(" * 10_000,
    "((((1+1))))=2 ",
    "1+" * 30_000 + "1 = 5",
    "1=" * 90_000,
    "1/7+" * 400 + "1 = 3\n",
    "-" * LONG,
    "1,111" + ",111" * 40_000 + "1",
    "$" * LONG,
    "$1",
    "<<",
    "<<1=2>>",
    '"',
    '"1+1=3',
    "`",
    "\\",
    "\\text{",
    "\\frac{1}",
    "\\begin{",
    "\\boxed{",
    "#### ",
    "answer the the the the ",
    "answer is ",
    "Dr. ",
    ". ",
    "?!",
    "if ",
    "a-",
    "a'",
    "² ",
    " ",
    "\n",
    "\t\n",
    "[{",
    '{"a":',
    "0.",
    ".5.5",
    "x 1 x 1",
    "not 1+1=3. ",
    "```json\n",
    "文",
    "ice ",
    "* ",
    "operation defin ",
    "base 1=2 ",
    "suppose 1=2 ",
]


def long_text(run: str) -> str:
    return (run * (LONG // len(run) + 1))[:LONG]


@pytest.mark.parametrize("run", RUNS, ids=lambda run: repr(run[:12]))
def test_a_long_run_costs_little(run: str) -> None:
    text = long_text(run)
    constraints = (
        Constraint("length.words", {"max": 3}),
        Constraint("length.sentences", {"max": 3}),
        Constraint("keywords.include", {"words": ["ice cream", "a"]}),
        Constraint("keywords.exclude", {"words": ["ice ice ice", "--", "\\"]}),
        Constraint("json_shape.valid", {}),
        Constraint("json_shape.schema", {"schema": {"type": "object"}}),
    )
    began = time.process_time()

    report = check(
        Trace(response=text, answer="7", constraints=constraints, reference=Reference("7"), prompt=text[:9_000])
    )

    assert time.process_time() - began < BUDGET
    assert not [found for found in report.findings if str(found.evidence.get("reason", "")).startswith("crashed")]
    assert sum("index" in found.evidence for found in report.findings) == len(constraints)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9**9**9", "too large"),
        ("9^9^9^9", "two ways"),
        ("2^100000", "too large"),
        ("(1/3)^99999", "too large"),
        ("9" * 1_001, "too many digits"),
        ("1" * 5_000, "too many digits"),
        ("(" * 10_000 + "1", "too long"),
        ("(" * 100 + "1" + ")" * 100, "nested too deep"),
        ("- " * 100 + "1", "nested too deep"),
        ("2^" * 100 + "1", "nested too deep"),
        ("1+" * 1_200 + "1", "too long"),
        ("1/0", "divides by zero"),
        ("0^0", "no value"),
        ("6/2(1+2)", "two ways"),
        ("__import__('os')", "no place"),
        ("", "nothing to read"),
        ("1 +", "ends too early"),
        ("(1", "ends too early"),
        ("(1]", "not closed"),
    ],
)
def test_what_cannot_be_read_says_so(text: str, reason: str) -> None:
    node = read(text)
    try:
        said = node.reason if isinstance(node, Unreadable) else f"it is {worth(node).value}"
    except (TooLarge, Undefined, Unsupported) as error:
        said = str(error)

    assert reason in said


def doubling(levels: int) -> dict[str, object]:
    twice = {f"a{at}": {"allOf": [{"$ref": f"#/$defs/a{at + 1}"}] * 2} for at in range(levels)}
    return {"$ref": "#/$defs/a0", "$defs": {**twice, f"a{levels}": {}}}


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (doubling(60), "limit"),
        ({"$ref": "#"}, "params"),
        ({"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}}, "params"),
        ({"$dynamicRef": "#x"}, "params"),
        ({"properties": {"a": {"$id": "http://127.0.0.1:9/"}}}, "params"),
        ({"$ref": "#/$defs/missing"}, "params"),
        ({"description": "x" * 70_000}, "params"),
        ({"items": {"allOf": [{"minimum": at} for at in range(2_000)]}}, "limit"),
    ],
    ids=range(8),
)
def test_a_schema_that_explodes_is_not_decided(schema: dict[str, object], reason: str) -> None:
    text = "[" + ",".join(["1"] * 50_000) + "]"
    asked = Constraint("json_shape.schema", {"schema": schema})  # type: ignore[dict-item]
    began = time.process_time()

    report = check(Trace(response=text, constraints=(asked,)), select=["json_shape.schema"])

    assert report.worst is Verdict.UNKNOWN
    assert report.findings[0].evidence["reason"] == reason
    assert time.process_time() - began < BUDGET


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        yield listening


def test_a_schema_reaches_neither_net_nor_file(server: socket.socket, tmp_path: Path) -> None:
    planted = tmp_path / "schema.json"
    planted.write_text('{"type": "string"}', encoding="utf-8")  # if it were read, the verdict would be `fails`
    host = f"http://127.0.0.1:{server.getsockname()[1]}/x"
    shapes = [{"$ref": host}, {"$schema": host}, {"$id": host, "$ref": "other"}, {"$ref": planted.as_uri()}]

    for shape in shapes:
        asked = Constraint("json_shape.schema", {"schema": shape})
        report = check(Trace(response="{}", constraints=(asked,)), select=["json_shape.schema"])
        assert report.worst is Verdict.UNKNOWN

    with pytest.raises(TimeoutError):
        server.accept()


def test_deep_json_and_large_numbers_are_not_decided() -> None:
    for text in ("[" * 10_000 + "]" * 10_000, "[" + "1" * 5_000 + "]"):
        report = check(Trace(response=text, constraints=(Constraint("json_shape.valid", {}),)), select=["json_shape"])

        assert [found.evidence["reason"] for found in report.findings] == ["limit"]


def test_every_rule_is_silent_or_open_on_a_text_that_is_too_long() -> None:
    report = check(Trace(steps=(Step("1 + 1 = 3 "),) * 2_001))

    assert {found.evidence["reason"] for found in report.findings} == {"limit"}
    assert len(report.findings) == len([rule for rule in all_rules() if rule.find is not None])


@pytest.mark.parametrize("name", ["keywords.include", "keywords.exclude"])
def test_many_long_phrases_in_a_long_text_are_not_decided(name: str) -> None:
    phrases = [" ".join(["a"] * 99 + [chr(98 + number % 20)]) for number in range(100)]
    began = time.process_time()

    report = check(Trace(response=long_text("a "), constraints=(Constraint(name, {"words": phrases}),)))

    assert [finding.evidence["reason"] for finding in report.findings if finding.rule == name] == ["limit"]
    assert time.process_time() - began < 5


MEMORY = """
import sys
from checkers import Limits, Step, Trace, check

def most():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024

check(Trace(steps=(Step(r"\\sqrt{2} = 1, 1 + 1 = 2, x + 1 = x"),)))
before = most()
for text in sys.stdin.read().split("\\0"):
    check(Trace(steps=(Step(text),)), limits=Limits(seconds=2.0))
print(most() - before)
"""
GREEDY = (
    "9^{9^{9^9}} = 1",
    "(10^9)! = 1",
    "\\binom{10^9}{5 \\cdot 10^8} = 1",
    "2^{10^9} = 3^{10^8}",
    "\\sum_{k=1}^{10^9} k^{50} = \\prod_{k=1}^{999} k^{999}",
    "(a + b + c + d + f)^{90} = (f + d + c + b + a)^{89} + x",
    "1e999999999 + 1 = 2",
    "\\lcm(" + ", ".join(f"{at}^{{900}}" for at in range(901, 980)) + ") = 1",
    "\\{" + ", ".join(map(str, range(90))) + "\\} = \\{" + ", ".join(map(str, range(91))) + "\\}",
    " = ".join(["\\sum_{k=1}^{999} 7^{k}"] * 50),
    *(f"{'9' * 900} \\cdot {'7' * 900} = {at}" for at in range(50)),
)
MOST_MEMORY = 192
"""MiB that 190,000 characters may cost at most, all their tokens and findings at once."""


def test_no_text_fills_the_memory() -> None:
    texts = [*GREEDY, *(long_text(run) for run in RUNS)]

    done = subprocess.run(
        [sys.executable, "-c", MEMORY], input="\0".join(texts), capture_output=True, text=True, check=False, timeout=300
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MOST_MEMORY
