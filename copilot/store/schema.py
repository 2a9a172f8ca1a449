"""Which version of the tables a database has, and how it gets to ours."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from copilot.errors import CopilotError, Damaged
from copilot.store.engine import reading, writing
from copilot.store.home import prepare_home, private_file, private_folder
from copilot.store.tables import metadata

REVISIONS = ("0001", "0002", "0003")
"""All steps of `migrations/` in order; the last is what this version of the program works with."""

_ONE_MIGRATION = 7_230_115_114
"""The number of the lock that PostgreSQL gives to one migration at a time."""


class SchemaState(StrEnum):
    """How a database stands to this version of the program."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def schema_state(engine: Engine) -> SchemaState:
    """Where the database stands; Damaged when it has tables without a version."""
    with reading(engine) as db:
        return _state(db)


def _state(db: Connection) -> SchemaState:
    tables = set(inspect(db).get_table_names())
    version = None
    if "alembic_version" in tables:
        version = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is None:
        if strange := tables & set(metadata.tables):
            raise Damaged(
                f"the database has a table {min(strange)!r} but no version of ours",
                hint="give us a database of our own",
            )
        return SchemaState.EMPTY
    if version not in REVISIONS:
        return SchemaState.NEWER
    return SchemaState.CURRENT if version == REVISIONS[-1] else SchemaState.OLDER


def refuse_unless_current(state: SchemaState) -> None:
    """Pass a database of this version; others are errors that say what to run."""
    if state is SchemaState.OLDER:
        raise CopilotError("the database is of an older version", hint="run: copilot db upgrade")
    if state is SchemaState.NEWER:
        raise CopilotError(
            "the database is of a newer version than this program", hint="install that version, or use another --home"
        )
    if state is SchemaState.EMPTY:
        raise CopilotError("the database is empty", hint="run: copilot db upgrade")


def create(engine: Engine) -> None:
    """Give an empty database its tables; of two processes at once, the second finds them made."""
    with writing(engine) as db:
        _alone(db)
        if _state(db) is SchemaState.EMPTY:
            migrate(db)


def upgrade(engine: Engine, home: Path, *, now: datetime) -> Path | None:
    """Bring the tables to this version, whole or not at all; the backup that was made first, if any.

    SQLite is backed up to `home/backups`. PostgreSQL is not: that is its operator's business, and None is given.
    """
    with writing(engine) as db:
        _alone(db)
        state = _state(db)
        if state is SchemaState.NEWER:
            refuse_unless_current(state)
        if state is SchemaState.CURRENT:
            return None
        # The write lock is held, so nothing gets between the backup and the first step.
        wanted = state is SchemaState.OLDER and engine.dialect.name == "sqlite"
        saved = back_up(engine, home, now=now) if wanted else None
        migrate(db)
        return saved


def back_up(engine: Engine, home: Path, *, now: datetime) -> Path:
    """Copy the SQLite database, also while others use it, to a new file in `home/backups`; that file."""
    folder = prepare_home(home) / "backups"
    private_folder(folder)
    path = folder / f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}.db"
    private_file(path)
    source = engine.raw_connection()
    try:
        driver = source.driver_connection
        assert driver is not None  # noqa: S101 - a connection that was just opened has one
        target = type(driver)(str(path))
        try:
            driver.backup(target)
        finally:
            target.close()
    finally:
        source.close()
    return path


def migrate(db: Connection, *, to: str = REVISIONS[-1]) -> None:
    """Bring the database to a step, inside the caller's transaction."""
    from alembic import command  # only here: it takes longer to load than most commands take to run
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "copilot.store:migrations")
    config.attributes["connection"] = db
    command.upgrade(config, to)


def _alone(db: Connection) -> None:
    # SQLite has one writer at a time anyway.
    if db.dialect.name == "postgresql":
        db.execute(text("SET LOCAL statement_timeout = 0"))
        db.execute(text("SET LOCAL lock_timeout = '60s'"))
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_MIGRATION})


def quick_check(engine: Engine) -> str | None:
    """What SQLite finds wrong in its file, or None; PostgreSQL looks after its own files."""
    if engine.dialect.name != "sqlite":
        return None
    with reading(engine) as db:
        said = db.execute(text("PRAGMA quick_check(1)")).scalar()
    return None if said == "ok" else str(said)[:500]
