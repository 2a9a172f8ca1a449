from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from copilot.store.audit import Head, head, record, verify
from copilot.store.connect import reading, writing
from copilot.store.tables import APPEND_ONLY, metadata


@pytest.fixture
def log(engine: Engine, now: datetime) -> Engine:
    """Five rows, and nothing that guards them: as if somebody had the file."""
    with writing(engine) as db:
        for number in range(1, 6):
            write(db, now, str(number))
        if db.dialect.name == "postgresql":
            db.execute(text("ALTER TABLE audit_log DISABLE TRIGGER USER"))
        else:
            db.execute(text("DROP TRIGGER audit_log_no_update"))
            db.execute(text("DROP TRIGGER audit_log_no_delete"))
    return engine


def write(db: Connection, now: datetime, subject: str) -> None:
    record(db, actor="somebody", action="acted", subject=subject, detail={"n": [1, None, "é\x00"]}, now=now)


TAMPERING = {
    "an edited detail": ("UPDATE audit_log SET detail = '{}' WHERE number = 3", "row 3 was changed"),
    "an edited actor": ("UPDATE audit_log SET actor = 'nobody' WHERE number = 1", "row 1 was changed"),
    "an edited time": ("UPDATE audit_log SET at = '2020-01-01 00:00:00.000000' WHERE number = 5", "row 5 was changed"),
    "a removed row": ("DELETE FROM audit_log WHERE number = 2", "row 2 is missing"),
    "a removed start": ("DELETE FROM audit_log WHERE number = 1", "row 1 is missing"),
    "an own hash": ("UPDATE audit_log SET hash = repeated WHERE number = 4", "row 4 was changed"),
    "two rows swapped": (
        "UPDATE audit_log SET number = CASE number WHEN 3 THEN -4 ELSE -3 END WHERE number IN (3, 4);"
        "UPDATE audit_log SET number = -number WHERE number < 0",
        "row 3 does not follow row 2",
    ),
}


@pytest.mark.parametrize(("statements", "said"), TAMPERING.values(), ids=TAMPERING.keys())
def test_the_first_row_that_was_tampered_with_is_named(log: Engine, statements: str, said: str) -> None:
    with reading(log) as db:
        assert verify(db) is None
    with writing(log) as db:
        for statement in statements.split(";"):
            db.exec_driver_sql(statement.replace("repeated", "'" + "a" * 64 + "'"))

    with reading(log) as db:
        assert verify(db) == said


def test_a_log_that_was_cut_short_is_found_by_its_anchor(log: Engine) -> None:
    with reading(log) as db:
        noted = head(db)
        assert noted.number == 5
        assert verify(db, anchor=noted) is None
    with writing(log) as db:
        db.execute(text("DELETE FROM audit_log WHERE number > 3"))

    with reading(log) as db:
        assert verify(db) is None
        assert verify(db, anchor=noted) == "rows 4 to 5 are missing at the end"


def test_a_log_that_was_written_anew_is_found_by_its_anchor(log: Engine, now: datetime) -> None:
    with writing(log) as db:
        noted = head(db)
        db.execute(text("DELETE FROM audit_log WHERE number > 3"))
        write(db, now, "another")
        write(db, now, "history")
        write(db, now, "goes on")

    with reading(log) as db:
        assert verify(db) is None
        assert verify(db, anchor=noted) == "row 5 is not the one that was noted"


def test_the_row_is_gone_with_the_change_it_tells_of(engine: Engine, now: datetime) -> None:
    def half() -> None:
        with writing(engine) as db:
            write(db, now, "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with reading(engine) as db:
        assert head(db) == Head(0, "0" * 64)


def _everything(db: Connection) -> None:
    # One row of each table, past the foreign keys: it is the triggers that are looked at.
    if db.dialect.name == "postgresql":
        db.execute(text("SET LOCAL session_replication_role = replica"))
    for name in APPEND_ONLY:
        table = metadata.tables[name]
        values = {column.name: _some(str(column.type)) for column in table.columns if column.name != "seq"}
        if name == "finding":
            values["response_id"] = "NULL"
        names, given = ", ".join(values), ", ".join(values.values())
        db.execute(text(f"INSERT INTO {name} ({names}) VALUES ({given})"))


def _some(kind: str) -> str:
    if "CHAR" in kind or "UUID" in kind:
        return "'00000000000000000000000000000001'"
    if "TIME" in kind:
        return "'2026-11-23 09:00:00.000000'"
    return "1" if "INT" in kind else "'1'"


CHANGES: dict[str, Callable[[str], str]] = {
    "update": lambda table: f"UPDATE {table} SET {next(iter(metadata.tables[table].columns)).name} = 7",
    "delete": lambda table: f"DELETE FROM {table}",
}


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_only_added_to_is_neither_changed_nor_removed(engine: Engine, table: str) -> None:
    with engine.connect() as db:
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("ROLLBACK")
            db.exec_driver_sql("PRAGMA foreign_keys=OFF")
            db.exec_driver_sql("BEGIN IMMEDIATE")
        _everything(db)
        if db.dialect.name == "postgresql":
            db.execute(text("SET LOCAL session_replication_role = origin"))
        db.commit()
    if engine.dialect.name == "sqlite":
        engine.dispose()
    changes = [change(table) for change in CHANGES.values()]
    if engine.dialect.name == "postgresql":
        changes.append(f"TRUNCATE {table} CASCADE")
    for change in changes:
        with pytest.raises(DBAPIError, match="append-only"), writing(engine) as db:
            db.execute(text(change))


def test_a_row_is_not_replaced_past_the_triggers(engine: Engine, now: datetime) -> None:
    if engine.dialect.name == "postgresql":
        replace = (
            "INSERT INTO audit_log SELECT * FROM audit_log ON CONFLICT (number) DO UPDATE SET actor = 'somebody else'"
        )
    else:
        replace = "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log"
    with writing(engine) as db:
        write(db, now, "1")

    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as db:
        db.execute(text(replace))
