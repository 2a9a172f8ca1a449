"""Ctrl+C the first time: nothing new begins, and what is paid for is waited for and stored."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def first_interrupt() -> Iterator[Callable[[], bool]]:
    """A function that says whether the person asked to stop; a second Ctrl+C stops at once, as ever."""
    loop = asyncio.get_running_loop()
    asked: list[bool] = []

    def stop() -> None:
        asked.append(True)
        loop.remove_signal_handler(signal.SIGINT)
        sys.stderr.write("\nstopping after the calls that are out; Ctrl+C again stops at once\n")

    loop.add_signal_handler(signal.SIGINT, stop)
    try:
        yield lambda: bool(asked)
    finally:
        loop.remove_signal_handler(signal.SIGINT)
