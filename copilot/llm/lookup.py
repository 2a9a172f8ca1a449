"""diskcache as a look-up of recorded attempts: quick, disposable, and never trusted."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import diskcache
from diskcache.core import MODE_RAW

from copilot.errors import CopilotError
from copilot.llm.private import private_folder

_log = logging.getLogger(__name__)
_NEVER_EVICT = {"eviction_policy": "none", "size_limit": 2**40, "cull_limit": 0}
# Values stay in the row, so that a planted file name is never opened.
_IN_ROW = {"disk_min_file_size": 2**40}
_DAMAGE = (sqlite3.Error, diskcache.Timeout, OSError, ValueError, TypeError)
_Result = TypeVar("_Result")


class _NotBytes(ValueError):
    """A row that this program did not write."""


class BytesDisk(diskcache.Disk):  # type: ignore[misc]
    """Text keys and bytes in the row, nothing else: diskcache would run code from a planted pickle."""

    def put(self, key: object) -> tuple[str, bool]:
        """The key as it is stored."""
        if not isinstance(key, str):
            raise _NotBytes("a key is text")
        return key, True

    def get(self, key: object, raw: object) -> str:
        """The key as it was stored."""
        if not raw or not isinstance(key, str):
            raise _NotBytes("a key is text")
        return key

    def store(self, value: object, read: bool, key: object = diskcache.UNKNOWN) -> tuple[int, int, None, bytes]:
        """The row for a value."""
        if read or not isinstance(value, bytes):
            raise _NotBytes("a value is bytes")
        return 0, MODE_RAW, None, value

    def fetch(self, mode: int, filename: str | None, value: object, read: bool) -> bytes:
        """The value of a row; a pickle, a file name or anything else is refused unread."""
        if mode != MODE_RAW or filename is not None or read or not isinstance(value, bytes):
            raise _NotBytes("a value is bytes")
        return value


class Lookup:
    """Bytes by key. Whatever is wrong with it reads as a miss; `rebuild` makes it anew from the record."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache: Any = None
        # SQLite connections belong to a thread: one thread, one connection, closed where it was opened.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lookup")

    async def get(self, key: str) -> bytes | None:
        """The value, or None when there is none that can be trusted."""
        return await self._run(lambda: self._get(key))

    async def put(self, key: str, value: bytes) -> None:
        """Remember the value; when the look-up is damaged, forget instead."""
        await self._run(lambda: self._put([(key, value)]))

    async def rebuild(self, rows: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        """Throw everything away and fill it from `rows`, which is walked in the look-up's own thread."""
        await self._run(lambda: self._rebuild(rows))

    async def close(self) -> None:
        """Close the database."""
        await self._run(self._close)
        self._thread.shutdown(wait=True)

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _get(self, key: str) -> bytes | None:
        value: object = None
        with self._damage_is_a_miss():
            value = self._open().get(key)
        return value if isinstance(value, bytes) else None

    def _put(self, rows: Iterable[tuple[str, bytes]]) -> None:
        with self._damage_is_a_miss():
            cache = self._open()
            with cache.transact():
                for key, value in rows:
                    cache.set(key, value)

    def _rebuild(self, rows: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        self._close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._put(rows())

    def _open(self) -> Any:
        if self._cache is None:
            private_folder(self._folder)
            with _files_for_the_owner_only():
                self._cache = diskcache.Cache(str(self._folder), disk=BytesDisk, **_NEVER_EVICT, **_IN_ROW)
        return self._cache

    def _close(self) -> None:
        cache, self._cache = self._cache, None
        if cache is not None:
            cache.close()

    @contextmanager
    def _damage_is_a_miss(self) -> Iterator[None]:
        try:
            yield
        except (*_DAMAGE, CopilotError) as error:
            _log.warning(
                "the look-up of paid answers is damaged (%s); the journal is read instead", type(error).__name__
            )
            self._close()


@contextmanager
def _files_for_the_owner_only() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
