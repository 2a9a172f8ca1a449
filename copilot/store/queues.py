"""Queues and leases: who may see what waits, and who holds it now.

There is no status column. An entry waits while it is open and has a free seat, and a seat is taken by a response
or by a lease that still runs, so nothing can disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, insert, or_, select, union, update

from copilot.errors import Conflict, NotFound
from copilot.model import Lease, Queue, Role, Viewer
from copilot.store.tables import lease, queue_entry, response

_OPEN_TO_ALL = frozenset({"review", "returned"})
_SENIOR = frozenset({Role.REVIEWER, Role.LEAD, Role.ADMIN})
_TRIES = 8
"""Entries that others may snatch away from one claim before it gives up and finds nothing."""


def may_see(viewer: Viewer, queue: str) -> bool:
    """Whether the viewer is told that this queue exists, and may claim from it."""
    if viewer.role in _SENIOR or queue in _OPEN_TO_ALL:
        return True
    kind, _, domain = queue.partition(":")
    return viewer.role is Role.EXPERT and kind == "expert" and (domain in viewer.skills or "*" in viewer.skills)


def queues_for(db: Connection, viewer: Viewer, now: datetime) -> list[Queue]:
    """The queues in which something waits for the viewer or is held by the viewer, by name."""
    opened = _counts(db, _for(viewer))
    # Only an entry that is held, or that the viewer worked on, can be out of reach: no other is looked at.
    touched = queue_entry.c.id.in_(union(_running(now), _worked_on(viewer)))
    beyond = _counts(db, _for(viewer), touched, ~_claimable(viewer, now))
    mine = _counts(db, _for(viewer), queue_entry.c.id.in_(_running(now).where(lease.c.rater_id == viewer.user_id)))
    seen = [
        Queue(name, waiting=count - beyond.get(name, 0), mine=mine.get(name, 0))
        for name, count in sorted(opened.items())
        if may_see(viewer, name)
    ]
    return [queue for queue in seen if queue.waiting or queue.mine]


def held(db: Connection, viewer: Viewer, *, queue: str, now: datetime) -> UUID | None:
    """The first entry of the queue that the viewer holds, if any."""
    if not may_see(viewer, queue):
        return None
    mine = _running(now).where(lease.c.rater_id == viewer.user_id)
    entries = select(queue_entry.c.id).where(_for(viewer), queue_entry.c.queue == queue, queue_entry.c.id.in_(mine))
    return db.execute(entries.order_by(queue_entry.c.seq).limit(1)).scalar_one_or_none()


def claim_next(db: Connection, viewer: Viewer, *, queue: str, now: datetime, lease_for: timedelta) -> Lease | None:
    """Lease the viewer the next entry of the queue; None when there is none, or no such queue for the viewer.

    What the viewer's time ran out on comes first, then by priority and age, at last what the viewer gave back.
    An entry is locked before its seats are counted, so no seat is given twice.
    """
    if not may_see(viewer, queue):
        return None
    mine = select(lease.c.entry_id).where(lease.c.rater_id == viewer.user_id)
    ran_out = queue_entry.c.id.in_(mine.where(lease.c.released_at.is_(None)))
    gave_back = queue_entry.c.id.in_(mine.where(lease.c.released_at.is_not(None)))
    for kind in (ran_out, queue_entry.c.id.not_in(mine), gave_back):
        entry_id = _locked(db, viewer, _waiting(viewer, queue, now).where(kind), now)
        if entry_id is not None:
            return _grant(db, viewer, entry_id, now + lease_for)
    return None


def renew(db: Connection, viewer: Viewer, *, entry_id: UUID, now: datetime, lease_for: timedelta) -> Lease:
    """The viewer's lease, running until `now + lease_for`; Conflict when it has run out."""
    row = db.execute(
        update(lease)
        .where(lease.c.rater_id == viewer.user_id, lease.c.entry_id == entry_id)
        .where(lease.c.expires_at > now, lease.c.released_at.is_(None))
        .values(expires_at=now + lease_for)
        .returning(lease.c.fence)
    ).one_or_none()
    if row is None:
        raise Conflict("you no longer hold this work", hint="take the next one from the queue")
    return Lease(entry_id, row.fence, now + lease_for)


