"""A run's progress: a live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.prelabel import Progress

_EVERY = 10.0
"""Seconds between two plain lines."""


@contextmanager
def progress_bar(total: int | None) -> Iterator[Callable[[Progress], None]]:
    """A function to call with each new Progress. `total` requests are expected, or nobody knows how many."""
    if not sys.stderr.isatty():
        yield _PlainLines(total).show
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("drafting"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    started = monotonic()
    with bar:
        task = bar.add_task("drafting", total=total, said="")
        yield lambda progress: bar.update(
            task, total=total or progress.asked, completed=progress.finished, said=_said(progress, started)
        )


class _PlainLines:
    def __init__(self, total: int | None) -> None:
        self.total = total
        self.started = self.last = monotonic()

    def show(self, progress: Progress) -> None:
        now = monotonic()
        if now - self.last < _EVERY:
            return
        self.last = now
        total = self.total or progress.asked
        sys.stderr.write(f"drafting: {progress.finished:,} of {total:,}, {_said(progress, self.started)}\n")


def _said(progress: Progress, started: float) -> str:
    """Rate, cost so far and failures, in a few words."""
    fresh = progress.drafted + progress.failed
    rate = fresh / max(monotonic() - started, 0.001)
    cost = f"${progress.cost:.4f}" + ("+?" if progress.unpriced else "")
    failed = f", {progress.failed:,} failed" if progress.failed else ""
    return f"{rate:.1f}/s, {cost}{failed}"
