"""Drafts with their findings and routes: stored whole, once, and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, insert, select

from copilot.errors import NotFound
from copilot.model import Checked, Content, Draft, Outcome, TaskName, Usage
from copilot.store.contents import draft_steps, put_findings, put_steps
from copilot.store.once import chunks, insert_once
from copilot.store.tables import draft, draft_step, finding, queue_entry, route
from copilot.store.tally import Tally, tally

__all__ = ["Tally", "drafted", "get_draft", "put_checked", "tally"]


def drafted(db: Connection, *, project_id: UUID, request_keys: Iterable[str]) -> set[tuple[UUID, str]]:
    """Which of these requests the project has a draft for, as (item id, request key)."""
    found: set[tuple[UUID, str]] = set()
    for some in chunks(sorted(set(request_keys))):
        rows = select(draft.c.item_id, draft.c.request_key).where(
            draft.c.project_id == project_id, draft.c.request_key.in_(some)
        )
        found.update((row.item_id, row.request_key) for row in db.execute(rows))
    return found


def put_checked(db: Connection, *, project_id: UUID, checked: Sequence[Checked], now: datetime) -> int:
    """Store each draft with its steps, findings, route and queue entry; how many were new.

    One that is stored for the same item and request already stands, and its twin is left out whole.
    """
    return sum(_put(db, project_id, one, now) for one in checked)


def _put(db: Connection, project_id: UUID, one: Checked, now: datetime) -> bool:
    new = one.draft
    if not insert_once(db, draft, _row(project_id, new)):
        return False
    put_steps(db, draft_step, draft_step.c.draft_id, new.id, new.content.steps)
    put_findings(db, finding.c.draft_id, new.id, one.findings)
    way = one.route
    where = {"queue": way.queue, "reason": way.reason, "priority": way.priority, "seats": way.seats, "skill": way.skill}
    db.execute(insert(route).values(draft_id=new.id, outcome=way.outcome.value, decided_at=now, **where))
    if way.outcome is not Outcome.ACCEPT:
        entry = {"id": uuid4(), "project_id": project_id, "item_id": new.item_id, "draft_id": new.id}
        # A draft that was checked to nobody is nobody's: it goes where everybody looks.
        where["queue"] = way.queue or "review"
        db.execute(insert(queue_entry).values(**entry, **where, fence=0, created_at=now))
    return True


def _row(project_id: UUID, new: Draft) -> dict[str, object]:
    return {
        "id": new.id,
        "project_id": project_id,
        "item_id": new.item_id,
        "run_id": new.run_id,
        "task": new.task.value,
        "sample": new.sample,
        "response": new.content.response,
        "answer": new.content.answer,
        "model": new.model,
        "prompt": new.prompt,
        "params": new.params,
        "request_key": new.request_key,
        "input_tokens": new.usage.input_tokens,
        "output_tokens": new.usage.output_tokens,
        "cost": new.cost,
        "attempts": new.attempts,
        "created_at": new.created_at,
    }


def get_draft(db: Connection, draft_id: UUID) -> Draft:
    """The draft as it was stored; every step has an id."""
    row = db.execute(select(draft).where(draft.c.id == draft_id)).one_or_none()
    if row is None:
        raise NotFound("there is no such draft", hint="check its id")
    return _draft(row, Content(row.response, draft_steps(db, [draft_id])[draft_id], row.answer))


def _draft(row: Row[*tuple[Any, ...]], content: Content) -> Draft:
    return Draft(
        id=row.id,
        item_id=row.item_id,
        run_id=row.run_id,
        task=TaskName(row.task),
        sample=row.sample,
        content=content,
        model=row.model,
        prompt=row.prompt,
        params=row.params,
        request_key=row.request_key,
        usage=Usage(row.input_tokens, row.output_tokens),
        cost=row.cost,
        attempts=row.attempts,
        created_at=row.created_at,
    )
