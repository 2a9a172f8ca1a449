"""A file of checked JSON lines that only grows: durable before it returns, and whole again after any crash."""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from copilot.errors import CopilotError
from copilot.files import sync_folder
from copilot.llm.private import open_private

Record: TypeAlias = Mapping[str, Any]
LONGEST_LINE = 32 * 2**20
"""Bytes: a reply of 4 MiB, every character escaped, with room to spare."""
_START = b'{"crc":"'
_CHECKED = re.compile(rb'\{"crc":"([0-9a-f]{8})",')


def to_line(record: Record) -> bytes:
    """One line of JSON with the CRC-32 of everything behind it as its first field."""
    body = json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode()[1:] + b"\n"
    return b'{"crc":"%08x",' % zlib.crc32(body) + body


def from_line(line: bytes) -> dict[str, Any] | None:
    """The record, or None when the line is torn, changed or not one of ours."""
    head = _CHECKED.match(line)
    if head is None or not line.endswith(b"\n"):
        return None
    body = line[head.end() :]
    if zlib.crc32(body) != int(head[1], 16):
        return None
    try:
        record = json.loads(b"{" + body)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _behind_damage(line: bytes) -> dict[str, Any] | None:
    """The whole record at the end of a line whose first part lost its newline."""
    start = line.rfind(_START)
    return from_line(line[start:]) if start > 0 else None


@dataclass(frozen=True, slots=True)
class Found:
    """What opening a log met: bytes cut from a torn end, and unreadable lines before it that were passed over."""

    cut: int = 0
    unreadable: int = 0


class AppendLog:
    """Appends of many tasks share one write and one fsync, made by a thread of its own."""

    def __init__(self, path: Path, *, patience: float = 30.0, pause: float = 1.0) -> None:
        """Open or make the file. A full disk is tried again every `pause` seconds for `patience` seconds."""
        fresh = not path.exists()
        self.path = path
        self._descriptor = open_private(path, os.O_RDWR)
        if fresh:
            sync_folder(path.parent)
        self._patience = patience
        self._pause = pause
        self._size = 0
        self._broken: OSError | None = None
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="append-log")

    def open(self, take: Callable[[Record], None]) -> Found:
        """Give every whole record to `take`, cut the torn end off, and be ready to append."""
        good = unreadable = passed = 0
        for start, line in self._lines():
            record = from_line(line)
            if record is None:
                passed += 1
                record = _behind_damage(line)
            if record is None:
                continue
            take(record)
            good, unreadable = start + len(line), unreadable + passed
            passed = 0
        cut = os.fstat(self._descriptor).st_size - good
        if cut:
            os.ftruncate(self._descriptor, good)
            os.fsync(self._descriptor)
        self._size = good
        return Found(cut, unreadable)

    def records(self) -> Iterator[Record]:
        """Every whole record that was durable when the walk began; it may be walked from another thread."""
        durable = self._size
        for start, line in self._lines():
            if start >= durable:
                return
            record = from_line(line) or _behind_damage(line)
            if record is not None:
                yield record

    async def append(self, record: Record) -> None:
        """Return once the record is on the disk; raise a `CopilotError` that says where when it cannot be."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((to_line(record), done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._drain())
        try:
            # Shielded: a caller that gives up must not keep others' records from being told.
            await asyncio.shield(done)
        except OSError as error:
            raise self._trouble(error) from error

    async def close(self) -> None:
        """Write what is waiting, then let go of the file."""
        if self._writer is not None:
            await self._writer
        self._thread.shutdown(wait=True)
        os.close(self._descriptor)

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await loop.run_in_executor(self._thread, self._commit, b"".join(line for line, _ in batch))
            except OSError as error:
                for _, done in batch:
                    done.set_exception(error)
                    done.exception()
                continue
            for _, done in batch:
                done.set_result(None)
        self._writer = None

    def _commit(self, lines: bytes) -> None:
        """All lines or none; after a failed fsync nothing is trusted any more, as the kernel may have dropped pages."""
        if self._broken is not None:
            raise self._broken
        deadline = time.monotonic() + self._patience
        while True:
            try:
                self._write(lines)
                break
            except OSError:
                os.ftruncate(self._descriptor, self._size)
                if time.monotonic() >= deadline:
                    raise
            time.sleep(self._pause)
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            self._broken = error
            raise
        self._size += len(lines)

    def _write(self, lines: bytes) -> None:
        rest, at = memoryview(lines), self._size
        while rest:
            written = os.pwrite(self._descriptor, rest, at)
            rest, at = rest[written:], at + written

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its offset; a line longer than any of ours comes in pieces, none of which checks out."""
        start = 0
        with self.path.open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                yield start, line
                start += len(line)

    def _trouble(self, error: OSError) -> CopilotError:
        return CopilotError(
            f"{self.path} cannot be written ({error.strerror})",
            hint="make room there, then run the same command again; what was paid for and recorded is kept",
        )
