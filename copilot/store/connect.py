"""The way into the store: a home or a URL becomes an engine on tables of our version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from copilot.store.engine import postgres_engine, reading, sqlite_engine, writing
from copilot.store.home import DATABASE, prepare_home, private_file, server_lock
from copilot.store.schema import SchemaState, create, refuse_unless_current, schema_state, upgrade

__all__ = [
    "Engine",
    "SchemaState",
    "connect",
    "open_store",
    "reading",
    "schema_state",
    "server_lock",
    "upgrade",
    "writing",
]


def connect(*, home: Path, url: str | None) -> Engine:
    """An engine on the database at `url`, else on the one in the home, of whatever version it is.

    The home is made with mode 0700 and its database with 0600 when they are new.
    """
    home = prepare_home(home)
    if url:
        return postgres_engine(url)
    private_file(home / DATABASE)
    return sqlite_engine(home / DATABASE)


def open_store(*, home: Path, url: str | None) -> Engine:
    """An engine on a database that has our tables: they are made when it is empty.

    A database of an older version is not touched (`copilot db upgrade` does that), nor one of a newer.
    """
    engine = connect(home=home, url=url)
    try:
        state = schema_state(engine)
        if state is SchemaState.EMPTY:
            create(engine)
        else:
            refuse_unless_current(state)
    except BaseException:
        engine.dispose()
        raise
    return engine
