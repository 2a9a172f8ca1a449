"""The audit log: who did what when, each row sealed to the one before by its hash.

Whoever may write the database file can rewrite the whole chain; a head that was noted elsewhere shows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, text

from checkers import Json
from copilot.store.columns import canonical
from copilot.store.tables import audit_log

_START = "0" * 64
_ONE_WRITER = 7_230_115_115
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the log: note it somewhere else, and a log that was cut short is found out."""

    number: int
    hash: str


def record(db: Connection, *, actor: str, action: str, subject: str, detail: Mapping[str, Json], now: datetime) -> None:
    """Add a row, in the transaction of the change that it tells of. Call it last: on PostgreSQL others wait for it."""
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_WRITER})
    last = head(db)
    row = {
        "number": last.number + 1,
        "at": now,
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": detail,
        "previous": last.hash,
    }
    db.execute(insert(audit_log).values(**row, hash=_seal(row)))


def head(db: Connection) -> Head:
    """The last row; number 0 when there is none."""
    row = db.execute(
        select(audit_log.c.number, audit_log.c.hash).order_by(audit_log.c.number.desc()).limit(1)
    ).one_or_none()
    return Head(0, _START) if row is None else Head(row.number, row.hash)


def verify(db: Connection, *, anchor: Head | None = None) -> str | None:
    """The first row that is not what was written, in words; None when the chain is whole.

    With an `anchor` noted earlier, a chain that was cut short or rewritten before it is found too.
    """
    last = Head(0, _START)
    while rows := _page(db, after=last.number):
        for row in rows:
            if trouble := _trouble(row, last):
                return trouble
            last = Head(row["number"], row["hash"])
            if anchor is not None and anchor.number == last.number and anchor.hash != last.hash:
                return f"row {last.number} is not the one that was noted"
    if anchor is not None and last.number < anchor.number:
        return f"rows {last.number + 1} to {anchor.number} are missing at the end"
    return None


def _page(db: Connection, *, after: int) -> list[RowMapping]:
    rows = select(audit_log).where(audit_log.c.number > after).order_by(audit_log.c.number).limit(_PAGE)
    return list(db.execute(rows).mappings())


def _trouble(row: RowMapping, last: Head) -> str | None:
    if row["number"] != last.number + 1:
        return f"row {last.number + 1} is missing"
    if row["previous"] != last.hash:
        return f"row {row['number']} does not follow row {last.number}"
    if row["hash"] != _seal(row):
        return f"row {row['number']} was changed"
    return None


def _seal(row: Mapping[str, Any] | RowMapping) -> str:
    said = {name: row[name] for name in ("number", "actor", "action", "subject", "detail", "previous")}
    said["at"] = row["at"].astimezone(UTC).isoformat()
    return hashlib.sha256(canonical(said).encode()).hexdigest()
