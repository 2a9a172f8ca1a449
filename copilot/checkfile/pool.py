"""Several worker processes on one stream of lines: in order, in bounded memory, none of them silent when it dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import TypeAlias

from checkers import BadRecord
from copilot.checkfile.line import Checked, Choice, unchecked_line
from copilot.checkfile.process import Stopped, Worker

SECONDS = 30.0
"""For one line. Rules stop at limits of their own long before."""
_BATCH = 16
_BATCH_BYTES = 1 << 18
_HELD_BYTES = 1 << 25

Line: TypeAlias = tuple[int, bytes | BadRecord]


class Pool:
    """`jobs` processes that check lines by one choice of rules; a context manager that ends them."""

    def __init__(self, choice: Choice, *, jobs: int, seconds: float = SECONDS) -> None:
        """Raises CopilotError when the processes cannot be started."""
        self._choice, self._jobs, self._seconds = choice, jobs, seconds
        self._open = True
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._workers: set[Worker] = set()
        self._threads = ThreadPoolExecutor(jobs)  # they only wait for pipes
        try:
            for worker in self._threads.map(lambda _: self._started(), range(jobs)):
                self._idle.put(worker)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open = False
        for worker in list(self._workers):
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.end()

    def check(self, lines: Iterable[Line]) -> Iterator[Checked]:
        """What is found in each line, in their order.

        A line over which a worker dies or takes too long has a report that says `unknown` for every rule. Some
        batches of lines are held at a time, of 32 MiB together or a single one.
        """
        pending: deque[tuple[int, Future[list[Checked]]]] = deque()
        held = 0
        for size, batch in _batches(lines):
            while pending and (len(pending) >= 2 * self._jobs or held + size > _HELD_BYTES):
                done, future = pending.popleft()
                held -= done
                yield from future.result()
            pending.append((size, self._threads.submit(self._batch, batch)))
            held += size
        while pending:
            yield from pending.popleft()[1].result()

    def _batch(self, batch: Sequence[Line]) -> list[Checked]:
        worker = self._idle.get()
        found = []
        try:
            for number, raw in batch:
                if not self._open:
                    break
                if isinstance(raw, BadRecord):
                    found.append(Checked(number, None, rejected=raw))
                    continue
                try:
                    found.append(worker.check(number, raw))
                except Stopped as stop:
                    if not self._open:
                        raise
                    found.append(unchecked_line(number, raw, self._choice, reason=str(stop)))
                    self._workers.discard(worker)
                    worker.end()
                    worker = self._started()
        finally:
            self._idle.put(worker)
        return found

    def _started(self) -> Worker:
        worker = Worker(self._choice, seconds=self._seconds)
        self._workers.add(worker)
        return worker


def _batches(lines: Iterable[Line]) -> Iterator[tuple[int, list[Line]]]:
    """The lines by some at a time, each batch with its bytes: handing over single lines would cost more than them."""
    batch: list[Line] = []
    size = 0
    for number, raw in lines:
        batch.append((number, raw))
        size += 0 if isinstance(raw, BadRecord) else len(raw)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield size, batch
            batch, size = [], 0
    if batch:
        yield size, batch
