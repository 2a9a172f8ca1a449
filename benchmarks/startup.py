"""How much longer `copilot --help` takes than an empty Python: interleaved, so that both meet the same machine."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROUNDS = 15
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "copilot --help": [str(Path(sys.executable).with_name("copilot")), "--help"],
    "copilot check --help": [str(Path(sys.executable).with_name("copilot")), "check", "--help"],
}


def seconds(command: list[str]) -> float:
    started = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - started


def main() -> None:
    for command in COMMANDS.values():
        seconds(command)
    times = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    bare = statistics.median(times["python -c pass"])
    print(f"{'command':24} {'min':>7} {'median':>7} {'max':>7}   median more than bare Python")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:24} {min(taken):7.3f} {median:7.3f} {max(taken):7.3f}   {median - bare:+.3f} s")


if __name__ == "__main__":
    main()
