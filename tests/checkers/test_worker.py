"""The process of the algebra system: what a job in it cannot do, and that it never outlives who asked."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkers.decide.system import COMMAND, Algebra
from tests.checkers.test_system import SLOW, pid_of, sides

ATTACKS = (
    "sympy.sin('__import__(chr(111)+chr(115))')",
    "open('/etc/hostname')",
    "open('/proc/self/environ')",
    "eval('1 + 1')",
    "exec('x = 1')",
    "compile('1', '', 'eval')",
    "socket.socket()",
    "os.system('true')",
    "subprocess.Popen(['true'])",
    "os.listdir('/')",
    "os.fork()",
    "os.kill(os.getppid(), 9)",
    "import ftplib",
)
GROWTH = ("bytearray(2 << 30)", "grown = [0]\n    while True: grown = grown + grown")
FIRST_PLANTED = 600


def planted(*codes: str) -> str:
    """The worker itself; where it builds the number 600 it runs the attacker's first code, then for 601 the second."""
    attacks = "".join(f"def attack_{at}():\n    {code}\n" for at, code in enumerate(codes))
    return f"""
import importlib.util, os, socket, subprocess, sympy
found = importlib.util.spec_from_file_location("worker", {COMMAND[2]!r})
worker = importlib.util.module_from_spec(found)
found.loader.exec_module(worker)
{attacks}
attacks = [{", ".join(f"attack_{at}" for at in range(len(codes)))}]
rightful = worker.build
def build(tree, depth=0):
    if tree[0] == "number" and {FIRST_PLANTED} <= tree[1] < {FIRST_PLANTED} + len(attacks):
        attacks[tree[1] - {FIRST_PLANTED}]()
    return rightful(tree, depth)
worker.build = build
worker.main()
"""


@pytest.fixture(scope="module")
def algebra() -> Iterator[Algebra]:
    found = Algebra()
    yield found
    found.close()


@pytest.fixture(scope="module")
def attacked() -> Iterator[Algebra]:
    found = Algebra((sys.executable, "-I", "-c", planted(*ATTACKS, *GROWTH)))
    yield found
    found.close()


def attack(algebra: Algebra, code: str) -> tuple[bool, str]:
    number = FIRST_PLANTED + (*ATTACKS, *GROWTH).index(code)
    return algebra.shows_equal(*sides(f"x + {number} = {number} + x"), seconds=20)


@pytest.mark.parametrize("code", ATTACKS)
def test_planted_code_ends_its_process_and_reads_unknown(attacked: Algebra, code: str) -> None:
    assert attacked.shows_equal(*sides("x + 1 = 1 + x"), seconds=20) == (True, "not shown")
    before = pid_of(attacked)

    assert attack(attacked, code) == (False, "its process died")

    assert attacked.shows_equal(*sides("x + 1 = 1 + x"), seconds=20) == (True, "not shown")
    assert pid_of(attacked) == before


@pytest.mark.parametrize("code", GROWTH)
def test_a_job_that_fills_the_memory_ends_and_the_next_is_answered(attacked: Algebra, code: str) -> None:
    shows, reason = attack(attacked, code)

    assert (shows, reason) == (False, "memory")
    assert attacked.shows_equal(*sides("x + 1 = 1 + x"), seconds=20) == (True, "not shown")


def child_of(pid: int) -> int:
    """The process of the job under way."""
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        for found in Path("/proc").glob("[0-9]*"):
            if _stat(int(found.name))[1] == str(pid):
                return int(found.name)
    raise AssertionError("no job is under way")


def test_a_job_has_no_environment_no_pipe_of_others_and_little_of_the_machine(algebra: Algebra) -> None:
    algebra.shows_equal(*sides("x = x"), seconds=20)
    busy = threading.Thread(target=lambda: algebra.shows_equal(*sides(SLOW), seconds=2))
    busy.start()
    own = Path(f"/proc/{child_of(pid_of(algebra))}")
    time.sleep(0.3)

    files = {name: os.readlink(own / "fd" / name) for name in os.listdir(own / "fd")}
    environment, limits = (own / "environ").read_bytes(), (own / "limits").read_text(encoding="ascii")
    status = (own / "status").read_text(encoding="ascii")
    busy.join()

    assert environment == b""
    assert sorted(target.partition(":")[0] for target in files.values()) == ["/dev/null"] * 4 + ["pipe"]
    assert f"Max address space         {512 << 20}" in limits
    for nothing in ("Max file size             0 ", "Max core file size        0 ", "Max cpu time              20 "):
        assert nothing in limits
    assert "Max open files            16 " in limits
    assert "NoNewPrivs:\t1" in status


@pytest.mark.parametrize("job", ["x = x", SLOW])
def test_worker_and_job_die_with_the_process_that_started_them(job: str) -> None:
    code = (
        "import sys, time, threading\nfrom checkers.decide.system import Algebra\n"
        "from checkers.formula.read import read\nlane = Algebra()\n"
        "ask = lambda text: lane.shows_equal(*read(text).parts, seconds=50)\nask('x = x')\n"
        f"threading.Thread(target=ask, args=({job!r},)).start()\ntime.sleep(0.3)\n"
        "print(lane.worker.process.pid, flush=True)\ntime.sleep(60)"
    )
    root = str(Path(COMMAND[2]).parents[2])
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env={"PYTHONPATH": root}) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        pids = [worker, child_of(worker)] if job == SLOW else [worker]
        parent.kill()
    ends = time.monotonic() + 10
    while not all(map(_is_gone, pids)) and time.monotonic() < ends:
        time.sleep(0.05)

    assert list(map(_is_gone, pids)) == [True] * len(pids)


def test_a_forked_process_gets_a_worker_of_its_own() -> None:
    code = (
        "import os, sys\nfrom checkers.decide.system import Algebra\nfrom checkers.formula.read import read\n"
        "lane = Algebra()\nask = lambda text: lane.shows_equal(*read(text).parts, seconds=20)[0]\n"
        "assert ask('x = x')\nfirst = lane.worker.process.pid\nchild = os.fork()\n"
        "for _ in range(20):\n    assert ask('x + 1 = 1 + x') and not ask('x + 1 = x')\n"
        "assert (lane.worker.process.pid == first) is (child != 0)\n"
        "lane.close()\nsys.exit(os.waitpid(child, 0)[1] if child else 0)"
    )
    root = str(Path(COMMAND[2]).parents[2])

    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": root}, check=False, timeout=60)

    assert done.returncode == 0


def _stat(pid: int) -> list[str]:
    """State and parent of a process; of one that is not there, a zombie without any."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[:2]
    except OSError:
        return ["Z", "0"]


def _is_gone(pid: int) -> bool:
    return _stat(pid)[0] == "Z"
