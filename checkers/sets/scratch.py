"""What rules keep of a set between its two readings: a private database on disk that nobody else ever sees."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from checkers.limits import OverLimit
from checkers.sets.terms import Terms

Made = TypeVar("Made")
_PAGE = 4096
_HELD = 256
"""Rows of one statement that wait in memory to be written together."""


class Scratch:
    """An SQLite file of mode 0600 whose name is gone as soon as it is open, so that a killed process leaves none.

    A context manager. Memory stays at some 16 MiB whatever is kept. Each rule makes tables of its own and names them
    after itself.
    """

    def __init__(self, *, folder: Path | None = None, most_bytes: int = 8 << 30) -> None:
        """In `folder`, else where the system keeps temporary files; a file of more than `most_bytes` is OverLimit."""
        import sqlite3  # only here: checks of single traces load neither
        import tempfile

        handle, name = tempfile.mkstemp(prefix="copilot-set-", suffix=".db", dir=folder)
        os.close(handle)
        try:
            self._db = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
            # Nothing is ever rolled back or shared, so that neither a journal nor a sync is of any use.
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-16000", "locking_mode=EXCLUSIVE"):
                self._db.execute(f"PRAGMA {pragma}").fetchall()
            self._db.execute(f"PRAGMA max_page_count={max(8, most_bytes // _PAGE)}").fetchall()
            self._db.execute("BEGIN EXCLUSIVE")
        finally:
            Path(name).unlink(missing_ok=True)
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}
        self._made: dict[object, object] = {}

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._waiting.clear()
        self._db.close()

    def once(self, make: Callable[[Scratch, Terms], Made], terms: Terms) -> Made:
        """`make(self, terms)`, made once however many rules ask for it."""
        if make not in self._made:
            self._made[make] = make(self, terms)
        return self._made[make]  # type: ignore[return-value]

    def run(self, statement: str, values: Iterable[object] = ()) -> None:
        """Carry out one statement, behind all rows that were added before."""
        self.rows(statement, values)

    def add(self, statement: str, *values: object) -> None:
        """Carry out the statement with these values some time before anything is read."""
        waiting = self._waiting.setdefault(statement, [])
        waiting.append(values)
        if len(waiting) >= _HELD:
            self._write()

    def rows(self, statement: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a question that has few."""
        self._write()
        with _within_bounds():
            return self._db.execute(statement, tuple(values)).fetchall()

    def row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a question, or None when it has none."""
        self._write()
        with _within_bounds():
            found: tuple[Any, ...] | None = self._db.execute(statement, values).fetchone()
            return found

    def each(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a question that may have many, some hundreds in memory at a time."""
        self._write()
        with _within_bounds():
            cursor = self._db.execute(statement, values)
        while True:
            with _within_bounds():
                some = list(islice(cursor, _HELD))
            if not some:
                return
            yield from some

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, {}
        with _within_bounds():
            for statement, rows in waiting.items():
                self._db.executemany(statement, rows)


@contextmanager
def _within_bounds() -> Iterator[None]:
    import sqlite3

    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" not in str(error):
            raise
        raise OverLimit("the set needs more room on disk than there is, or than it may take") from error
