"""The algebra system in its own process: what it shows, and that nothing it does can hurt."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers.decide.decision import Bounds, Unsupported
from checkers.decide.equal import equal
from checkers.decide.job import question
from checkers.decide.system import COMMAND, GRACE, Algebra
from checkers.finding import Verdict
from checkers.formula.read import read
from checkers.formula.tree import Chain, Name, Node, Number, Series
from checkers.limits import Budget

READY = "import sys, time, os\nsaid = os.write\nsaid(1, b'ready\\n')\nos.read(0, 12)\n"
FIRST = "\\x00\\x00\\x00\\x01"
"""The number of the first job, as a worker repeats it."""
ONE, TWO = Number((0, 1), Fraction(1)), Number((0, 1), Fraction(2))
HARD = "\\sin(\\arcsin(x + 50)) = x + 50"
"""What the tiers before leave to the algebra system."""
SLOW = "(x + y + z + u)^{40} = (x + y - z + u)^{40} + y"


def sides(text: str) -> tuple[Node, Node]:
    chain = read(text)
    assert isinstance(chain, Chain)
    return chain.parts[0], chain.parts[1]


def pid_of(algebra: Algebra) -> int:
    assert algebra.worker is not None
    return algebra.worker.process.pid


@pytest.fixture(scope="module")
def algebra() -> Iterator[Algebra]:
    found = Algebra()
    yield found
    found.close()


@pytest.fixture
def lane() -> Iterator[Callable[[str], Algebra]]:
    opened: list[Algebra] = []

    def start(code: str) -> Algebra:
        opened.append(Algebra((sys.executable, "-I", "-c", code)))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.mark.parametrize(
    "text",
    [
        "(x + 1)^2 = x^2 + 2x + 1",
        "\\sin(\\arcsin(x)) = x",
        "\\sqrt{7 + 4\\sqrt3} = 2 + \\sqrt3",
        "\\sum_{k=1}^{n} 2^k = 2^{n+1} - 2",
        "\\log_2(8) = 3",
        "50\\% = \\frac12",
        "e^{i\\pi} = -1",
    ],
)
def test_the_algebra_system_shows_identities(algebra: Algebra, text: str) -> None:
    assert algebra.shows_equal(*sides(text), seconds=20) == (True, "not shown")


def test_what_is_not_shown_is_unknown(algebra: Algebra) -> None:
    assert algebra.shows_equal(*sides("x + 1 = x"), seconds=20)[0] is False
    found = equal(*sides("\\lfloor x \\rfloor \\cdot y^z = 2"), algebra=algebra, bounds=Bounds(seconds=20))
    assert found.verdict in (Verdict.UNKNOWN, Verdict.FAILS)


def test_one_worker_answers_many_jobs_of_many_threads(algebra: Algebra) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    before = pid_of(algebra)
    found: list[bool] = []
    asking = [
        threading.Thread(
            target=lambda: found.append(algebra.shows_equal(*sides("(x+1)(x-1) = x^2 - 1"), seconds=20)[0])
        )
        for _ in range(8)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert found == [True] * 8
    assert pid_of(algebra) == before


TREES = ["number", "1", 1], ["symbol", "x"], ["call", "sin", "__import__('os')"], "x", ["call", "system", []]
LONG = ["sum", *[["number", 1, 1]] * 4_000]
DEEP = json.loads("[" * 200 + "]" * 200)


@pytest.mark.parametrize("tree", [*TREES, LONG, DEEP, {"x": 1}, None, 7], ids=range(10))
def test_a_job_of_another_shape_or_size_is_refused(algebra: Algebra, tree: object) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    assert algebra.worker is not None

    reply = algebra.worker.reply(json.dumps([tree, ["number", 1, 1]]).encode(), seconds=20, ends=time.monotonic() + 20)

    assert reply["equal"] is None
    assert reply["reason"] in ("ValueError", "KeyError", "TypeError")


@given(name=st.text(min_size=1))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_text_is_in_a_question(name: str) -> None:
    said = json.loads(question(Name((0, 1), name), Series((0, 1), "sum", name + "_", ONE, TWO, Name((0, 1), name))))

    words: set[str] = set()
    waiting = [said]
    while waiting:
        here = waiting.pop()
        words |= {part for part in here if isinstance(part, str)}
        waiting += [part for part in here if isinstance(part, list)]
    assert words <= {"symbol", "series", "number", "constant", "pi", "e", "i"}


def test_an_index_that_is_called_like_a_constant_is_not_asked_about() -> None:
    with pytest.raises(Unsupported):
        question(*sides("\\sum_{i=1}^{n} i = n i"))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("time.sleep(60)", "deadline"),
        (f"said(1, b'{FIRST}'); time.sleep(60)", "deadline"),
        (f"said(1, b'{FIRST}' + b'\\xff' * 4); time.sleep(60)", "replied too much"),
        (f"said(1, b'{FIRST}\\x00\\x00\\x00\\x02[]'); time.sleep(60)", "nonsense"),
        (f"said(1, b'{FIRST}\\x00\\x00\\x00\\x04\\x80\\x04K.'); time.sleep(60)", "nonsense"),
        (f"said(1, b'{FIRST}\\x00\\x00\\x00\\x40{{')", "died"),
        ("os._exit(70)", "died"),
        ("os.kill(os.getpid(), 9)", "died"),
    ],
)
def test_a_worker_that_answers_badly_is_replaced_and_reads_unknown(
    lane: Callable[[str], Algebra], code: str, reason: str
) -> None:
    algebra = lane(READY + code)
    began = time.monotonic()

    shows, told = algebra.shows_equal(*sides("x = x"), seconds=1)

    assert (shows, reason in told) == (False, True), told
    assert time.monotonic() - began < 5
    if algebra.worker is not None:  # one that is only late is given a moment to own up
        time.sleep(max(0.0, algebra.worker.owes_until + 0.01 - time.monotonic()))
        assert algebra.worker.is_lost()


def test_a_worker_that_hangs_is_replaced_after_a_moment(lane: Callable[[str], Algebra]) -> None:
    algebra = lane(READY + "time.sleep(60)")
    for _ in range(2):
        assert algebra.shows_equal(*sides("x = x"), seconds=0.2) == (False, "deadline")
    first = pid_of(algebra)
    algebra.command = COMMAND
    time.sleep(GRACE + 0.3)

    assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True
    assert pid_of(algebra) != first


def test_a_killed_worker_is_replaced(algebra: Algebra) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    assert algebra.worker is not None
    algebra.worker.process.kill()
    algebra.worker.process.wait()

    assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True


def test_a_job_is_ended_at_its_deadline_and_its_late_reply_is_nobody_elses(algebra: Algebra) -> None:
    assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True
    before = pid_of(algebra)

    for seconds in (0.0, 0.001, 0.003, 0.006, 0.3) * 4:
        began = time.monotonic()
        assert algebra.shows_equal(*sides(SLOW), seconds=seconds) == (False, "deadline")
        assert time.monotonic() - began < seconds + 2
        algebra.shows_equal(*sides("x = x"), seconds=seconds)
        assert algebra.shows_equal(*sides("x + 1 = x"), seconds=20) == (False, "not shown")
    assert pid_of(algebra) == before


def test_who_finds_the_worker_busy_waits_for_as_long_as_it_has(algebra: Algebra) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    busy = threading.Thread(target=lambda: algebra.shows_equal(*sides(SLOW), seconds=2))
    busy.start()
    time.sleep(0.2)
    waited: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        assert algebra.shows_equal(*sides("x = x"), seconds=20, patience=0.3) == (False, "deadline")
        waited.append(time.monotonic() - began)

    asking = [threading.Thread(target=ask) for _ in range(16)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    found = equal(*sides(HARD), algebra=algebra, work=Budget(time.monotonic() + 0.2).work())
    busy.join()

    assert len(waited) == 16
    assert max(waited) < 2
    assert (found.verdict, found.evidence["reason"]) == (Verdict.UNKNOWN, "deadline")
    assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True


def test_who_cannot_wait_for_the_start_leaves_it_to_the_next() -> None:
    algebra = Algebra()
    try:
        assert algebra.shows_equal(*sides("x = x"), seconds=20, patience=0.01) == (False, "deadline")
        before = pid_of(algebra)
        assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True
        assert pid_of(algebra) == before
    finally:
        algebra.close()


def test_the_worker_outlives_the_thread_that_started_it() -> None:
    algebra = Algebra()
    starting = threading.Thread(target=lambda: algebra.shows_equal(*sides("x = x"), seconds=20))
    starting.start()
    starting.join()
    before = pid_of(algebra)

    try:
        assert algebra.shows_equal(*sides("x = x"), seconds=20)[0] is True
        assert pid_of(algebra) == before
    finally:
        algebra.close()
