"""Runs: one call of `prelabel` each, and what it was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select

from checkers import Json
from copilot.store.audit import record
from copilot.store.tables import draft, run


@dataclass(frozen=True, slots=True)
class Run:
    """One call of `prelabel`, and how much it stored."""

    id: UUID
    task: str
    model: str
    source_name: str
    source_sha256: str
    started_at: datetime
    drafted: int


def start_run(
    db: Connection,
    *,
    project_id: UUID,
    task: str,
    model: str,
    params: Mapping[str, Json],
    source_name: str,
    source_sha256: str,
    now: datetime,
) -> UUID:
    """A new run; `task` is a task's name or `auto`."""
    made = uuid4()
    db.execute(
        insert(run).values(
            id=made,
            project_id=project_id,
            task=task,
            model=model,
            params=params,
            source_name=source_name,
            source_sha256=source_sha256,
            started_at=now,
        )
    )
    detail = {"model": model, "source": source_name, "sha256": source_sha256, "task": str(task)}
    record(db, actor="operator", action="run.started", subject=f"run:{made}", detail=detail, now=now)
    return made


def list_runs(db: Connection, *, project_id: UUID) -> list[Run]:
    """The project's runs, newest first."""
    drafted = select(func.count()).where(draft.c.run_id == run.c.id).scalar_subquery()
    rows = db.execute(
        select(
            run.c.id,
            run.c.task,
            run.c.model,
            run.c.source_name,
            run.c.source_sha256,
            run.c.started_at,
            drafted.label("drafted"),
        )
        .where(run.c.project_id == project_id)
        .order_by(run.c.seq.desc())
    )
    return [Run(**row._mapping) for row in rows]