def release(db: Connection, viewer: Viewer, *, entry_id: UUID, now: datetime) -> None:
    """Give the entry back; NotFound when the viewer never held it, nothing when it was given back before."""
    mine = and_(lease.c.rater_id == viewer.user_id, lease.c.entry_id == entry_id)
    if db.execute(select(lease.c.seq).where(mine)).scalar_one_or_none() is None:
        raise NotFound("there is no such work", hint="take the next one from the queue")
    # The row stays: it shows that a late save came from somebody who once held the entry.
    db.execute(update(lease).where(mine, lease.c.released_at.is_(None)).values(released_at=now))


def _for(viewer: Viewer) -> ColumnElement[bool]:
    """Open entries of the viewer's project that ask for no skill the viewer lacks."""
    here = and_(queue_entry.c.project_id == viewer.project_id, queue_entry.c.closed_at.is_(None))
    if viewer.role in _SENIOR or "*" in viewer.skills:
        return here
    return and_(here, or_(queue_entry.c.skill.is_(None), queue_entry.c.skill.in_(sorted(viewer.skills))))


def _counts(db: Connection, *which: ColumnElement[bool]) -> Mapping[str, int]:
    counted = select(queue_entry.c.queue, func.count().label("entries")).where(*which).group_by(queue_entry.c.queue)
    return {row.queue: row.entries for row in db.execute(counted)}


def _running(now: datetime) -> Select[UUID]:
    return select(lease.c.entry_id).where(lease.c.expires_at > now, lease.c.released_at.is_(None))


def _worked_on(viewer: Viewer) -> Select[UUID]:
    # By the draft, not the entry: work that comes back in another queue goes to other eyes.
    entry = queue_entry.alias()
    return (
        select(entry.c.id)
        .join(response, response.c.draft_id == entry.c.draft_id)
        .where(response.c.rater_id == viewer.user_id, entry.c.closed_at.is_(None))
    )


def _claimable(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    """The viewer does not hold it, has not worked on it, and a seat is free."""
    runs = and_(lease.c.expires_at > now, lease.c.released_at.is_(None))
    here = lease.c.entry_id == queue_entry.c.id
    leased = select(func.count()).where(here, runs, lease.c.rater_id != viewer.user_id).scalar_subquery()
    answered = select(func.count()).where(response.c.entry_id == queue_entry.c.id).scalar_subquery()
    holds = exists().where(here, runs, lease.c.rater_id == viewer.user_id)
    done = exists().where(response.c.draft_id == queue_entry.c.draft_id, response.c.rater_id == viewer.user_id)
    return and_(~holds, ~done, queue_entry.c.seats > leased + answered)


def _waiting(viewer: Viewer, queue: str, now: datetime) -> Select[UUID]:
    return (
        select(queue_entry.c.id)
        .where(_for(viewer), queue_entry.c.queue == queue, _claimable(viewer, now))
        .order_by(queue_entry.c.priority.desc(), queue_entry.c.seq)
        .limit(1)
        .with_for_update(skip_locked=True, of=queue_entry)
    )


def _locked(db: Connection, viewer: Viewer, waiting: Select[UUID], now: datetime) -> UUID | None:
    """The first of the entries that is still free once it is locked."""
    for _ in range(_TRIES):
        entry_id = db.execute(waiting).scalar_one_or_none()
        if entry_id is None or db.dialect.name != "postgresql":
            return entry_id
        # PostgreSQL counted the leases before it had the lock: count again, now that nobody can add one.
        still = select(queue_entry.c.id).where(queue_entry.c.id == entry_id, _for(viewer), _claimable(viewer, now))
        if db.execute(still).scalar_one_or_none() is not None:
            return entry_id
    return None


def _grant(db: Connection, viewer: Viewer, entry_id: UUID, expires_at: datetime) -> Lease:
    fence = db.execute(
        update(queue_entry)
        .where(queue_entry.c.id == entry_id)
        .values(fence=queue_entry.c.fence + 1)
        .returning(queue_entry.c.fence)
    ).scalar_one()
    row = {"fence": fence, "expires_at": expires_at, "released_at": None}
    mine = and_(lease.c.rater_id == viewer.user_id, lease.c.entry_id == entry_id)
    if not db.execute(update(lease).where(mine).values(**row)).rowcount:
        db.execute(insert(lease).values(entry_id=entry_id, rater_id=viewer.user_id, **row))
    return Lease(entry_id, fence, expires_at)
