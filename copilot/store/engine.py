"""Connections to either database, and the transactions in which everything happens."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from copilot.errors import CopilotError
from copilot.store.trouble import told

_WAL_FIX = (3, 51, 3)
"""Older releases can corrupt a database in WAL mode when two connections write and checkpoint at once."""

_PRAGMAS = (
    "busy_timeout=5000",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    # Without it, INSERT OR REPLACE would remove rows past the triggers that guard them.
    "recursive_triggers=ON",
    "temp_store=MEMORY",
)
_POSTGRES_OPTIONS = "-c statement_timeout=5000 -c lock_timeout=5000 -c timezone=UTC"
_READS = "copilot_reads"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on one unchanging view of the database."""
    options: dict[str, Any] = {_READS: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with _in_words(engine), engine.connect() as db, db.execution_options(**options).begin():
        yield db


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction: it is on disk when the block ends well, and never was when it does not."""
    with _in_words(engine), engine.begin() as db:
        yield db


@contextmanager
def _in_words(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if (mendable := told(error, free=lambda: _free(engine))) is None:
            raise
        raise mendable from error


def _free(engine: Engine) -> int:
    """Bytes left where the SQLite file is; plenty where that cannot be told."""
    try:
        return disk_usage(Path(engine.url.database or "").parent).free
    except OSError:
        return sys.maxsize


def require_wal_fix(version: tuple[int, ...]) -> None:
    """Refuse an SQLite that can lose data in WAL mode."""
    if version < _WAL_FIX:
        raise CopilotError(
            f"SQLite {'.'.join(map(str, version))} can damage the database (fixed in 3.51.3)",
            hint="pip install --upgrade pysqlite3, or set COPILOT_DATABASE_URL to a PostgreSQL database",
        )


def sqlite_engine(path: Path) -> Engine:
    """An engine on the SQLite file at `path`."""
    driver = _sqlite_driver()
    require_wal_fix(driver.sqlite_version_info)
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=driver,
        connect_args={"check_same_thread": False},
        poolclass=QueuePool,
        pool_size=16,
        max_overflow=32,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _sqlite_driver() -> ModuleType:
    try:
        from pysqlite3 import dbapi2
    except ImportError:  # there are wheels for Linux only; elsewhere the version of Python's own decides
        return sqlite3
    driver: ModuleType = dbapi2
    return driver


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN comes late and is never IMMEDIATE; ours is written in `_begin_sqlite`.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise CopilotError(
            f"the home's file system cannot hold a database in WAL mode (it gave {mode!r})",
            hint="choose a --home on a local disk, or set COPILOT_DATABASE_URL to a PostgreSQL database",
        )


def _begin_sqlite(db: Connection) -> None:
    db.exec_driver_sql("BEGIN" if db.get_execution_options().get(_READS) else "BEGIN IMMEDIATE")


def postgres_engine(url: str) -> Engine:
    """An engine on the PostgreSQL database at `url`; the password in it is never shown."""
    hint = "it looks like postgresql://USER:PASSWORD@HOST/DATABASE"
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise CopilotError("COPILOT_DATABASE_URL is not a URL", hint=hint) from None
    if parsed.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise CopilotError(f"COPILOT_DATABASE_URL names {parsed.drivername!r}, which is not PostgreSQL", hint=hint)
    try:
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": 10, "options": _POSTGRES_OPTIONS},
            pool_pre_ping=True,
            pool_size=16,
            max_overflow=32,
        )
    except ModuleNotFoundError:
        raise CopilotError(
            "the driver for PostgreSQL is not installed", hint="pip install 'annotation-copilot[postgres]'"
        ) from None
