"""What one rater has on one entry: the lease, the working text, and at last the response."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from checkers import Finding
from copilot.model import Content, Decision, Draft, Item, Lease, Response, Viewer
from copilot.store.contents import draft_findings, put_findings, put_steps, response_steps
from copilot.store.documents import content_as_json, content_from, findings_as_json, findings_from
from copilot.store.drafts import get_draft
from copilot.store.items import get_item
from copilot.store.queues import may_see
from copilot.store.tables import autosave, finding, lease, queue_entry, response, response_step


@dataclass(frozen=True, slots=True)
class Saved:
    """A rater's own working text."""

    version: int
    content: Content
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about one entry that one rater, who holds it or once held it, may know."""

    entry_id: UUID
    queue: str
    reason: str
    item: Item
    draft: Draft
    draft_findings: tuple[Finding, ...]
    lease: Lease
    runs: bool
    """Whether the lease still runs, on an entry that is open: only then may the rater decide."""
    saved: Saved | None
    response: Response | None


def standing(db: Connection, viewer: Viewer, *, entry_id: UUID, now: datetime, lock: bool = False) -> Standing | None:
    """How the viewer stands to the entry; None for who never held it, as for an entry that is not there.

    With `lock`, nobody else changes the entry or the viewer's text until the transaction ends.
    """
    entry = (
        select(queue_entry, lease.c.fence.label("lease_fence"), lease.c.expires_at, lease.c.released_at)
        .join(lease, and_(lease.c.entry_id == queue_entry.c.id, lease.c.rater_id == viewer.user_id))
        .where(queue_entry.c.id == entry_id, queue_entry.c.project_id == viewer.project_id)
    )
    row = db.execute(entry.with_for_update(of=queue_entry) if lock else entry).one_or_none()
    if row is None or not may_see(viewer, row.queue):
        return None
    return Standing(
        entry_id=entry_id,
        queue=row.queue,
        reason=row.reason,
        item=get_item(db, row.item_id),
        draft=get_draft(db, row.draft_id),
        draft_findings=draft_findings(db, row.draft_id),
        lease=Lease(entry_id, row.lease_fence, row.expires_at),
        runs=row.released_at is None and row.expires_at > now and row.closed_at is None,
        saved=_saved(db, viewer, entry_id),
        response=_response(db, viewer, entry_id),
    )


def _saved(db: Connection, viewer: Viewer, entry_id: UUID) -> Saved | None:
    mine = and_(autosave.c.entry_id == entry_id, autosave.c.rater_id == viewer.user_id)
    row = db.execute(select(autosave.c.version, autosave.c.content, autosave.c.findings).where(mine)).one_or_none()
    return None if row is None else Saved(row.version, content_from(row.content), findings_from(row.findings))


def _response(db: Connection, viewer: Viewer, entry_id: UUID) -> Response | None:
    mine = and_(response.c.entry_id == entry_id, response.c.rater_id == viewer.user_id)
    row = db.execute(select(response).where(mine)).one_or_none()
    return None if row is None else _as_response(db, row)


def _as_response(db: Connection, row: Row[*tuple[Any, ...]]) -> Response:
    decision = Decision(row.decision)
    content = None
    if decision is not Decision.REJECT:
        content = Content(row.response, response_steps(db, [row.id])[row.id], row.answer)
    return Response(
        id=row.id,
        entry_id=row.entry_id,
        item_id=row.item_id,
        draft_id=row.draft_id,
        rater_id=row.rater_id,
        decision=decision,
        content=content,
        reason=row.reason,
        created_at=row.created_at,
    )


def put_autosave(db: Connection, viewer: Viewer, *, entry_id: UUID, saved: Saved, now: datetime) -> None:
    """Make this the viewer's working text, whether the viewer still holds the entry or not."""
    mine = and_(autosave.c.entry_id == entry_id, autosave.c.rater_id == viewer.user_id)
    row = {
        "version": saved.version,
        "content": content_as_json(saved.content),
        "findings": findings_as_json(saved.findings),
        "saved_at": now,
    }
    if not db.execute(update(autosave).where(mine).values(**row)).rowcount:
        db.execute(insert(autosave).values(entry_id=entry_id, rater_id=viewer.user_id, **row))


def put_response(db: Connection, viewer: Viewer, new: Response, *, findings: Sequence[Finding], now: datetime) -> None:
    """Store a decision with its text and findings, end the lease, and close the entry when its seats are full."""
    text = new.content or Content()
    db.execute(
        insert(response).values(
            id=new.id,
            project_id=viewer.project_id,
            entry_id=new.entry_id,
            item_id=new.item_id,
            draft_id=new.draft_id,
            rater_id=new.rater_id,
            decision=new.decision.value,
            response=text.response,
            answer=text.answer,
            reason=new.reason,
            created_at=new.created_at,
        )
    )
    put_steps(db, response_step, response_step.c.response_id, new.id, text.steps)
    put_findings(db, finding.c.response_id, new.id, findings)
    mine = and_(lease.c.entry_id == new.entry_id, lease.c.rater_id == viewer.user_id)
    db.execute(update(lease).where(mine).values(released_at=now))
    answered = select(func.count()).where(response.c.entry_id == new.entry_id).scalar_subquery()
    full = and_(queue_entry.c.id == new.entry_id, queue_entry.c.seats <= answered)
    db.execute(update(queue_entry).where(full).values(closed_at=now))
