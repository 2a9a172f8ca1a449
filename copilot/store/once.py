"""Rows that go in at most once: the same statement for both databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Thing = TypeVar("Thing")

_CHUNK = 500
"""Values bound by one statement, at most; SQLite takes 32,766."""


def insert_once(db: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert the row unless one of its unique keys is there already; whether it went in."""
    if db.dialect.name == "postgresql":
        row = postgresql.insert(table).values(**values).on_conflict_do_nothing()
        return db.execute(row).rowcount == 1
    return db.execute(sqlite.insert(table).values(**values).on_conflict_do_nothing()).rowcount == 1


def chunks(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """The things in order, in pieces small enough to be bound by one statement."""
    for start in range(0, len(things), _CHUNK):
        yield things[start : start + _CHUNK]
