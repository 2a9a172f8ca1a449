"""Projects: one home holds many, and rows of one are never seen from another."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, select

from copilot.errors import CopilotError, NotFound
from copilot.store.audit import record
from copilot.store.once import insert_once
from copilot.store.tables import project

_LONGEST = 100


def ensure_project(db: Connection, *, name: str, now: datetime) -> UUID:
    """The project of that name, made when there is none."""
    if not name.isprintable() or not 0 < len(name.strip()) <= _LONGEST:
        raise CopilotError(
            f"{name[:_LONGEST]!r} cannot be a project's name", hint=f"use 1 to {_LONGEST} printable characters"
        )
    if (known := _project(db, name)) is not None:
        return known
    made = uuid4()
    if insert_once(db, project, {"id": made, "name": name, "created_at": now}):
        record(db, actor="operator", action="project.made", subject=f"project:{made}", detail={"name": name}, now=now)
        return made
    return find_project(db, name)


def open_project(db: Connection, *, name: str, now: datetime) -> UUID:
    """The project of that name; in a home that has none yet it is made, for somebody must come first.

    Beside others it is NotFound, with their names: a slip of the pen must not make an empty project, `default`
    included. Further projects are made where there is something to put in them: by drafting into them.
    """
    if db.execute(select(project.c.id).limit(1)).scalar_one_or_none() is None:
        return ensure_project(db, name=name, now=now)
    return find_project(db, name)


def find_project(db: Connection, name: str) -> UUID:
    """The project of that name; NotFound, with the names there are, when there is none."""
    if (known := _project(db, name)) is not None:
        return known
    names = [str(row) for row in db.scalars(select(project.c.name).order_by(project.c.seq).limit(20))]
    hint = f"choose one with --project: {', '.join(names)}" if names else "run copilot demo or copilot prelabel first"
    raise NotFound(f"there is no project {name!r}", hint=hint)


def _project(db: Connection, name: str) -> UUID | None:
    return db.execute(select(project.c.id).where(project.c.name == name)).scalar_one_or_none()
