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
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    row = insert(table).values(**values).on_conflict_do_nothing().returning(table.c.seq)
    return db.execute(row).one_or_none() is not None


def chunks(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """The things in order, in pieces small enough to be bound by one statement."""
    for start in range(0, len(things), _CHUNK):
        yield things[start : start + _CHUNK]
