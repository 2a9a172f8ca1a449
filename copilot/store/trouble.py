"""What a database says when it cannot, in words for the person at the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from copilot.errors import CopilotError, Damaged, NoRoom, Unreachable

_SQLITE = {5: "busy", 6: "busy", 8: "readonly", 10: "disk", 11: "damaged", 13: "full", 14: "unopened", 26: "damaged"}
"""SQLite's primary result codes: BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB."""

_MAYBE_FULL = frozenset({"disk", "unopened"})
_LEAST_ROOM = 1 << 20
"""Bytes without which SQLite cannot make the files beside a database and write to them."""

_POSTGRES = {"40001": "busy", "40P01": "busy", "55P03": "busy", "57014": "busy", "53100": "full", "25006": "readonly"}
"""SQLSTATEs: serialisation, deadlock, lock and statement time-out, disk full, read-only transaction."""


def told(error: DBAPIError, *, free: Callable[[], int]) -> CopilotError | None:
    """The error as its cause and cure; None when it is a fault of ours, which must not be dressed up.

    `free` gives the bytes left where an SQLite database is: when none are, SQLite often says only that it could not
    write, or not open.
    """
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        kind = _SQLITE.get(code & 0xFF)
        return _as_error("full" if kind in _MAYBE_FULL and free() < _LEAST_ROOM else kind)
    state = getattr(error.orig, "sqlstate", None)
    if state is None and type(error.orig).__name__ != "OperationalError":
        return None
    gone = state is None or state[:2] in {"08", "28", "3D", "53", "57"}
    return _as_error(_POSTGRES.get(state or "", "gone" if gone else None), said=str(error.orig))


def _as_error(kind: str | None, said: str = "") -> CopilotError | None:
    first = said.strip().splitlines()[0][:300] if said.strip() else "no answer"
    errors: dict[str | None, CopilotError] = {
        "busy": Unreachable("the database is busy", hint="nothing was changed; try again in a moment"),
        "full": NoRoom("the disk is full", hint="make room and try again; what was stored before is safe"),
        "disk": CopilotError("the disk does not read or write", hint="check the disk, then run: copilot db check"),
        "readonly": CopilotError("the database may only be read", hint="check the permissions of the home"),
        "unopened": CopilotError("the database cannot be opened", hint="check the permissions of the home"),
        "damaged": Damaged("the database is damaged", hint="keep a copy, then restore the newest file of backups/"),
        "gone": Unreachable(f"the database does not answer: {first}", hint="check COPILOT_DATABASE_URL and the server"),
    }
    return errors.get(kind)
